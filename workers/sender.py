"""The loop that sends. It lives as long as its worker: one pool of connections, one rate.

A batch is walked in small runs. Each run waits for its share of the rate, commits its
intent, and is handed to the carrier while the next run is prepared; answers are written
down a hundred at a time or four times a second. No transaction is open while the
carrier is called, and a text whose moment passed while the process slept is not sent.
"""

import asyncio
import logging
import os
import socket
import time
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any, TypeVar

from rapidresponse.actions import alerts, deliveries, outcomes, senders
from rapidresponse.actions.deliveries import Claim, Intended
from rapidresponse.errors import Unavailable
from rapidresponse.rules import tokens
from rapidresponse.rules.carrier import Meaning, meaning
from rapidresponse.rules.lifecycle import DeliveryState, News
from rapidresponse.rules.limits import retry_seconds
from rapidresponse.sms.provider import Accepted, Answer, NotSent, Provider, Refused, Text, Unsure
from rapidresponse.sms.rate import Rate
from rapidresponse.wiring import Wiring
from rapidresponse.work import Work
from workers.senders import Line, Senders

log = logging.getLogger(__name__)

Result = TypeVar("Result")

RUN = 100  # texts whose intent is committed together, at most
FLUSH_TEXTS = 100
FLUSH_SECONDS = 0.25
KEEP_SECONDS = 3.0
TURN_SECONDS = 1.0  # then the rest is given back, so that other alerts have their turn
LEAVE_WITHIN = 3.0  # seconds from intent to the first byte, else the text stays
NO_SENDER_SECONDS = 1.0  # before we look again whether one of them may be used
RECORD_TRIES = 60
MOST_VALID, LEAST_VALID = 14_400, 10  # seconds the carrier may keep a text in its own queue


class Sender:
    """Sends batches with one event loop and one set of connections."""

    def __init__(self, wiring: Wiring) -> None:
        self._wiring = wiring
        self._loop = asyncio.new_event_loop()
        self._provider: Provider | None = None
        self._owner = f"{socket.gethostname()[:24]}:{os.getpid()}"
        self.stopping = False
        self.concurrency = wiring.config.send_concurrency
        self.senders = Senders(wiring)
        self._do(lambda work: senders.ensure(work, wiring.config))

    def provider(self) -> Provider:
        """Return the connection to the carrier, opened on first use."""
        if self._provider is None:
            self._provider = self._wiring.provider()
        return self._provider

    def run(self, asked: Coroutine[Any, Any, Result]) -> Result:
        """Run something on the loop that lives as long as the worker."""
        return self._loop.run_until_complete(asked)

    def send(self, batch: int) -> None:
        """Send what is left of a batch, unless another worker has it."""
        claim = self._do(lambda work: deliveries.claim(work, batch, owner=self._owner))
        if claim is None:
            return
        walk = _Walk(self, claim)
        self.run(walk.go())
        self._do(lambda work: self._release(work, claim, walk.wait_seconds))

    def now(self) -> float:
        """Return the moment, in seconds since 1970, by the clock of this network."""
        return self._wiring.clock().timestamp()

    def close(self) -> None:
        """Let the connections and the loop go."""
        if self._provider is not None:
            self.run(self._provider.close())
        self._loop.close()
        self.senders.close()

    def _release(self, work: Work, claim: Claim, wait: float) -> None:
        deliveries.release(work, claim, owner=self._owner, wait_seconds=wait)
        alerts.finish(work, claim.alert)

    def _do(self, act: Callable[[Work], Result]) -> Result:
        """Do one unit of work, waiting out a record that is away for a while."""
        for attempt in range(RECORD_TRIES):
            try:
                with self._wiring.work() as work:
                    return act(work)
            except Unavailable:
                if attempt + 1 == RECORD_TRIES:
                    raise
                time.sleep(min(1.0, 0.05 * 2**attempt))
        raise Unavailable("The record stayed away.")

    async def do(self, act: Callable[[Work], Result]) -> Result:
        """Do one unit of work beside the loop, so that texts in flight go on."""
        return await self._loop.run_in_executor(None, self._do, act)

    def keep(self, batch: int) -> Callable[[Work], bool]:
        """Return the act of holding a batch a while longer."""
        return lambda work: deliveries.keep(work, batch, owner=self._owner)

    def text(self, claim: Claim, intended: Intended, sender: str) -> Text:
        """Return the text of one attempt, with the name its receipts come back under."""
        left = claim.expires_at - self.now()
        return Text(
            intended.phone,
            intended.body,
            tokens.sign(self._wiring.token_key, intended.attempt),
            max(LEAST_VALID, min(MOST_VALID, int(left))),
            sender,
        )


