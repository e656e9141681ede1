"""Taking texts at next to no cost, so that a benchmark measures the customer and not the carrier.

A text that can be taken is answered here, without the web server. Whatever
else comes, a refusal too, is handed to the web server with its connection,
which stays there.
"""

import asyncio
import re
import time
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import lru_cache
from typing import cast
from urllib.parse import unquote_plus

import httptools
from aiohttp import web

from rapidresponse.sms.practice import orders, pages
from rapidresponse.sms.practice.carrier import Carrier, new_sid
from rapidresponse.sms.practice.faults import Faults
from rapidresponse.sms.practice.refusals import DELIVERED
from rapidresponse.sms.practice.rest import JSON, keys
from rapidresponse.sms.practice.settings import Settings
from rapidresponse.sms.practice.texts import Text, journey

# Answers that are due within one tick go out together, at its end.
TICK = 0.001

_TAKEN = (
    f"HTTP/1.1 201 Created\r\nContent-Type: {JSON}\r\nTwilio-Request-Id: RQ%s\r\n"
    "Twilio-Concurrent-Requests: %d\r\nServer: practice-carrier\r\nContent-Length: %d\r\n\r\n%s"
)
# Other parameters, and the numbers that ask for a code, are for the web server.
_READ = frozenset({"To", "From", "MessagingServiceSid", "Body", "StatusCallback", "ValidityPeriod"})
_USUAL_PHONE = re.compile(r"\+(?!150055)[1-9][0-9]{6,14}")


def simplified(settings: Settings) -> Settings:
    """Return the settings without what lean mode leaves out."""
    left_out: dict[str, object] = {
        "rate": 0,
        "fail_share": 0,
        "daily_cap": 0,
        "concurrency": 0,
        "callbacks": False,
    }
    return replace(settings.turned(left_out), faults=Faults())


@asynccontextmanager
async def listening(carrier: Carrier, other: web.Server) -> AsyncIterator[int]:
    """Listen until the end of the block, and tell it the port."""
    door, at = Door(carrier, other), carrier.settings
    server = await asyncio.get_running_loop().create_server(
        lambda: Connection(door), at.host, at.port, backlog=1024
    )
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for transport in door.inside:
            transport.abort()


class Answers:
    """Holds answers back, first come first served, with one timer for all of them."""

    def __init__(self) -> None:
        self._waiting: deque[tuple[float, asyncio.Transport, bytes]] = deque()

    def __len__(self) -> int:
        return len(self._waiting)

    def send(self, transport: asyncio.Transport, answer: bytes, *, after: float) -> None:
        """Send an answer after so many seconds."""
        if after <= 0:
            transport.write(answer)
            return
        loop = asyncio.get_running_loop()
        due = loop.time() + after
        self._waiting.append((due, transport, answer))
        if len(self._waiting) == 1:
            loop.call_at(due, self._send_due)

    def hurry(self, transport: asyncio.Transport) -> None:
        """Send at once what one connection waits for."""
        for due, line, answer in list(self._waiting):
            if line is transport:
                self._waiting.remove((due, line, answer))
                line.write(answer)

    def _send_due(self) -> None:
        loop, waiting = asyncio.get_running_loop(), self._waiting
        now = loop.time()
        while waiting and waiting[0][0] <= now:
            _, transport, answer = waiting.popleft()
            if not transport.is_closing():
                transport.write(answer)
        if waiting:
            loop.call_at(max(waiting[0][0], now + TICK), self._send_due)


class Door:
    """What all connections share."""

    def __init__(self, carrier: Carrier, other: web.Server) -> None:
        known = carrier.settings
        self.other = other
        self.inside: set[asyncio.Transport] = set()
        self.answers = Answers()
        self.path = pages.messages_uri(known.account_sid).encode() + b".json"
        self.keys = frozenset(keys(known))
        self._account = known.account_sid
        self._carrier = carrier

    def take(self, form: bytes, transport: asyncio.Transport) -> bool:
        """Take a text and see to its answer, or say that it cannot be taken."""
        text = self._text(form, time.time())
        if text is None:
            return False
        self._carrier.book.accept(text)
        like = _page(self._account, text.sender, text.service, text.body, int(text.created))
        page = like.replace("\0", text.sid).replace("\1", text.to)
        answer = _TAKEN % (text.sid[2:], len(self.answers) + 1, len(page), page)
        after = self._carrier.settings.latency_ms / 1000
        self.answers.send(transport, answer.encode(), after=after)
        return True

    def _text(self, form: bytes, now: float) -> Text | None:
        """Write down a text that is like most, and leave the others to the web server."""
        fields = dict(map(_pair, form.split(b"&")))
        at = self._carrier.settings
        if not _is_usual(fields, at):
            return None
        service, body = fields.get("MessagingServiceSid", ""), fields["Body"]
        pace = at.step_ms / 1000
        start = now + at.latency_ms / 1000 + pace / 2
        first = "accepted" if service else "queued"
        return Text(
            n=len(self._carrier.book.texts) + 1,
            sid=new_sid(),
            to=fields["To"],
            sender=at.sender,
            body=body,
            segments=orders.measured(body),
            steps=journey(
                now, first=first, start=start, leaves=start + pace / 2, pace=pace, fate=DELIVERED
            ),
            service=service,
        )


