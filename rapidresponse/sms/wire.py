"""Plain HTTP/1.1 to the carrier: kept-alive connections, explicit time limits, no retries.

It tells the one thing that matters apart: whether a call that failed may have been heard.
`NotConnected` means that no byte left; `Lost` means that it may have been acted on.
"""

import asyncio
import ssl
from collections import deque
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import urlsplit

import httptools

CONNECT_SECONDS = 3.0
MOST_BYTES = 16 * 1024 * 1024
PORTS = {"http": 80, "https": 443}


class NotConnected(Exception):  # noqa: N818 - says what happened
    """No connection could be made, so nothing was heard."""


class Lost(Exception):  # noqa: N818 - says what happened
    """The call was written, and no whole answer came: it may have been acted on."""


@dataclass(slots=True)
class Reply:
    """A whole answer."""

    status: int
    headers: dict[str, str]
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Target:
    host: str
    port: int
    secure: bool
    path: str
    named: str


class Wire:
    """Connections to the carrier, kept for the next call."""

    def __init__(self) -> None:
        self._idle: dict[tuple[str, int], deque[_Line]] = {}
        self._secure: ssl.SSLContext | None = None

    async def call(
        self, method: str, url: str, headers: dict[str, str], body: bytes, *, seconds: float
    ) -> Reply:
        """Make one call and return the whole answer; raises NotConnected or Lost."""
        target = _target(url)
        line = self._free(target) or await self._connect(target)
        limit = asyncio.get_running_loop().call_later(seconds, line.give_up)
        try:
            reply = await line.ask(_written(method, target, headers, body))
        finally:
            limit.cancel()
        if line.reusable:
            self._idle.setdefault((target.host, target.port), deque()).append(line)
        else:
            line.close()
        return reply

    async def close(self) -> None:
        """Let every connection go."""
        for lines in self._idle.values():
            for line in lines:
                line.close()
        self._idle.clear()
        await asyncio.sleep(0)  # so that the transports get to say goodbye

    def _free(self, target: _Target) -> "_Line | None":
        lines = self._idle.get((target.host, target.port))
        while lines:
            line = lines.pop()  # the one used last is the least likely to have been closed
            if not line.closed:
                return line
        return None

    async def _connect(self, target: _Target) -> "_Line":
        if target.secure and self._secure is None:
            self._secure = ssl.create_default_context()
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(CONNECT_SECONDS):
                _, line = await loop.create_connection(
                    lambda: _Line(loop),
                    target.host,
                    target.port,
                    ssl=self._secure if target.secure else None,
                )
        except (OSError, TimeoutError, ssl.SSLError) as problem:
            raise NotConnected(type(problem).__name__) from None
        return line


class _Line(asyncio.Protocol):
    """One connection; one call at a time."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._transport: asyncio.Transport | None = None
        self._waiting: asyncio.Future[Reply] | None = None
        self._begin()
        self.closed = False
        self.reusable = False

    def ask(self, written: bytes) -> "asyncio.Future[Reply]":
        """Write a call; what is returned ends with the whole answer, or with Lost."""
        self._begin()
        self.reusable = False
        self._waiting = self._loop.create_future()
        if self._transport is None or self.closed:
            self._fail("closed")
        else:
            self._transport.write(written)
        return self._waiting

    def give_up(self) -> None:
        """Stop waiting: the time is over."""
        self._fail("no answer in time")
        self.close()

    def close(self) -> None:
        """Let the connection go."""
        self.closed = True
        if self._transport is not None:
            self._transport.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin; asyncio calls this."""
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - for the type checker
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Read a piece of an answer; asyncio calls this."""
        try:
            self._parser.feed_data(data)
        except (httptools.HttpParserError, httptools.HttpParserUpgrade):
            self._fail("not HTTP")
            self.close()

    def connection_lost(self, exc: Exception | None) -> None:
        """End; asyncio calls this."""
        self.closed = True
        self._fail(type(exc).__name__ if exc else "closed")

    def on_header(self, name: bytes, value: bytes) -> None:
        """Keep a header; the parser calls this."""
        self._headers[name.decode("latin-1").lower()] = value.decode("latin-1")

    def on_body(self, body: bytes) -> None:
        """Keep a piece of the body; the parser calls this."""
        self._size += len(body)
        if self._size > MOST_BYTES:
            self.give_up()
        self._body.append(body)

    def on_message_complete(self) -> None:
        """Hand the whole answer over; the parser calls this."""
        if self._parser.get_status_code() < 200:  # noqa: PLR2004 - "go on", not an answer
            return
        self.reusable = self._parser.should_keep_alive() and not self.closed
        if self._waiting is not None and not self._waiting.done():
            reply = Reply(self._parser.get_status_code(), self._headers, b"".join(self._body))
            self._waiting.set_result(reply)

    def _begin(self) -> None:
        self._parser = httptools.HttpResponseParser(self)
        self._headers: dict[str, str] = {}
        self._body: list[bytes] = []
        self._size = 0

    def _fail(self, why: str) -> None:
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_exception(Lost(why))


@lru_cache(maxsize=1024)
def _target(url: str) -> _Target:
    parts = urlsplit(url)
    port = parts.port or PORTS[parts.scheme]
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return _Target(parts.hostname or "", port, parts.scheme == "https", path, parts.netloc)


def _written(method: str, target: _Target, headers: dict[str, str], body: bytes) -> bytes:
    lines = [f"{method} {target.path} HTTP/1.1", f"Host: {target.named}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    lines.append(f"Content-Length: {len(body)}\r\n\r\n")
    return "\r\n".join(lines).encode("latin-1") + body
