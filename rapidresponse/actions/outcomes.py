"""What became of texts. Results and receipts both come through here, and nothing else does."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import sqlalchemy as sa

from rapidresponse.actions import counts, subscribers
from rapidresponse.rules.carrier import Meaning, meaning
from rapidresponse.rules.lifecycle import (
    HANDED_OVER,
    DeliveryState,
    News,
    Standing,
    is_second_text,
    rises,
    standing,
)
from rapidresponse.store.models import Delivery, Double
from rapidresponse.work import Work

ENDED_BADLY = frozenset({DeliveryState.FAILED, DeliveryState.UNDELIVERED, DeliveryState.SUPPRESSED})

# Written by us for each database: SQLAlchemy's own bulk forms cost ten times as much here.
WRITE_POSTGRESQL = """
UPDATE deliveries d
   SET state = v.state, standing = v.standing, sid = v.sid, code = v.code,
       not_before = v.not_before, since = :now
  FROM unnest(CAST(:seqs AS int[]), CAST(:states AS text[]), CAST(:standings AS int[]),
              CAST(:sids AS text[]), CAST(:codes AS int[]), CAST(:waits AS float8[]))
    AS v(seq, state, standing, sid, code, not_before)
 WHERE d.alert_id = :alert AND d.seq = v.seq
"""
WRITE_SQLITE = """
UPDATE deliveries
   SET state = ?, standing = ?, sid = ?, code = ?, not_before = ?, since = ?
 WHERE alert_id = ? AND seq = ?
"""


@dataclass(frozen=True, slots=True)
class Written:
    """A delivery as it will stand, with what is written beside its state."""

    standing: Standing
    code: int | None
    not_before: float | None


def record(work: Work, alert: int, news: Sequence[News]) -> int:
    """Write down what is new about deliveries of one alert; return how many changed.

    Late, doubled and shuffled news changes nothing, because a standing only rises.
    """
    if not news:
        return 0
    held = _held(work, alert, {item.seq for item in news})
    first = {seq: row.state for seq, row in held.items()}
    written: dict[int, Written] = {}
    for item in news:
        if (row := held.get(item.seq)) is not None:
            if is_second_text(row, item):
                _note_second_text(work, alert, item)
            if (after := _after(row, item)) is not None:
                held[item.seq], written[item.seq] = after.standing, after
    changed = [item for item in news if item.seq in written]
    _write(work, alert, list(written.values()))
    _date(work, alert, changed)
    _count(work, alert, held, first)
    _learn(work, alert, changed)
    return len(written)


def _after(row: Standing, item: News) -> Written | None:
    """Return a delivery as news leaves it, or None if it changes nothing."""
    if rises(row, item):
        return Written(_risen(row, item), item.code, item.not_before)
    if item.sid and row.sid is None:  # late, but now we know the carrier's name for it
        return Written(replace(row, sid=item.sid), None, None)
    return None


def _held(work: Work, alert: int, seqs: Iterable[int]) -> dict[int, Standing]:
    rows = work.session.execute(
        sa.select(
            Delivery.seq,
            Delivery.ring,
            Delivery.state,
            Delivery.attempt,
            Delivery.standing,
            Delivery.sid,
        )
        .where(Delivery.alert_id == alert, Delivery.seq.in_(sorted(seqs)))
        .order_by(Delivery.seq)
        .with_for_update()
    )
    return {
        row.seq: Standing(
            row.seq, row.ring, DeliveryState(row.state), row.attempt, row.standing, row.sid
        )
        for row in rows
    }


def _risen(row: Standing, item: News) -> Standing:
    return replace(
        row,
        state=item.state,
        standing=standing(item.state, item.attempt),
        sid=row.sid if item.sid is None else item.sid,
    )


def _note_second_text(work: Work, alert: int, item: News) -> None:
    if item.sid is not None and work.session.get(Double, item.sid) is None:
        work.session.add(Double(sid=item.sid, alert_id=alert, seq=item.seq))
        work.session.flush()


def _write(work: Work, alert: int, rows: list[Written]) -> None:
    if not rows:
        return
    rows.sort(key=lambda row: row.standing.seq)
    connection = work.session.connection()
    if work.is_sqlite:
        connection.exec_driver_sql(WRITE_SQLITE, [_line(work, alert, row) for row in rows])
        return
    connection.execute(
        sa.text(WRITE_POSTGRESQL),
        {
            "alert": alert,
            "now": work.moment,
            "seqs": [row.standing.seq for row in rows],
            "states": [str(row.standing.state) for row in rows],
            "standings": [row.standing.standing for row in rows],
            "sids": [row.standing.sid for row in rows],
            "codes": [row.code for row in rows],
            "waits": [row.not_before for row in rows],
        },
    )


def _line(work: Work, alert: int, row: Written) -> tuple[object, ...]:
    now = row.standing
    kept = (str(now.state), now.standing, now.sid, row.code, row.not_before, work.moment)
    return (*kept, alert, now.seq)


def _count(
    work: Work, alert: int, held: dict[int, Standing], first: dict[int, DeliveryState]
) -> None:
    moves = counts.Moves()
    for seq, row in held.items():
        if row.state is not first[seq]:
            counts.move(moves, row.ring, first[seq], row.state)
    counts.keep(work, alert, moves)


def _date(work: Work, alert: int, changed: list[News]) -> None:
    """Keep when texts first and last went, and what they cost; before the counts, as intents do."""
    if any(item.state in HANDED_OVER for item in changed):
        work.run(
            "UPDATE alerts SET first_text_at = coalesce(first_text_at, :now), last_text_at = :now,"
            " segments = segments + :segments WHERE id = :alert",
            now=work.moment,
            segments=sum(item.segments for item in changed if item.state in HANDED_OVER),
            alert=alert,
        )


def _learn(work: Work, alert: int, changed: list[News]) -> None:
    """Draw the conclusions: who left, and who cannot be texted."""
    for item in changed:
        means = meaning(item.code)
        if item.code is None or item.state not in ENDED_BADLY:
            continue
        if means in (Meaning.OPTED_OUT, Meaning.UNREACHABLE):
            subscribers.drop(work, alert, item.seq, opted_out=means is Meaning.OPTED_OUT)
