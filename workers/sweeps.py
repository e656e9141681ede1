"""What the clock starts. Sweeps look for work rather than being told of it.

Each is safe to run twice, and at the same time as another: it changes only what still is
as it found it. So several clocks, or none for a while, do no harm.
"""

import sqlalchemy as sa

from rapidresponse.actions import alerts, expansion, notices, retention, settling, subscribers
from rapidresponse.queue import Job
from rapidresponse.rules.lifecycle import AlertState, DeliveryState
from rapidresponse.store.models import Alert, Batch
from rapidresponse.store.queries import sending
from rapidresponse.wiring import Wiring
from rapidresponse.work import Work

STALE_SECONDS = 3.0  # committed so long ago and still not taken up: it was never queued, or lost
MOST_BATCHES = 500
UNDER_WAY = (AlertState.WAITING, AlertState.SENDING, AlertState.PAUSED)


def rescue(wiring: Wiring) -> None:
    """Queue again whatever was committed but never queued, or whose worker died."""
    with wiring.work() as work:
        expansion.lost(work, stale_seconds=STALE_SECONDS)
        _lost_batches(work)


def doubt(wiring: Wiring) -> None:
    """Put in doubt what never got an answer, and ask the carrier about it when it is time."""
    with wiring.work() as work:
        settling.lose(work)
        settling.due(work, settle_seconds=wiring.config.settle_seconds)
        settling.unanswered(work)


def finish(wiring: Wiring) -> None:
    """End alerts that are over: all sent, expired, or halted with texts still in line."""
    with wiring.work() as work:
        for alert in work.session.scalars(sa.select(Alert).where(Alert.state.in_(UNDER_WAY))).all():
            if alert.expires_at <= work.moment:
                alerts.move(alert, AlertState.EXPIRED, why="its time was over")
                work.session.flush()
                alerts.hold_back(work, alert.id, DeliveryState.EXPIRED)
            else:
                alerts.finish(work, alert.id)
        for alert_id, state in _held_back(work):
            alerts.hold_back(work, alert_id, state)


def forget(wiring: Wiring) -> None:
    """Delete what we promised not to keep: unanswered sign-ups, and names of calls and texts."""
    with wiring.work() as work:
        retention.forget(work)
    wiring.database.forget_deleted()


def mail(wiring: Wiring) -> None:
    """Queue again the single texts that never left, and those in doubt."""
    with wiring.work() as work:
        notices.look_after(work, settle_seconds=wiring.config.settle_seconds)


def wake(wiring: Wiring) -> None:
    """End the pauses that are over."""
    with wiring.work() as work:
        subscribers.wake(work)


def _lost_batches(work: Work) -> None:
    rows = work.run(
        sending.LOST_BATCHES,
        now=work.moment,
        stale=work.moment - STALE_SECONDS,
        most=MOST_BATCHES,
    ).all()
    if rows:
        work.session.execute(
            sa.update(Batch)
            .where(Batch.id.in_([row.id for row in rows]))
            .values(queued_at=work.moment)
        )
    for row in rows:
        work.then(Job.SEND, row.id, row.claims)


def _held_back(work: Work) -> list[tuple[int, DeliveryState]]:
    """Return the stopped alerts that still have texts in line, with what those become."""
    rows = work.run(
        "SELECT a.id, a.state FROM alerts a JOIN counts c ON c.alert_id = a.id"
        " WHERE a.state IN ('halted', 'expired') AND c.state = 'pending' AND c.n > 0"
    )
    ends = {"halted": DeliveryState.CANCELLED, "expired": DeliveryState.EXPIRED}
    return [(row.id, ends[row.state]) for row in rows]


SWEEPS = (rescue, doubt, finish, mail, wake)
HOURLY = (forget,)
EVERY_SECONDS = 1.0
