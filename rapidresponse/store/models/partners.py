"""Organisations that send us verified reports, and what they sent."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from rapidresponse.store.models.base import Base, UtcDateTime


class Partner(Base):
    """An organisation that may post reports, trusted to publish or for review."""

    __tablename__ = "partners"

    id: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(sa.String(80), unique=True)
    trust: Mapped[str] = mapped_column(sa.String(8))  # publish, review
    secret: Mapped[bytes] = mapped_column(sa.LargeBinary(128))
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)


class HookEvent(Base):
    """A call that was answered 202, so that the same call is answered the same again."""

    __tablename__ = "hook_events"

    partner_id: Mapped[int] = mapped_column(sa.ForeignKey("partners.id"), primary_key=True)
    event_id: Mapped[str] = mapped_column(sa.String(128), primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    answer: Mapped[dict[str, Any]] = mapped_column(sa.JSON)

    __table_args__ = (sa.Index("ix_hook_events_recent", "partner_id", "at"),)


class Report(Base):
    """A verified report of a partner. People in it are opaque ids of the partner's own."""

    __tablename__ = "reports"
    __table_args__ = (sa.UniqueConstraint("partner_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    partner_id: Mapped[int] = mapped_column(sa.ForeignKey("partners.id"))
    name: Mapped[str] = mapped_column(sa.String(64))  # their own id for it
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    facts: Mapped[dict[str, Any]] = mapped_column(sa.JSON)  # the payload, as checked
