"""Calling the customer's webhooks as Twilio does: signed, impatient, and without much retrying."""

import asyncio
import base64
import contextlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self
from urllib.parse import parse_qsl, urldefrag, urlencode
from uuid import uuid4

import aiohttp
from yarl import URL

# How many calls are under way at once; more wait their turn.
CALLERS = 64
LONGEST_ANSWER = 64 * 1024

Params = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait for an answer and what to try again, in seconds and in Twilio's words."""

    connect: float = 5
    read: float = 15
    total: float = 15
    retries: int = 1
    retry_on: frozenset[str] = frozenset({"ct"})

    @classmethod
    def read_from(cls, fragment: str) -> Self:
        """Read the overrides that follow the # of a webhook's address, such as `rc=3&rp=5xx`."""
        asked = dict(parse_qsl(fragment))
        return cls(
            _between(asked.get("ct"), 100, 10_000, usual=5000) / 1000,
            _between(asked.get("rt"), 100, 15_000, usual=15_000) / 1000,
            _between(asked.get("tt"), 100, 15_000, usual=15_000) / 1000,
            _between(asked.get("rc"), 0, 5, usual=1),
            frozenset(asked.get("rp", "ct").split(",")),
        )

    def tries_again(self, trouble: str) -> bool:
        """Say whether this trouble is worth another call."""
        return bool(trouble) and bool(self.retry_on & {trouble, "all"})


@dataclass(frozen=True, slots=True)
class Answer:
    """What the customer said; the status is 0 when nothing came back."""

    status: int = 0
    media_type: str = ""
    body: bytes = b""
    trouble: str = ""  # "ct", "rt", "4xx", "5xx", or empty when all is well


class Caller:
    """Calls webhooks, one account's worth, and counts how it went."""

    def __init__(self, auth_token: str) -> None:
        self.sent = 0
        self.failed = 0
        self._key = auth_token.encode()
        self._line: asyncio.Queue[tuple[str, Params]] = asyncio.Queue()
        self._tasks: list[asyncio.Task[None]] = []
        self._session: aiohttp.ClientSession

    async def __aenter__(self) -> Self:
        # An idle connection is soon given up: a server that closes it first would cost a receipt.
        connector = aiohttp.TCPConnector(limit=0, keepalive_timeout=2)
        self._session = aiohttp.ClientSession(
            connector=connector, cookie_jar=aiohttp.DummyCookieJar()
        )
        self._tasks = [asyncio.create_task(self._work()) for _ in range(CALLERS)]
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._session.close()

    def post(self, address: str, params: Params) -> None:
        """Call a webhook as soon as a caller is free; nobody waits for the answer."""
        self._line.put_nowait((address, params))

    def forget(self) -> None:
        """Drop every call that has not begun, and the counts."""
        self.sent = self.failed = 0
        with contextlib.suppress(asyncio.QueueEmpty):
            while True:
                self._line.get_nowait()

    async def call(self, address: str, params: Params) -> Answer:
        """Call a webhook, again if its address asks for that, and return the last answer."""
        url, fragment = urldefrag(address)
        patience = Patience.read_from(fragment)
        headers = self._headers(url, params)
        body = urlencode(params).encode()
        answer = await self._try(url, body, headers, patience)
        for _ in range(patience.retries):
            if not patience.tries_again(answer.trouble):
                break
            answer = await self._try(url, body, headers, patience)
        return answer

    async def tell(self, address: str, params: Params) -> None:
        """Call a status webhook, and count whether the customer took the news."""
        answer = await self.call(address, params)
        if answer.status and not answer.trouble:
            self.sent += 1
        else:
            self.failed += 1

    def _headers(self, url: str, params: Params) -> dict[str, str]:
        return {
            "Content-Type": "application/x-www-form-urlencoded; charset=UTF-8",
            "User-Agent": "TwilioProxy/1.1",
            "I-Twilio-Idempotency-Token": str(uuid4()),
            "X-Twilio-Signature": signature(self._key, url, params),
            "Accept": "*/*",
        }

    async def _work(self) -> None:
        while True:
            await self.tell(*await self._line.get())

    async def _try(
        self, url: str, body: bytes, headers: dict[str, str], patience: Patience
    ) -> Answer:
        limits = aiohttp.ClientTimeout(
            total=patience.total, sock_connect=patience.connect, sock_read=patience.read
        )
        try:
            # The address is signed letter by letter, so it must not be spelled anew.
            async with self._session.post(
                URL(url, encoded=True),
                data=body,
                headers=headers,
                timeout=limits,
                allow_redirects=False,
            ) as response:
                return _heard(response, await response.read())
        except (aiohttp.ConnectionTimeoutError, aiohttp.ClientConnectorError):
            return Answer(trouble="ct")
        except TimeoutError:
            return Answer(trouble="rt")
        except (aiohttp.ClientError, ValueError):
            return Answer(trouble="broken")


def signature(key: bytes, url: str, params: Params) -> str:
    """Sign a call: HMAC-SHA1 over the address and the sorted form, as Twilio documents it."""
    signed = url + "".join(name + value for name, value in sorted(set(params)))
    return base64.b64encode(hmac.digest(key, signed.encode(), "sha1")).decode()


def _heard(response: aiohttp.ClientResponse, body: bytes) -> Answer:
    kind = response.status // 100
    trouble = f"{kind}xx" if kind in (4, 5) else ""
    return Answer(response.status, response.content_type, body, trouble)


def _between(value: str | None, least: int, most: int, *, usual: int) -> int:
    """Return a number within its limits, or the usual one if none was given."""
    if value is None or not value.isdecimal():
        return usual
    return min(max(int(value), least), most)
