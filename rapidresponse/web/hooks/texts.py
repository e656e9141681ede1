"""Texts that came in, as the carrier hands them over."""

import re

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest, Forbidden

from rapidresponse.actions import inbox
from rapidresponse.errors import InvalidPhone
from rapidresponse.rules import phone
from rapidresponse.sms import twilio
from rapidresponse.web import door

bp = Blueprint("texts", __name__, url_prefix="/twilio")

SID = re.compile(r"(SM|MM)[0-9a-f]{32}")
LONGEST_BODY = 1600
CARRIER_ANSWERED = frozenset({"STOP", "START", "HELP"})


@bp.post("/inbound")
def inbound() -> ResponseReturnValue:
    """Answer a text; a replay, a text from a machine, and silence are answered with nothing."""
    form = _signed_form()
    try:
        sender = phone.parse(form["From"])
    except InvalidPhone:  # a short code, or a number abroad: answering it costs and may loop
        return _answer([])
    parts = door.wiring()
    text = inbox.TextIn(form["MessageSid"], sender, form["Body"], form.get("OptOutType", ""))
    replies = door.settle(
        lambda work: inbox.answer(work, text, gazetteer=parts.gazetteer, config=parts.config)
    )
    return _answer(replies)


def _signed_form() -> dict[str, str]:
    config = door.wiring().config
    url = door.called_url(config.public_url, request.environ)
    signature = request.headers.get("X-Twilio-Signature", "")
    if not twilio.is_signed(config.twilio_auth_token, url, request.form, signature):
        raise Forbidden
    form = request.form.to_dict()
    doubled = any(len(values) > 1 for _, values in request.form.lists())
    right = (
        not doubled
        and SID.fullmatch(form.get("MessageSid", ""))
        and form.get("AccountSid") == config.twilio_account_sid
        and form.get("From")
        and len(form.setdefault("Body", "")) <= LONGEST_BODY
        and form.get("OptOutType", "STOP") in CARRIER_ANSWERED
    )
    if not right:
        raise BadRequest
    return form


def _answer(replies: list[str]) -> Response:
    return Response(twilio.replies(replies), mimetype="text/xml")
