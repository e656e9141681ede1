"""Standard Webhooks: how a partner's call is signed, and when it is too late.

The signature is base64 of HMAC-SHA256 over `id.timestamp.body`, written `v1,…`; several
may stand in the header, separated by spaces (standardwebhooks.com).
"""

import base64
import binascii
import hmac
import re
import secrets
from dataclasses import dataclass, field

WINDOW_SECONDS = 300
SECRET_PREFIX = "whsec_"  # noqa: S105 - the standard's prefix, not a secret
SECRET_BYTES = 24
ID = re.compile(r"[\x21-\x7e]{1,128}")
STAMP = re.compile(r"[0-9]{1,12}")
MOST_SIGNATURES = 10


@dataclass(frozen=True, slots=True)
class Signed:
    """A call as it came: its three headers and its bytes."""

    id: str
    timestamp: str
    signature: str = field(repr=False)
    body: bytes = field(repr=False)


def fresh_secret() -> str:
    """Return a new secret for a partner."""
    return SECRET_PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def sign(secret: str, call_id: str, timestamp: int, body: bytes) -> str:
    """Return the signature header of a call."""
    return "v1," + _digest(secret, f"{call_id}.{timestamp}.".encode() + body).decode()


def signed_headers(
    secret: str, body: bytes, *, now: float, call_id: str | None = None
) -> dict[str, str]:
    """Return the headers of a call that is signed now."""
    call_id, stamp = call_id or f"msg_{secrets.token_hex(12)}", int(now)
    return {
        "content-type": "application/json",
        "webhook-id": call_id,
        "webhook-timestamp": str(stamp),
        "webhook-signature": sign(secret, call_id, stamp, body),
    }


def is_genuine(secret: str, call: Signed, *, now: float) -> bool:
    """Say whether a call was signed with this secret, at about this time."""
    if not ID.fullmatch(call.id) or not STAMP.fullmatch(call.timestamp):
        return False
    if abs(now - int(call.timestamp)) > WINDOW_SECONDS:
        return False
    signed = f"{call.id}.{call.timestamp}.".encode() + call.body
    wanted = b"v1," + _digest(secret, signed)
    given = call.signature.encode("utf-8", "replace").split(b" ")[:MOST_SIGNATURES]
    return any([hmac.compare_digest(wanted, one) for one in given])  # noqa: C419 - takes as long for every call


def _digest(secret: str, signed: bytes) -> bytes:
    try:
        key = base64.b64decode(secret.removeprefix(SECRET_PREFIX), validate=True)
    except (ValueError, binascii.Error):
        key = b""
    return base64.b64encode(hmac.digest(key, signed, "sha256"))
