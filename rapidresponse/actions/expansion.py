"""From an audience to deliveries: nearest first, a page at a time, resumable, once each."""

import sqlalchemy as sa

from rapidresponse.actions import alerts, counts
from rapidresponse.queue import Job
from rapidresponse.rules.lifecycle import AlertState, DeliveryState
from rapidresponse.rules.limits import batch_size
from rapidresponse.store.models import Alert, AlertArea, Batch, Expansion
from rapidresponse.store.queries import audience, sending
from rapidresponse.work import Work

PAGE = 2000


def expand(work: Work, alert_id: int, *, per_second: int) -> None:
    """Turn the next page of an alert's audience into deliveries, and start sending them.

    The page and how far it went are committed together, so a crash repeats nothing; the
    first text does not wait for the audience to be counted.
    """
    alert = work.get(Alert, alert_id)
    progress = work.session.get_one(Expansion, alert_id, with_for_update=True)
    if progress.done or alert.state != AlertState.SENDING:
        return
    progress.touched_at = work.moment
    first = progress.seq + 1
    moves = counts.Moves()
    while _goes_on(progress, first + PAGE):
        ring, made = (_reached if alert.about_id else _nearest)(work, alert, progress)
        moves[ring, DeliveryState.PENDING] += made
    counts.keep(work, alert_id, moves)
    _cut(work, alert_id, first, progress.seq, batch_size(per_second))
    if progress.done:
        alerts.finish(work, alert_id)
    else:
        work.then(Job.EXPAND, alert_id, progress.seq)


def _goes_on(progress: Expansion, end: int) -> bool:
    return not progress.done and progress.seq + 1 < end


def _nearest(work: Work, alert: Alert, progress: Expansion) -> tuple[int, int]:
    """Write the next page of the nearest area not yet done; return its ring and how many."""
    place = work.session.get(AlertArea, (alert.id, progress.turn))
    if place is None:
        progress.done = True
        return 0, 0
    page = {"area": place.area, "after": progress.after, "page": PAGE}
    found, last = work.run(audience.AREA_PAGE_END, **page).one()
    made = (
        _insert(work, audience.EXPAND_AREA, alert, progress, **page, ring=place.ring)
        if found
        else 0
    )
    progress.seq += found
    if found == PAGE:
        progress.after = last
    else:
        progress.turn, progress.after = progress.turn + 1, 0
    return place.ring, made


def _reached(work: Work, alert: Alert, progress: Expansion) -> tuple[int, int]:
    """Write the next page of those whom the alert before this one reached, or may have."""
    page = {"about": alert.about_id, "after": progress.after, "page": PAGE}
    found, last = work.run(audience.REACHED_PAGE_END, **page).one()
    made = _insert(work, audience.EXPAND_REACHED, alert, progress, **page)
    progress.seq += found
    progress.after, progress.done = last or 0, found < PAGE
    return 0, made


def _insert(work: Work, statement: str, alert: Alert, progress: Expansion, **values: object) -> int:
    """Write a page after the last one; who is there already leaves a gap and is not counted."""
    made: int = work.run(
        statement, **values, alert=alert.id, seq=progress.seq, now=work.moment
    ).rowcount
    return made


def _cut(work: Work, alert_id: int, first: int, last: int, size: int) -> None:
    """Cut new deliveries into batches, and ask for each to be sent."""
    batches = [
        Batch(alert_id=alert_id, low=low, high=min(low + size - 1, last), queued_at=work.moment)
        for low in range(first, last + 1, size)
    ]
    work.session.add_all(batches)
    work.session.flush()
    # The first of an alert go before all that waits, so that a large one does not shut it out;
    # the rest take their turn.
    for batch in batches:
        work.then(Job.SEND, batch.id, first=first == 1)


def lost(work: Work, *, stale_seconds: float) -> None:
    """Start again the expansions that were committed but never queued, or died."""
    stale = work.moment - stale_seconds
    for row in work.run(sending.LOST_EXPANSIONS, stale=stale).all():
        work.session.execute(
            sa.update(Expansion)
            .where(Expansion.alert_id == row.alert_id)
            .values(touched_at=work.moment)
        )
        work.then(Job.EXPAND, row.alert_id, row.seq)
