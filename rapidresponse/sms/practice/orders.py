"""What the customer asks for when it sends a text, read from the form and checked."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from urllib.parse import unquote_plus, urlsplit

from rapidresponse.rules import segments
from rapidresponse.sms.practice import refusals
from rapidresponse.sms.practice.refusals import Refusal
from rapidresponse.sms.practice.settings import Settings

LONGEST_BODY = 1600
LONGEST_WAIT = 36_000
MOST_PICTURES = 10
SOONEST_SCHEDULE, LATEST_SCHEDULE = 15 * 60, 35 * 86_400

_E164 = re.compile(r"\+[1-9][0-9]{6,14}")

Form = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Order:
    """One text to be sent."""

    to: str
    sender: str
    service: str
    body: str
    segments: int
    media: int
    callback: str
    validity: int
    send_at: float | None


def read(form: Form, settings: Settings, *, now: float) -> Order:
    """Read the form of a request to send, or refuse it as Twilio does."""
    fields = dict(form)
    to = check_phone(fields.get("To", ""))
    service = fields.get("MessagingServiceSid", "")
    sender = _sender(fields.get("From", ""), service, settings)
    if sender == to:
        raise Refusal(21266, about=to)
    media = sum(1 for name, _ in form if name == "MediaUrl") if "MediaUrl" in fields else 0
    body = fields.get("Body", "")
    return Order(
        to,
        sender,
        service,
        body,
        _segments(body, media),
        media,
        _callback(fields.get("StatusCallback", "")),
        _validity(fields.get("ValidityPeriod", "")),
        _send_at(fields, service, now=now),
    )


def read_form(body: bytes) -> Form:
    """Read a form; a name may come more than once, and a value may be empty."""
    pairs = (pair.partition("=") for pair in body.decode("utf-8", "replace").split("&") if pair)
    return [(_unquoted(name), _unquoted(value)) for name, _, value in pairs]


def check_phone(number: str) -> str:
    """Return the number if a text can be addressed to it."""
    if not number:
        raise Refusal(21604)
    if not _E164.fullmatch(number):
        raise Refusal(21211, about=number)
    return number


def _sender(sender: str, service: str, settings: Settings) -> str:
    """Return the number that the text comes from."""
    if service:
        if service != settings.messaging_service_sid:
            raise Refusal(21701)
        sender = sender or settings.sender
    if not sender:
        raise Refusal(21603)
    if sender not in (settings.sender, refusals.MAGIC_SENDER):
        refusals.check_sender(sender)
        raise Refusal(21606, about=sender)
    return sender


def _segments(body: str, media: int) -> int:
    """Count the segments of a body that is neither missing nor too long."""
    if len(body) > LONGEST_BODY:
        raise Refusal(21617)
    if media > MOST_PICTURES:
        raise Refusal(20001, about="MediaUrl")
    if not body and not media:
        raise Refusal(21602)
    return measured(body)


# Most of a form is the same from text to text, down to the body of an alert.
_unquoted = lru_cache(maxsize=512)(unquote_plus)


@lru_cache(maxsize=512)
def measured(body: str) -> int:
    """Count segments once for the many texts that say the same."""
    return max(segments.measure(body).count, 1)


@lru_cache(maxsize=512)
def _hostname(origin: str) -> str:
    """Return the host of an address, or an empty word if it has none."""
    try:
        parts = urlsplit(origin)
    except ValueError:
        return ""
    return (parts.hostname or "") if parts.scheme in ("http", "https") else ""


def _callback(address: str) -> str:
    """Return where receipts go; Twilio takes no host with an underscore in its name."""
    if not address:
        return ""
    # Only the origin is looked up, because the rest differs from text to text.
    host = _hostname("/".join(address.split("/", 3)[:3]))
    if not host or "_" in host:
        raise Refusal(21609, about=address)
    return address


def _validity(seconds: str) -> int:
    """Return how long the text may wait before it is dropped."""
    if not seconds:
        return LONGEST_WAIT
    if not seconds.isdecimal() or not 1 <= int(seconds) <= LONGEST_WAIT:
        raise Refusal(20001, about="ValidityPeriod")
    return int(seconds)


def _send_at(fields: dict[str, str], service: str, *, now: float) -> float | None:
    """Return the time that the text is scheduled for, if it is."""
    if fields.get("ScheduleType") != "fixed":
        return None
    if not service:
        raise Refusal(35118)
    at = read_time(fields.get("SendAt", ""))
    if not SOONEST_SCHEDULE <= at - now <= LATEST_SCHEDULE:
        raise Refusal(35111)
    return at


def read_time(moment: str) -> float:
    """Read an ISO 8601 time or date; what names no zone is UTC."""
    try:
        at = datetime.fromisoformat(moment)
    except ValueError:
        raise Refusal(20001, about="a date") from None
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp()
