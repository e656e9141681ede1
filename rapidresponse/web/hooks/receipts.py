"""The narrow door for receipts, in front of Flask.

The carrier calls about three times for each text, so a receipt is checked with one HMAC
and buffered, without a request object, a session or a row.
"""

import base64
import hmac
import re
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import parse_qsl

from rapidresponse.errors import Unavailable
from rapidresponse.rules import tokens
from rapidresponse.sms import receipts as buffer
from rapidresponse.web.door import called_url
from rapidresponse.web.hooks.spool import Spool
from rapidresponse.wiring import Wiring

PATH = "/twilio/status/"
MOST_BYTES = 8 * 1024
MOST_FIELDS = 50
SID = re.compile(r"(SM|MM)[0-9a-f]{32}")
STATUS = re.compile(r"[a-z_]{2,20}")
CODE = re.compile(r"[0-9]{0,6}")

Wsgi = Callable[[dict[str, Any], Any], Iterable[bytes]]


class ReceiptDoor:
    """Takes receipts; hands everything else on."""

    def __init__(self, rest: Wsgi, wiring: Wiring) -> None:
        self._rest = rest
        self._wiring = wiring
        self._token = wiring.config.twilio_auth_token.encode()
        self._public_url = wiring.config.public_url
        self._account = wiring.config.twilio_account_sid
        self.spool = Spool(wiring)

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer one request."""
        if not environ["PATH_INFO"].startswith(PATH):
            return self._rest(environ, start_response)
        try:
            status = self._take(environ)
        except Unavailable:
            status = "503 Service Unavailable"
        start_response(status, [("Content-Length", "0"), ("Cache-Control", "no-store")])
        return [b""]

    def _take(self, environ: dict[str, Any]) -> str:
        if environ["REQUEST_METHOD"] != "POST":
            return "405 Method Not Allowed"
        size = environ.get("CONTENT_LENGTH") or ""
        if not (size.isascii() and size.isdigit()):
            return "411 Length Required"
        if int(size) > MOST_BYTES:
            return "413 Content Too Large"
        try:
            form = parse_qsl(
                environ["wsgi.input"].read(int(size)).decode(),
                keep_blank_values=True,
                max_num_fields=MOST_FIELDS,
            )
        except ValueError:
            return "400 Bad Request"
        if not self._is_signed(environ, form):
            return "403 Forbidden"
        return self._put(environ["PATH_INFO"].removeprefix(PATH), form)

    def _is_signed(self, environ: dict[str, Any], form: list[tuple[str, str]]) -> bool:
        # What the carrier signs: the address, then each field's name and value, sorted.
        url = called_url(self._public_url, environ)
        signed = url + "".join(name + value for name, value in sorted(set(form)))
        digest = hmac.digest(self._token, signed.encode(), "sha1")
        given = environ.get("HTTP_X_TWILIO_SIGNATURE", "")
        return hmac.compare_digest(base64.b64encode(digest), given.encode())

    def _put(self, token: str, form: list[tuple[str, str]]) -> str:
        fields = dict(form)
        status, sid = fields.get("MessageStatus", ""), fields.get("MessageSid", "")
        code = fields.get("ErrorCode", "")
        right = STATUS.fullmatch(status) and SID.fullmatch(sid) and CODE.fullmatch(code)
        ours = len(fields) == len(form) and tokens.read(self._wiring.token_key, token)
        if not (right and ours and fields.get("AccountSid") == self._account):
            return "400 Bad Request"
        self.spool.put(buffer.Receipt(token, status, sid, code))
        return "204 No Content"
