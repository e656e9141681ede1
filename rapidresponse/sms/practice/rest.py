"""The Messages API, as far as a customer that texts needs it."""

import asyncio
import hmac
import re
import time
from base64 import b64encode
from dataclasses import dataclass

from aiohttp import web

from rapidresponse.sms.practice import orders, pages
from rapidresponse.sms.practice.carrier import Carrier, new_sid
from rapidresponse.sms.practice.faults import AFTER, BEFORE
from rapidresponse.sms.practice.listing import listed
from rapidresponse.sms.practice.refusals import Refusal
from rapidresponse.sms.practice.settings import Settings
from rapidresponse.sms.practice.texts import Text

# A text that is still on its way after this many seconds may be emptied or deleted all the same.
SETTLED_AFTER = 60

_ACCOUNT = re.compile(r"/2010-04-01/Accounts/(AC[0-9a-fA-F]{32})(?:/.*|\.json)")
_ONE = re.compile(r".*/Messages/((?:SM|MM)[0-9a-f]{32})\.json")

JSON = "application/json;charset=utf-8"


class HangUp(Exception):  # noqa: N818 - a way to end a call, not a fault of ours
    """The connection is dropped, at once or after a silence, with no answer."""

    def __init__(self, after: float = 0) -> None:
        super().__init__(after)
        self.after = after


@dataclass(frozen=True, slots=True)
class Said:
    """What is answered: a status and a body."""

    status: int
    body: str = ""
    media_type: str = JSON


class Rest:
    """The door that the customer's SDK knocks at."""

    def __init__(self, carrier: Carrier) -> None:
        known = carrier.settings
        self._carrier = carrier
        self._account = known.account_sid
        self._messages = pages.messages_uri(known.account_sid) + ".json"
        self._keys = keys(known)

    async def answer(self, request: web.BaseRequest) -> Said:
        """Answer one request, as late as the latency knob says and not a moment later."""
        loop, carrier = asyncio.get_running_loop(), self._carrier
        due = loop.time() + carrier.settings.latency_ms / 1000
        try:
            said = await self._routed(request)
        except Refusal as refusal:
            carrier.book.refused[refusal.code] += request.method == "POST"
            said = Said(refusal.status, pages.refusal_json(refusal))
        if (rest := due - loop.time()) > 0:
            await asyncio.sleep(rest)
        return said

    async def _routed(self, request: web.BaseRequest) -> Said:
        carrier = self._carrier
        self._check_key(request)
        if 0 < carrier.settings.concurrency < carrier.in_flight:
            raise Refusal(20429)
        if request.path == self._messages:
            if request.method == "POST":
                return await self._create(request)
            _check_method(request, "GET")
            return self._list(request)
        if one := _ONE.fullmatch(request.path):
            return await self._one(request, one[1])
        return self._account_page(request)

    def _check_key(self, request: web.BaseRequest) -> None:
        """Let in whoever has the account's token, or its API key and secret."""
        given = request.headers.get("Authorization", "").encode("utf-8", "surrogateescape")
        if not any(hmac.compare_digest(given, key) for key in self._keys):
            raise Refusal(20003)
        account = _ACCOUNT.fullmatch(request.path)
        if not account or account[1] != self._account:
            raise Refusal(20404, about=request.path)

    async def _create(self, request: web.BaseRequest) -> Said:
        carrier = self._carrier
        fault = carrier.settings.faults.of_request(carrier.random)
        if fault in BEFORE:
            return _struck(fault, carrier)
        form = orders.read_form(await request.read())
        text = carrier.accept(orders.read(form, carrier.settings, now=time.time()))
        for status in carrier.announce(text):
            await carrier.tell_now(text, status)
        if fault in AFTER:
            return _struck(fault, carrier)
        return Said(201, pages.text_json(text, self._account, text.created))

    def _list(self, request: web.BaseRequest) -> Said:
        carrier = self._carrier
        faults = carrier.settings.faults
        if faults.strikes("list_500", carrier.random):
            raise Refusal(20500)
        texts, page = listed(
            carrier.book,
            dict(orders.read_form(request.rel_url.raw_query_string.encode())),
            sender=carrier.settings.sender,
            lag=faults.list_lag_seconds,
        )
        return Said(200, pages.list_json(texts, self._account, page))

    async def _one(self, request: web.BaseRequest, sid: str) -> Said:
        text = self._carrier.book.find(sid)
        if text is None:
            raise Refusal(20404, about=request.path)
        if request.method == "DELETE":
            _check_settled(text)
            text.deleted = True
            return Said(204)
        if request.method == "POST":
            _change(text, dict(orders.read_form(await request.read())))
        else:
            _check_method(request, "GET")
        return Said(200, pages.text_json(text, self._account, time.time()))

    def _account_page(self, request: web.BaseRequest) -> Said:
        """Say that the account exists, for whoever wants to check a key."""
        if request.path != f"/2010-04-01/Accounts/{self._account}.json":
            raise Refusal(20404, about=request.path)
        _check_method(request, "GET")
        shape = '{"sid": "%s", "friendly_name": "Practice", "status": "active", "type": "Full"}'
        return Said(200, shape % self._account)


def keys(known: Settings) -> list[bytes]:
    """Return the headers that open the account."""
    opening = [_basic(known.account_sid, known.auth_token)]
    if known.api_key:
        opening.append(_basic(known.api_key, known.api_secret))
    return opening


def response_headers(carrier: Carrier) -> dict[str, str]:
    """Return what Twilio says beside every answer."""
    return {
        "Content-Type": JSON,
        "Twilio-Request-Id": new_sid("RQ"),
        "Twilio-Concurrent-Requests": str(carrier.in_flight),
        "Server": "practice-carrier",
    }


def _struck(fault: str, carrier: Carrier) -> Said:
    """Do what a fault does to the answer."""
    if fault == "429":
        raise Refusal(20429)
    if fault in ("500_before", "500_after"):
        raise Refusal(20500)
    if fault == "garbage":
        return Said(200, "<html><body>It works!</body></html>", "text/html")
    raise HangUp(carrier.settings.faults.hang_seconds if fault == "hang_after" else 0)


def _change(text: Text, form: dict[str, str]) -> None:
    """Empty the body of a text, or cancel it."""
    now = time.time()
    if "Body" in form and "Status" in form:
        raise Refusal(30400)
    if form.get("Status") == "canceled":
        if text.sent_at(now) or text.is_final(now):
            raise Refusal(30409)
        text.cancel(now)
    elif form.get("Body") == "":
        _check_settled(text)
        text.redacted = True
    else:
        raise Refusal(20001, about="Body or Status")


def _check_settled(text: Text) -> None:
    """Refuse to touch a text that is still on its way."""
    now = time.time()
    if not text.is_final(now) and now - text.created < SETTLED_AFTER:
        raise Refusal(20009)


def _check_method(request: web.BaseRequest, method: str) -> None:
    if request.method != method:
        raise Refusal(20004)


def _basic(name: str, secret: str) -> bytes:
    """Return the header that carries a name and a secret."""
    return b"Basic " + b64encode(f"{name}:{secret}".encode())
