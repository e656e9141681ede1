"""The levers of practice, for our own pages, drills, tests and benchmarks: JSON by POST.

Numbers travel in bodies only, never in an address, so that no log of
addresses can hold one.
"""

import hmac
import json
import time
from collections.abc import Awaitable, Callable
from dataclasses import fields

from aiohttp import web

from rapidresponse.errors import Invalid, Misconfigured
from rapidresponse.sms.practice import handset, orders
from rapidresponse.sms.practice.carrier import Carrier
from rapidresponse.sms.practice.refusals import Refusal
from rapidresponse.sms.practice.settings import Knobs

Asked = dict[str, object]
Lever = Callable[[Carrier, Asked], Awaitable[object]]

PREFIX = "/practice/"
KEY = "X-Practice-Key"


async def answer(carrier: Carrier, request: web.BaseRequest) -> tuple[int, object]:
    """Pull one lever, for whoever holds the account's token."""
    given = request.headers.get(KEY, "").encode("utf-8", "surrogateescape")
    if not hmac.compare_digest(given, carrier.settings.auth_token.encode()):
        return 401, {"error": f"{KEY} is missing or wrong"}
    lever = LEVERS.get(request.path.removeprefix(PREFIX))
    if lever is None or request.method != "POST":
        return 404, {"error": f"POST to one of: {', '.join(PREFIX + name for name in LEVERS)}"}
    try:
        return 200, await lever(carrier, _asked(await request.read()))
    except (Invalid, Misconfigured) as error:
        return 400, {"error": str(error)}


async def _text(carrier: Carrier, asked: Asked) -> object:
    """Text the customer from a practice phone."""
    return await handset.text(carrier, _words(asked, "body"), sender=_phone(asked, "from"))


async def _inbox(carrier: Carrier, asked: Asked) -> object:
    """Show a phone's screen."""
    phone = _phone(asked, "phone")
    return {"messages": handset.inbox(carrier, phone, after=_count(asked, "after", usual=0))}


async def _totals(carrier: Carrier, asked: Asked) -> object:  # noqa: ARG001 - every lever is pulled alike
    """Count what was taken, what became of it, and what was told."""
    book, caller = carrier.book, carrier.caller
    taken = book.accepted
    return {
        "accepted": len(taken),
        "phones": book.phones(),
        "most_to_one_phone": book.most_to_one_phone,
        "refused": book.refused.total(),
        "refused_by_code": {str(code): n for code, n in book.refused.items()},
        "by_status": book.by_status(time.time()),
        "first_at": taken[0].created if taken else None,
        "last_at": taken[-1].created if taken else None,
        "opted_out": len(carrier.optouts),
        "callbacks_sent": caller.sent,
        "callbacks_failed": caller.failed,
    }


async def _log(carrier: Carrier, asked: Asked) -> object:
    """List what was taken, in the order it was taken."""
    after, limit = _count(asked, "after", usual=0), _count(asked, "limit", usual=1000)
    now = time.time()
    return [
        {
            "n": n,
            "to": text.to,
            "sid": text.sid,
            "body": text.body,
            "segments": text.segments,
            "at": text.created,
            "status": text.status(now),
        }
        for n, text in enumerate(carrier.book.accepted[after : after + limit], start=after + 1)
    ]


async def _knobs(carrier: Carrier, asked: Asked) -> object:
    """Turn knobs, and say how all of them stand."""
    carrier.settings = carrier.settings.turned(asked)
    values = {knob.name: getattr(carrier.settings, knob.name) for knob in fields(Knobs)}
    return {**values, "faults": carrier.settings.faults.table()}


async def _reset(carrier: Carrier, asked: Asked) -> object:
    """Forget every text, phone and opt-out; with `{"knobs": true}` the knobs turn back too."""
    if asked.get("knobs") is True:
        carrier.settings = carrier.started_with
    carrier.forget()
    return {}


LEVERS: dict[str, Lever] = {
    "text": _text,
    "inbox": _inbox,
    "totals": _totals,
    "log": _log,
    "knobs": _knobs,
    "reset": _reset,
}


def _asked(body: bytes) -> Asked:
    try:
        asked = json.loads(body or b"{}")
    except ValueError:
        raise Invalid("the body must be JSON") from None
    if not isinstance(asked, dict):
        raise Invalid("the body must be a JSON object")
    return asked


def _words(asked: Asked, name: str) -> str:
    words = asked.get(name)
    if not isinstance(words, str):
        raise Invalid(f"{name} must be a string")
    return words


def _phone(asked: Asked, name: str) -> str:
    try:
        return orders.check_phone(_words(asked, name))
    except Refusal:
        raise Invalid(f"{name} must be a number such as +17045550142") from None


def _count(asked: Asked, name: str, *, usual: int) -> int:
    number = asked.get(name, usual)
    if isinstance(number, bool) or not isinstance(number, int) or number < 0:
        raise Invalid(f"{name} must be a whole number, zero or more")
    return number
