"""Which of our errors become which answers. No answer says more than its caller may know."""

import logging
import secrets
import traceback

from flask import Flask, Response, jsonify
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from rapidresponse import errors

log = logging.getLogger(__name__)

CODES: dict[type[errors.RapidResponseError], int] = {
    errors.InvalidReport: 400,
    errors.Invalid: 400,
    errors.NotAllowed: 401,
    errors.NotFound: 404,
    errors.Conflict: 409,
    errors.TooMany: 429,
    errors.Unavailable: 503,
}
SOON_SECONDS = "5"


def register(app: Flask) -> None:
    """Teach an application our errors."""
    app.register_error_handler(errors.RapidResponseError, ours)
    app.register_error_handler(HTTPException, http)
    app.register_error_handler(Exception, unexpected)


def ours(error: errors.RapidResponseError) -> ResponseReturnValue:
    """Answer one of our own errors from the table."""
    code = next((CODES[kind] for kind in type(error).__mro__ if kind in CODES), 500)
    problems = error.problems if isinstance(error, errors.InvalidReport) else [("", str(error))]
    answer = jsonify(errors=[{"at": at, "problem": problem} for at, problem in problems])
    if code in (429, 503):
        answer.headers["Retry-After"] = SOON_SECONDS
    return answer, code


def http(error: HTTPException) -> ResponseReturnValue:
    """Answer what Flask refused by itself, as plainly."""
    return jsonify(errors=[{"at": "", "problem": error.name + "."}]), error.code or 500


def unexpected(error: Exception) -> ResponseReturnValue:
    """Log where something broke, never what was in it, and give the caller a name for it."""
    name = secrets.token_hex(2).upper()
    last = traceback.extract_tb(error.__traceback__)[-1]
    log.error("broke (%s): %s at %s:%s", name, type(error).__name__, last.filename, last.lineno)
    problem = f"Something broke on our side (ref {name}). Please send it again."
    return jsonify(errors=[{"at": "", "problem": problem}]), 500


def harden(answer: Response) -> Response:
    """Put on every answer what keeps browsers from doing more than we asked."""
    answer.headers.setdefault(
        "Content-Security-Policy",
        "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    )
    answer.headers.setdefault("X-Content-Type-Options", "nosniff")
    answer.headers.setdefault("Referrer-Policy", "no-referrer")
    answer.headers.setdefault("Cache-Control", "no-store")
    return answer
