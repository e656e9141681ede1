"""Texts in doubt: settled by the carrier's own list, and sent once more only when proven absent.

A receipt that carries our token settles most of them first. What is left is looked up
three times: soon, to adopt what the carrier took; and twice after the settling time, to
prove that it took nothing. Only then may the text leave again.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

import sqlalchemy as sa

from rapidresponse.actions import counts, deliveries, outcomes
from rapidresponse.queue import Job
from rapidresponse.rules.lifecycle import DeliveryState, News
from rapidresponse.rules.segments import measure
from rapidresponse.sms.provider import Carried
from rapidresponse.sms.twilio import state_of
from rapidresponse.store.models import Alert, AlertText, Batch, Delivery, Double
from rapidresponse.work import Work

INTENT_SECONDS = 15.0  # a text leaves within 3 s of its intent and is answered within 10
FIRST_LOOK_SECONDS = 5.0
LAST_LOOK = 3
PAGE = 500
ONE_BY_ONE = 20  # up to so many are asked for by phone, more by time
MOST_ATTEMPTS = 4
ASK_AGAIN_SECONDS = (120, 600, 3600)  # after the last text; a receipt may be lost for good
FORGET_SECONDS = 86_400


@dataclass(frozen=True, slots=True)
class Doubt:
    """One text that may or may not have left."""

    seq: int
    attempt: int
    looks: int
    since: float
    phone: str = field(repr=False)
    body: str = field(repr=False)


def lose(work: Work) -> None:
    """Put in doubt what was intended and never answered: its worker died, or was cut off."""
    rows = work.session.execute(
        sa.select(Delivery.alert_id, Delivery.seq, Delivery.attempt)
        .where(
            Delivery.state == DeliveryState.INTENT,
            Delivery.since < work.moment - INTENT_SECONDS,
        )
        .limit(PAGE)
    )
    lost: dict[int, list[News]] = defaultdict(list)
    for alert, seq, attempt in rows:
        lost[alert].append(News(seq, attempt, DeliveryState.IN_DOUBT))
    for alert, news in lost.items():
        outcomes.record(work, alert, news)


def due(work: Work, *, settle_seconds: float) -> None:
    """Start a look-up for every alert with a text in doubt whose next look is due."""
    waits = _waits(settle_seconds)
    for alert in work.session.scalars(
        sa.select(Delivery.alert_id)
        .where(
            Delivery.state == DeliveryState.IN_DOUBT,
            sa.or_(
                *(
                    sa.and_(Delivery.looks == looks, Delivery.since <= work.moment - wait)
                    for looks, wait in enumerate(waits)
                )
            ),
        )
        .distinct()
    ):
        work.then(Job.SETTLE, alert, int(work.moment))


def _waits(settle_seconds: float) -> tuple[float, float, float]:
    return (
        min(FIRST_LOOK_SECONDS, settle_seconds / 2),
        settle_seconds,
        settle_seconds * 4 / 3,
    )


def doubts(work: Work, alert: int, *, settle_seconds: float) -> list[Doubt]:
    """Return the texts of an alert that are due for a look, with what identifies them."""
    waits = _waits(settle_seconds)
    rows = work.session.execute(
        sa.select(Delivery, AlertText.body)
        .join(AlertText, AlertText.alert_id == Delivery.alert_id)
        .where(
            AlertText.language == Delivery.language,
            Delivery.alert_id == alert,
            Delivery.state == DeliveryState.IN_DOUBT,
        )
        .order_by(Delivery.seq)
        .limit(PAGE)
    ).all()
    phones = deliveries.open_phones(work, {row.subscriber_id for row, _ in rows})
    return [
        _doubt(row, phones.get(row.subscriber_id, ""), body)
        for row, body in rows
        if (row.since or 0.0) <= work.moment - waits[min(row.looks, LAST_LOOK - 1)]
    ]


def _doubt(row: Delivery, phone: str, body: str) -> Doubt:
    return Doubt(row.seq, row.attempt, row.looks, row.since or 0.0, phone, body)


def settle(work: Work, alert: int, open_doubts: Sequence[Doubt], seen: Iterable[Carried]) -> None:
    """Adopt what the carrier's list shows; after the last empty look, let the text leave again."""
    wanted = {(doubt.phone, doubt.body) for doubt in open_doubts}
    matches = _unclaimed(work, alert, [item for item in seen if (item.to, item.body) in wanted])
    news: list[News] = []
    for doubt in open_doubts:
        found = matches.get((doubt.phone, doubt.body), [])
        if found:
            first, *more = sorted(found, key=lambda carried: carried.created)
            taken = News(doubt.seq, doubt.attempt, DeliveryState.ACCEPTED, sid=first.sid)
            news.append(replace(taken, segments=measure(doubt.body).count))
            work.session.add_all(
                Double(sid=carried.sid, alert_id=alert, seq=doubt.seq) for carried in more
            )
        elif doubt.looks + 1 >= LAST_LOOK:
            news.append(_absent(work, doubt))
    outcomes.record(work, alert, news)
    looked = {doubt.seq for doubt in open_doubts} - {item.seq for item in news}
    _note_look(work, alert, looked)
    _reopen(work, alert, [item.seq for item in news if item.state is DeliveryState.PENDING])