class Connection(asyncio.Protocol):
    """One connection, for as long as nothing but texts comes over it."""

    def __init__(self, door: Door) -> None:
        self._door = door
        self._parser = httptools.HttpRequestParser(self)
        self._transport: asyncio.Transport
        self._raw = b""  # since the last pause between two requests
        self._taken = 0  # of the requests in it
        self._strange = False  # not for us
        self.on_message_begin()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin."""
        self._transport = cast(asyncio.Transport, transport)
        self._door.inside.add(self._transport)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - as asyncio calls it
        """End."""
        self._door.inside.discard(self._transport)

    def data_received(self, data: bytes) -> None:
        """Read on."""
        self._raw += data
        try:
            self._parser.feed_data(data)
        except (httptools.HttpParserError, httptools.HttpParserUpgrade):
            self._strange = True
        if self._strange:
            self._hand_over()
        elif not self._reading:
            self._raw, self._taken = b"", 0

    def on_message_begin(self) -> None:
        """Begin a request."""
        self._reading = True
        self._url = self._body = b""
        self._known = False

    def on_url(self, url: bytes) -> None:
        """Read a part of the address."""
        self._url += url

    def on_header(self, name: bytes, value: bytes) -> None:
        """Look for the key; whoever wants to be asked for the body first is not for us."""
        name = name.lower()
        if name == b"authorization":
            self._known = value in self._door.keys
        elif name == b"expect":
            self._strange = True

    def on_headers_complete(self) -> None:
        """Find out whether this can be a text."""
        parser = self._parser
        wanted = self._url == self._door.path and parser.get_method() == b"POST" and self._known
        if not wanted or parser.should_upgrade() or not parser.should_keep_alive():
            self._strange = True

    def on_body(self, body: bytes) -> None:
        """Read a part of the form."""
        self._body += body

    def on_message_complete(self) -> None:
        """Take the text."""
        self._reading = False
        if self._strange:
            return
        if self._door.take(self._body, self._transport):
            self._taken += 1
        else:
            self._strange = True

    def _hand_over(self) -> None:
        """Let the web server read the request again, from its beginning, and all that follow."""
        door, transport = self._door, self._transport
        door.answers.hurry(transport)
        door.inside.discard(transport)
        if self._taken:  # it came in one piece behind a text, which must not be taken again
            transport.close()
            return
        protocol = door.other()
        transport.set_protocol(protocol)
        protocol.connection_made(transport)
        protocol.data_received(self._raw)


@lru_cache(maxsize=512)
def _pair(part: bytes) -> tuple[str, str]:
    """Read one part of a form; most of them come again and again."""
    name, _, value = part.decode("utf-8", "replace").partition("=")
    return unquote_plus(name), unquote_plus(value)


def _is_usual(fields: dict[str, str], at: Settings) -> bool:
    """Say whether this is a text like most, with nothing to refuse in it."""
    to, service = fields.get("To", ""), fields.get("MessagingServiceSid", "")
    sender = fields.get("From") or (at.sender if service else "")
    return (
        fields.keys() <= _READ
        and (not service or service == at.messaging_service_sid)
        and at.sender == sender != to
        and _USUAL_PHONE.fullmatch(to) is not None
        and 0 < len(fields.get("Body", "")) <= orders.LONGEST_BODY
    )


@lru_cache(maxsize=64)
def _page(account: str, sender: str, service: str, body: str, second: int) -> str:
    """Write the answer for all texts of a second that say the same, but for name and phone."""
    text = Text(
        n=0,
        sid="\0",
        to="\1",
        sender=sender,
        body=body,
        segments=orders.measured(body),
        steps=((second, "accepted" if service else "queued"),),
        service=service,
    )
    return pages.text_json(text, account, second)
