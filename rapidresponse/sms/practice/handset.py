"""A practice phone in somebody's hand: it texts the customer and shows what came back."""

import time

from rapidresponse.rules import segments
from rapidresponse.sms.practice import optouts, receipts, twiml
from rapidresponse.sms.practice.carrier import Carrier
from rapidresponse.sms.practice.optouts import Heard


async def text(carrier: Carrier, body: str, *, sender: str) -> dict[str, object]:
    """Bring a phone's text to the customer, and the customer's replies to the phone."""
    parts = max(segments.measure(body).count, 1)
    arrived = carrier.hear(body, sender=sender, segments=parts)
    spoken = _carriers_own(carrier, arrived.body, sender=sender)
    form = receipts.inbound(arrived, spoken, carrier.settings)
    began = time.perf_counter()
    answer = await carrier.caller.call(carrier.settings.webhook, form)
    ms = (time.perf_counter() - began) * 1000
    replies = twiml.read(answer)
    return {
        "status": answer.status,
        "replies": [reply for reply in replies.bodies if _reply(carrier, reply, to=sender)],
        "ms": round(ms, 1),
        "sid": arrived.sid,
        "error": replies.error,
    }


def inbox(carrier: Carrier, phone: str, *, after: int) -> list[dict[str, object]]:
    """Return what a phone shows from its n-th text on: what it got, and what it sent."""
    screen = carrier.book.phone(phone).look(time.time())
    return [
        {
            "n": n,
            "direction": "out" if text.direction == "inbound" else "in",
            "body": text.body,
            "segments": text.segments,
            "at": at,
            "sid": text.sid,
        }
        for n, (at, text) in enumerate(screen[after:], start=after + 1)
    ]


def _carriers_own(carrier: Carrier, body: str, *, sender: str) -> str:
    """Act on the carrier's own keywords, and return the `OptOutType` for the customer."""
    was_blocked = sender in carrier.optouts
    heard = carrier.optouts.hear(sender, body)
    knobs = carrier.settings
    if not knobs.advanced_opt_out:
        return ""
    if heard is Heard.HELP and not knobs.carrier_help:
        return ""
    if heard is Heard.STOP and not was_blocked:
        carrier.put(optouts.STOPPED, to=sender, segments=1)
    if heard is Heard.HELP:
        carrier.put(optouts.HELPED, to=sender, segments=1)
    return heard.value


def _reply(carrier: Carrier, body: str, *, to: str) -> bool:
    """Put a reply into the phone, unless it is blocked, and say which."""
    if to in carrier.optouts:
        return False
    carrier.put(body, to=to, segments=max(segments.measure(body).count, 1))
    return True