def _absent(work: Work, doubt: Doubt) -> News:
    """Try again what the carrier, asked twice, had not taken; give up after several times."""
    if not doubt.phone:
        return News(doubt.seq, doubt.attempt, DeliveryState.SUPPRESSED)  # they left meanwhile
    if doubt.attempt >= MOST_ATTEMPTS:
        return News(doubt.seq, doubt.attempt, DeliveryState.FAILED)
    return News(doubt.seq, doubt.attempt, DeliveryState.PENDING, not_before=work.moment)


def _unclaimed(
    work: Work, alert: int, listed: list[Carried]
) -> dict[tuple[str, str], list[Carried]]:
    claimed = set(
        work.session.scalars(
            sa.select(Delivery.sid).where(
                Delivery.alert_id == alert, Delivery.sid.in_([item.sid for item in listed])
            )
        )
    )
    found: dict[tuple[str, str], list[Carried]] = defaultdict(list)
    for item in listed:
        if item.sid not in claimed:
            found[item.to, item.body].append(item)
    return found


def _note_look(work: Work, alert: int, seqs: set[int]) -> None:
    work.session.execute(
        sa.update(Delivery)
        .where(
            Delivery.alert_id == alert,
            Delivery.seq.in_(seqs),
            Delivery.state == DeliveryState.IN_DOUBT,
        )
        .values(looks=Delivery.looks + 1)
    )


def _reopen(work: Work, alert: int, seqs: list[int]) -> None:
    """Open the batches again that hold these texts, and an alert that was called done."""
    if not seqs:
        return
    batches = work.session.scalars(
        sa.select(Batch).where(
            Batch.alert_id == alert, Batch.low <= max(seqs), Batch.high >= min(seqs)
        )
    )
    for batch in batches:
        if any(batch.low <= seq <= batch.high for seq in seqs):
            batch.state, batch.lease_until, batch.queued_at = "open", 0.0, work.moment
            work.then(Job.SEND, batch.id, batch.claims)


def unanswered(work: Work) -> None:
    """Ask the carrier about texts whose receipts never came, a few times and ever later."""
    for alert in work.session.scalars(
        sa.select(Alert).where(
            Alert.asked_again < len(ASK_AGAIN_SECONDS),
            Alert.last_text_at.is_not(None),
            Alert.last_text_at > work.moment - FORGET_SECONDS,
        )
    ):
        if work.moment - (alert.last_text_at or 0) < ASK_AGAIN_SECONDS[alert.asked_again]:
            continue
        found = counts.by_state(work, alert.id)
        alert.asked_again += 1
        if found.get(DeliveryState.ACCEPTED) or found.get(DeliveryState.SENT):
            work.then(Job.ASK_AGAIN, alert.id, alert.asked_again)


def learn(work: Work, alert: int, seen: Iterable[Carried]) -> int:
    """Write down what the carrier's list says of texts it took; return how many changed."""
    states = {item.sid: state for item in seen if (state := state_of(item.status)) is not None}
    rows = work.session.execute(
        sa.select(Delivery.seq, Delivery.attempt, Delivery.sid).where(
            Delivery.alert_id == alert,
            Delivery.state.in_([DeliveryState.ACCEPTED, DeliveryState.SENT]),
        )
    )
    return outcomes.record(
        work,
        alert,
        [
            News(row.seq, row.attempt, states[row.sid], sid=row.sid)
            for row in rows
            if row.sid in states
        ],
    )


def started(work: Work, alert: int) -> float:
    """Return the moment from which the carrier's list matters for an alert."""
    row = work.get(Alert, alert)
    return row.started_at or row.created_at.timestamp()
