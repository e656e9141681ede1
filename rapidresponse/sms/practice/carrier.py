"""The carrier itself: it takes texts, sends them on their journey and tells what became of them."""

import asyncio
import secrets
import time
from collections.abc import Iterator
from random import Random

from rapidresponse.sms.practice import receipts, refusals
from rapidresponse.sms.practice.allowance import Allowance
from rapidresponse.sms.practice.book import Book
from rapidresponse.sms.practice.line import Line
from rapidresponse.sms.practice.optouts import OptOuts
from rapidresponse.sms.practice.orders import Order
from rapidresponse.sms.practice.refusals import Fate, Refusal
from rapidresponse.sms.practice.settings import Settings
from rapidresponse.sms.practice.texts import Text, journey
from rapidresponse.sms.practice.webhooks import Caller


class Carrier:
    """Everything that one running practice carrier knows."""

    def __init__(self, settings: Settings) -> None:
        self.started_with = settings
        self.settings = settings
        self.caller = Caller(settings.auth_token)
        self.random = Random(settings.seed)  # noqa: S311 - faults must be repeatable, not secret
        self.line = Line()
        self.in_flight = 0
        self.forget()

    def forget(self) -> None:
        """Start again with an empty memory; the knobs stay as they are."""
        self.book = Book()
        self.optouts = OptOuts()
        self.allowance = Allowance()
        self.line.clear()
        self.caller.forget()

    def accept(self, order: Order) -> Text:
        """Take a text, or refuse it."""
        now = time.time()
        fate = refusals.fate_of(order.to)
        if order.to in self.optouts:
            raise Refusal(21610)
        if fate.only_first and self.book.phone(order.to).accepted:
            fate = refusals.DELIVERED
        text = self._text(order, now, fate)
        self.book.accept(text)
        return text

    def announce(self, text: Text) -> list[str]:
        """Plan the callbacks of a text, and return the statuses that go ahead of the answer."""
        if not text.callback or not self.settings.callbacks:
            return []
        faults, loop = self.settings.faults, asyncio.get_running_loop()
        news = list(text.steps[1:])
        if faults.strikes("callback_shuffled", self.random):
            statuses = [status for _, status in news]
            self.random.shuffle(statuses)
            news = [(at, status) for (at, _), status in zip(news, statuses, strict=True)]
        early = [news.pop(0)[1]] if faults.strikes("callback_early", self.random) else []
        for at, status in news:
            loop.call_later(max(at - time.time(), 0), self.tell, text, status)
        return early

    def tell(self, text: Text, status: str) -> None:
        """Call back with one status, unless the text was canceled or forgotten meanwhile."""
        for _ in range(self._copies(text, status)):
            self.caller.post(text.callback, receipts.form(text, status, self.settings))

    async def tell_now(self, text: Text, status: str) -> None:
        """Call back with one status, and wait until the customer has heard it."""
        await self.caller.tell(text.callback, receipts.form(text, status, self.settings))

    def put(self, body: str, *, to: str, segments: int) -> Text:
        """Send a reply into a phone at once, outside the line."""
        now = time.time()
        text = Text(
            n=len(self.book.texts) + 1,
            sid=new_sid(),
            to=to,
            sender=self.settings.sender,
            body=body,
            segments=segments,
            steps=((now, "queued"), (now, "sent"), (now, "delivered")),
            direction="outbound-reply",
            service=self.settings.messaging_service_sid,
        )
        self.book.keep(text, phone=to)
        return text

    def hear(self, body: str, *, sender: str, segments: int) -> Text:
        """Take a text that a phone sent to the customer."""
        text = Text(
            n=len(self.book.texts) + 1,
            sid=new_sid(),
            to=self.settings.sender,
            sender=sender,
            body=body,
            segments=segments,
            steps=((time.time(), "received"),),
            direction="inbound",
            service=self.settings.messaging_service_sid,
        )
        self.book.keep(text, phone=sender)
        return text

    def _text(self, order: Order, now: float, fate: Fate) -> Text:
        """Write down a text, with its whole journey."""
        pace = self.settings.step_ms / 1000
        # The answer comes first: news that overtakes it is a fault, and asked for as one.
        start = order.send_at or now + self.settings.latency_ms / 1000 + pace / 2
        leaves, fate = self._leave(order, start, fate)
        fate = self._capped(order, now, fate)
        first = "scheduled" if order.send_at else "accepted" if order.service else "queued"
        return Text(
            n=len(self.book.texts) + 1,
            sid=new_sid("MM" if order.media else "SM"),
            to=order.to,
            sender=order.sender,
            body=order.body,
            segments=order.segments,
            steps=journey(
                now, first=first, start=start, leaves=leaves + pace / 2, pace=pace, fate=fate
            ),
            service=order.service,
            media=order.media,
            callback=order.callback,
            code=fate.code,
        )

    def _leave(self, order: Order, start: float, fate: Fate) -> tuple[float, Fate]:
        """Find when a text leaves the line, and whether it is dropped there instead."""
        knobs = self.settings
        if fate.ending == "failed" or order.send_at:
            return start, fate
        if self.line.waiting(start, knobs.rate) + order.segments > knobs.queue_cap:
            # A bare sender is told at once; a messaging service takes it and fails later.
            if not order.service:
                raise Refusal(21611)
            return start, refusals.failing(30001)
        if knobs.rate and self.line.opens(start) - start > order.validity:
            return start + order.validity, refusals.failing(30036)
        if fate is refusals.DELIVERED and knobs.fail_share > self.random.random():
            fate = refusals.failing(knobs.fail_code)
        return self.line.join(order.segments, start, knobs.rate), fate

    def _capped(self, order: Order, now: float, fate: Fate) -> Fate:
        """Find whether a text that leaves comes back because the day's cap is reached."""
        cap = self.settings.daily_cap
        if fate.ending == "failed" or self.allowance.covers(order.segments, now, cap):
            return fate
        return refusals.failing(30023)

    def _copies(self, text: Text, status: str) -> int:
        """Say how often a callback is made: once, or as the faults have it."""
        if self.book.find(text.sid) is not text or status not in _statuses(text):
            return 0
        faults = self.settings.faults
        if not self.settings.callbacks or faults.strikes("callback_lost", self.random):
            return 0
        return 2 if faults.strikes("callback_doubled", self.random) else 1


def new_sid(kind: str = "SM") -> str:
    """Make a name for a text that no carrier has used before, not even an earlier run of this."""
    return kind + secrets.token_hex(16)


def _statuses(text: Text) -> Iterator[str]:
    return (status for _, status in text.steps)
