"""The name that a text's receipts come back under: ours, signed, and telling nothing.

A token is base64url of alert (8 bytes), place in the alert (4), attempt (2) and the
first 10 bytes of an HMAC-SHA256 over them, so that a receipt finds its delivery even
when the carrier's answer to us was lost.
"""

import base64
import binascii
import hmac
import struct
from dataclasses import dataclass

BODY = struct.Struct(">QIH")
TAG_BYTES = 10
NOTICES_FROM = 1 << 62  # added to a mailing, which is named where an alert would be
LENGTH = 32  # (14 + 10) bytes in base64, without padding


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt at one delivery of one alert."""

    alert: int
    seq: int
    number: int


def sign(key: bytes, attempt: Attempt) -> str:
    """Return the token of an attempt."""
    body = BODY.pack(attempt.alert, attempt.seq, attempt.number)
    return base64.urlsafe_b64encode(body + _tag(key, body)).decode()


def read(key: bytes, token: str) -> Attempt | None:
    """Return the attempt that a token names, or None if we did not make it."""
    if len(token) != LENGTH or not token.isascii():
        return None
    try:
        whole = base64.b64decode(token, altchars=b"-_", validate=True)
    except (ValueError, binascii.Error):
        return None
    body, tag = whole[: BODY.size], whole[BODY.size :]
    return Attempt(*BODY.unpack(body)) if hmac.compare_digest(tag, _tag(key, body)) else None


def _tag(key: bytes, body: bytes) -> bytes:
    return hmac.digest(key, b"receipt" + body, "sha256")[:TAG_BYTES]
