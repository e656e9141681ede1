"""Sends the texts of one mailing: intent first, then the carrier, then what became of it."""

import asyncio
import logging
import time
from collections.abc import Sequence

from rapidresponse.actions import notices, senders
from rapidresponse.actions.notices import Ready
from rapidresponse.errors import CarrierDown
from rapidresponse.rules import tokens
from rapidresponse.rules.carrier import Meaning, meaning
from rapidresponse.rules.lifecycle import DeliveryState as D
from rapidresponse.rules.lifecycle import News
from rapidresponse.rules.limits import retry_seconds
from rapidresponse.sms.provider import Accepted, Answer, Carried, NotSent, Refused, Text, Unsure
from rapidresponse.wiring import Wiring
from rapidresponse.work import Work
from workers.sender import Sender
from workers.senders import Line

log = logging.getLogger(__name__)

RUN = 20  # texts in flight at once
LEAVE_WITHIN = 3.0  # seconds after the intent; later it is tried again
VALID_SECONDS = 3600
LONGEST_WAIT = 1.0
REFUSED = {Meaning.LATER: D.PENDING, Meaning.SENDER: D.PENDING, Meaning.OPTED_OUT: D.SUPPRESSED}


def mail(wiring: Wiring, sender: Sender, mailing_id: int) -> None:
    """Settle what is in doubt of a mailing, and send what is due."""
    _settle(wiring, sender, mailing_id)
    while (line := sender.senders.pick()) is not None:
        with wiring.look() as work:
            segments = notices.due(work, mailing_id, most=RUN)
        if not segments:
            return
        _take_turn(line, segments)
        with wiring.work() as work:
            ready = notices.intend(work, mailing_id, most=RUN)
        line.rate.spend(sum(one.segments for one in ready))
        leave_by = time.monotonic() + LEAVE_WITHIN
        news = sender.run(_hand_over(wiring, sender, line, ready, leave_by))
        with wiring.work() as work:
            notices.record(work, mailing_id, news)
            _rest(work, sender, line, news)


def _rest(work: Work, sender: Sender, line: Line, news: Sequence[News]) -> None:
    """Let a sender rest that the carrier refuses; others take over, and an alarm is raised."""
    refused = [one.code for one in news if meaning(one.code) is Meaning.SENDER]
    if refused and refused[0] is not None:
        senders.stop(work, line.id, code=refused[0])
        sender.senders.forget()


def _take_turn(line: Line, segments: int) -> None:
    """Wait for a share of the sender's rate."""
    while not line.rate.covers(segments):
        time.sleep(min(line.rate.reserve(segments), LONGEST_WAIT))


async def _hand_over(
    wiring: Wiring, sender: Sender, line: Line, ready: Sequence[Ready], leave_by: float
) -> list[News]:
    provider = sender.provider()

    async def one(each: Ready) -> News:
        token = tokens.sign(wiring.token_key, each.attempt)
        text = Text(each.phone, each.body, token, VALID_SECONDS, line.name)
        try:
            late = time.monotonic() > leave_by
            answer = NotSent(slow_down=False) if late else await provider.send(text)
        except Exception as lost:  # noqa: BLE001 - whatever it was, the text may have left
            answer = Unsure(type(lost).__name__)
        if answer == NotSent(slow_down=True):
            line.rate.slow_down()
        return _news(each, answer, sender.now())

    return list(await asyncio.gather(*(one(each) for each in ready)))


def _news(each: Ready, answer: Answer, now: float) -> News:
    seq, attempt = each.attempt.seq, each.attempt.number
    again = now + retry_seconds(attempt)
    match answer:
        case Accepted(sid):
            return News(seq, attempt, D.ACCEPTED, sid=sid)
        case Refused(code):
            state = REFUSED.get(meaning(code), D.FAILED)
            return News(seq, attempt, state, code=code, not_before=again)
        case NotSent():
            return News(seq, attempt, D.PENDING, not_before=again)
        case Unsure():
            return News(seq, attempt, D.IN_DOUBT)


def _settle(wiring: Wiring, sender: Sender, mailing_id: int) -> None:
    """Ask the carrier's list about each phone in doubt; what it does not prove stays in doubt."""
    settle_seconds = wiring.config.settle_seconds
    with wiring.look() as work:
        asked = notices.doubts(work, mailing_id, settle_seconds=settle_seconds)
    seen: list[Carried] = []
    try:
        for one in asked:
            seen += sender.run(sender.provider().carried(one.since - VALID_SECONDS, to=one.phone))
    except CarrierDown as down:
        log.warning("mailing %s: the carrier cannot be asked: %s", mailing_id, down)
        return
    if asked:
        with wiring.work() as work:
            notices.settle(work, mailing_id, asked, seen, settle_seconds=settle_seconds)
