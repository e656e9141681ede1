"""Words about an incident, on their way to an audience."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from rapidresponse.store.models.base import Base, Moment, UtcDateTime


class Alert(Base):
    """One alert, update, ending or correction."""

    __tablename__ = "alerts"

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int | None] = mapped_column(sa.ForeignKey("reports.id"), index=True)
    about_id: Mapped[int | None] = mapped_column(sa.ForeignKey("alerts.id"))
    kind: Mapped[str] = mapped_column(sa.String(10))  # alert, update, ended, corrected
    mode: Mapped[str] = mapped_column(sa.String(8))  # practice or live; never crosses over
    state: Mapped[str] = mapped_column(sa.String(8), index=True)
    why: Mapped[str | None] = mapped_column(sa.String(40))  # why it waits, paused or stopped
    ref: Mapped[str] = mapped_column(sa.String(4), index=True)
    area: Mapped[str] = mapped_column(sa.String(40))  # the coarse place, as the texts say it
    timezone: Mapped[str] = mapped_column(sa.String(40))
    places_version: Mapped[str] = mapped_column(sa.String(20))
    audience: Mapped[int]  # how many it would reach when it was taken
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[float] = mapped_column(Moment)
    started_at: Mapped[float | None] = mapped_column(Moment)
    segments: Mapped[int] = mapped_column(server_default="0")  # handed over, or about to be
    asked_again: Mapped[int] = mapped_column(sa.SmallInteger, server_default="0")
    first_text_at: Mapped[float | None] = mapped_column(Moment)
    last_text_at: Mapped[float | None] = mapped_column(Moment)


class AlertText(Base):
    """The words of an alert in one language, frozen when it was taken."""

    __tablename__ = "alert_texts"

    alert_id: Mapped[int] = mapped_column(sa.ForeignKey("alerts.id"), primary_key=True)
    language: Mapped[str] = mapped_column(sa.String(4), primary_key=True)
    body: Mapped[str] = mapped_column(sa.Text)
    segments: Mapped[int] = mapped_column(sa.SmallInteger)


class Expansion(Base):
    """How far an alert's audience has been turned into deliveries."""

    __tablename__ = "expansions"

    alert_id: Mapped[int] = mapped_column(sa.ForeignKey("alerts.id"), primary_key=True)
    turn: Mapped[int] = mapped_column(sa.SmallInteger, default=1)  # the area it is at
    after: Mapped[int] = mapped_column(sa.BigInteger, default=0)  # last subscriber, or last seq
    seq: Mapped[int] = mapped_column(default=0)  # deliveries made so far
    done: Mapped[bool] = mapped_column(default=False)
    touched_at: Mapped[float] = mapped_column(Moment, default=0)
