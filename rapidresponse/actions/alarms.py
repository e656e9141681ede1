"""What a person must look at. Words name things by id, never people."""

import logging

import sqlalchemy as sa

from rapidresponse.store.models import Alarm
from rapidresponse.work import Work

log = logging.getLogger(__name__)


def raise_one(work: Work, kind: str, words: str, *, alert_id: int | None = None) -> None:
    """Raise an alarm, unless the same one is open already."""
    same = sa.select(Alarm).where(
        Alarm.kind == kind, Alarm.alert_id == alert_id, Alarm.ended_at.is_(None)
    )
    if work.session.scalar(same.limit(1)) is None:
        work.session.add(Alarm(kind=kind, alert_id=alert_id, words=words, at=work.moment))
        log.error("alarm %s: %s", kind, words)


def end(work: Work, kind: str, *, alert_id: int | None = None) -> None:
    """End an alarm, because what it was about is over."""
    work.session.execute(
        sa.update(Alarm)
        .where(Alarm.kind == kind, Alarm.alert_id == alert_id, Alarm.ended_at.is_(None))
        .values(ended_at=work.moment)
    )


def open_ones(work: Work) -> list[Alarm]:
    """Return the alarms that are open, oldest first."""
    return list(
        work.session.scalars(sa.select(Alarm).where(Alarm.ended_at.is_(None)).order_by(Alarm.at))
    )
