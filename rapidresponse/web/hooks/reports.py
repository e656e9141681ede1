"""The web hook: a partner's signed, verified report."""

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge, UnsupportedMediaType

from rapidresponse.actions import reports
from rapidresponse.rules.hooks import Signed
from rapidresponse.web import door

bp = Blueprint("reports", __name__, url_prefix="/hooks/reports")

MOST_BYTES = 64 * 1024


@bp.post("/<partner_id>")
def take(partner_id: str) -> ResponseReturnValue:
    """Take a report: check it, write it down, and answer; the texts leave elsewhere."""
    call, parts = _call(), door.wiring()
    answer = door.settle(
        lambda work: reports.take(
            work, partner_id, call, gazetteer=parts.gazetteer, config=parts.config
        )
    )
    return jsonify(answer), 202


def _call() -> Signed:
    if (request.content_length or 0) > MOST_BYTES:
        raise RequestEntityTooLarge
    body = request.get_data(cache=False)
    if len(body) > MOST_BYTES:
        raise RequestEntityTooLarge
    if request.mimetype != "application/json":
        raise UnsupportedMediaType
    return Signed(
        request.headers.get("webhook-id", ""),
        request.headers.get("webhook-timestamp", ""),
        request.headers.get("webhook-signature", ""),
        body,
    )