class _Walk:
    """One walk through one batch."""

    def __init__(self, sender: Sender, claim: Claim) -> None:
        self._sender = sender
        self._claim = claim
        self._news: list[News] = []
        self._ready = asyncio.Event()
        self._room = asyncio.Semaphore(sender.concurrency)
        self.wait_seconds = 0.0  # before what is left is taken up again
        self._over = False  # the batch was taken away
        self._stopped: dict[int, int] = {}  # senders that were refused, with the code
        self._landed = False  # every text has its answer
        self._end = time.monotonic() + TURN_SECONDS

    async def go(self) -> None:
        """Walk until the batch is done, its time is over, or the worker is told to stop."""
        flusher = asyncio.create_task(self._flush())
        keeper = asyncio.create_task(self._keep())
        try:
            async with asyncio.TaskGroup() as flights:
                await self._runs(flights)
        finally:
            keeper.cancel()
            self._landed = True
            self._ready.set()
            await flusher

    async def _runs(self, flights: asyncio.TaskGroup) -> None:
        line_up = self._claim.in_line
        while line_up and not await self._should_end():
            line = await asyncio.to_thread(self._sender.senders.pick)
            if line is None:
                self.wait_seconds = NO_SENDER_SECONDS
                return
            most = line.rate.block(self._claim.segments, RUN)
            run = line_up[:most]
            if not await self._turn(line.rate, len(run) * self._claim.segments):
                continue
            line_up = line_up[len(run) :]
            intended = await self._sender.do(self._intend(run[0], run[-1], line.id))
            line.rate.spend(sum(one.segments for one in intended))
            leave_by = time.monotonic() + LEAVE_WITHIN
            for one in intended:
                await self._room.acquire()
                flights.create_task(self._hand_over(one, line, leave_by))

    async def _should_end(self) -> bool:
        if self._over or self._sender.stopping:
            return True
        if time.monotonic() <= self._end:
            return False
        if await asyncio.to_thread(self._sender.senders.others_wait):
            return True
        self._end = time.monotonic() + TURN_SECONDS  # nobody else wants a turn
        return False

    async def _turn(self, rate: Rate, segments: int) -> bool:
        """Wait for a share of the rate; False when none could be had yet."""
        if rate.covers(segments):
            return True
        wait = await asyncio.to_thread(rate.reserve, segments)
        await asyncio.sleep(min(wait, KEEP_SECONDS))
        return rate.covers(segments)

    def _intend(self, low: int, high: int, sender: int) -> Callable[[Work], list[Intended]]:
        return lambda work: deliveries.intend(work, self._claim, low=low, high=high, sender=sender)

    async def _hand_over(self, one: Intended, line: Line, leave_by: float) -> None:
        try:
            if time.monotonic() > leave_by:  # this process slept: the text is not ours any more
                answer: Answer = NotSent(slow_down=False)
            else:
                text = self._sender.text(self._claim, one, line.name)
                answer = await self._sender.provider().send(text)
        except Exception as lost:  # noqa: BLE001 - whatever it was, the text may have left
            answer = Unsure(type(lost).__name__)
        finally:
            self._room.release()
        self._news.append(self._news_of(one, line, answer))
        if len(self._news) >= FLUSH_TEXTS:
            self._ready.set()

    def _news_of(self, one: Intended, line: Line, answer: Answer) -> News:
        seq, attempt = one.attempt.seq, one.attempt.number
        match answer:
            case Accepted(sid):
                state = DeliveryState.ACCEPTED
                return News(seq, attempt, state, sid=sid, segments=one.segments)
            case Refused(code):
                return self._refused(one, line, code)
            case NotSent(slow_down):
                if slow_down:
                    line.rate.slow_down()
                return self._again(seq, attempt, retry_seconds(attempt))
            case Unsure(why):
                log.info("alert %s text %s is in doubt: %s", self._claim.alert, seq, why)
                return News(seq, attempt, DeliveryState.IN_DOUBT)

    def _refused(self, one: Intended, line: Line, code: int) -> News:
        seq, attempt = one.attempt.seq, one.attempt.number
        means = meaning(code)
        if means is not Meaning.SENDER:  # which is said once, as an alarm
            log.info("alert %s text %s refused: %s", self._claim.alert, seq, code)
        match means:
            case Meaning.OPTED_OUT:
                return News(seq, attempt, DeliveryState.SUPPRESSED, code=code)
            case Meaning.LATER:
                return self._again(seq, attempt, retry_seconds(attempt), code)
            case Meaning.SENDER:
                # For certain not sent, so it may leave from another sender at once.
                self._stopped[line.id] = code
                return self._again(seq, attempt, 0.0, code)
            case _:
                return News(seq, attempt, DeliveryState.FAILED, code=code)

    def _again(self, seq: int, attempt: int, wait: float, code: int | None = None) -> News:
        not_before = self._sender.now() + wait
        return News(seq, attempt, DeliveryState.PENDING, code=code, not_before=not_before)

    async def _flush(self) -> None:
        while not self._landed or self._news:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._ready.wait(), FLUSH_SECONDS)
            self._ready.clear()
            if self._news:
                news, self._news = self._news, []
                await self._sender.do(self._record(news))

    def _record(self, news: list[News]) -> Callable[[Work], None]:
        stopped, self._stopped = self._stopped, {}
        if stopped:
            self._over = True  # the rest of the batch is taken up again, with another sender
            self._sender.senders.forget()

        def record(work: Work) -> None:
            for sender, code in stopped.items():
                senders.stop(work, sender, code=code)
            outcomes.record(work, self._claim.alert, news)
            alerts.check_canary(work, self._claim.alert)

        return record

    async def _keep(self) -> None:
        while True:
            await asyncio.sleep(KEEP_SECONDS)
            if not await self._sender.do(self._sender.keep(self._claim.batch)):
                self._over = True
                return
