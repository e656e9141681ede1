"""Phones that asked to be told, and phones that asked not to be."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from rapidresponse.store.models.base import Base, Moment, UtcDateTime


class Subscriber(Base):
    """A phone that asked to be told about places. It has a number, and no name.

    `phone` and `phone_index` are empty once the person has left: the row stays only so
    that deliveries keep their count.
    """

    __tablename__ = "subscribers"

    id: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True, autoincrement=False)
    phone: Mapped[bytes | None] = mapped_column(sa.LargeBinary(64))
    phone_index: Mapped[bytes | None] = mapped_column(sa.LargeBinary(32), unique=True)
    state: Mapped[str] = mapped_column(sa.String(8))  # asked, active, left, barred
    language: Mapped[str] = mapped_column(sa.String(4))  # en, es, both
    # While somebody pauses, what they follow rests here, so that no audience holds them.
    paused_until: Mapped[float | None] = mapped_column(Moment, index=True)
    resting: Mapped[list[Any] | None] = mapped_column(sa.JSON)
    asked: Mapped[str | None] = mapped_column(sa.String(5))  # the open question: is_it, yes
    asked_area: Mapped[str | None] = mapped_column(sa.String(90))  # the place it is about
    asked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    consent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    consent_wording: Mapped[str | None] = mapped_column(sa.String(40))
    consent_language: Mapped[str | None] = mapped_column(sa.String(4))
    consent_by: Mapped[str | None] = mapped_column(sa.String(8))  # text, practice


class Area(Base):
    """A place that a subscriber follows, once they said yes to it; up to five each.

    It repeats the language, so that whoever follows a place is read from one index.
    """

    __tablename__ = "areas"
    __table_args__ = (
        sa.Index("ix_areas_audience", "area", "subscriber_id", "language"),
        {"sqlite_with_rowid": False},
    )

    subscriber_id: Mapped[int] = mapped_column(
        sa.BigInteger, sa.ForeignKey("subscribers.id", ondelete="CASCADE"), primary_key=True
    )
    area: Mapped[str] = mapped_column(sa.String(90), primary_key=True)
    language: Mapped[str] = mapped_column(sa.String(4))


class Followers(Base):
    """How many follow an area, by what else they follow and by how they read.

    All who follow exactly the same places share one `together`, so that an audience is
    counted from these few rows, and each person once, however many of their places it holds.
    """

    __tablename__ = "followers"
    __table_args__ = (
        # Only PostgreSQL needs it: there a key's own index cannot answer for `n`.
        sa.Index("ix_followers_audience", "area", "together", "language", "n"),
        {"sqlite_with_rowid": False},
    )

    area: Mapped[str] = mapped_column(sa.String(90), primary_key=True)
    together: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True)
    language: Mapped[str] = mapped_column(sa.String(4), primary_key=True)
    n: Mapped[int]


class OptOut(Base):
    """A phone that must not be texted, kept as a keyed index only."""

    __tablename__ = "opt_outs"

    phone_index: Mapped[bytes] = mapped_column(sa.LargeBinary(32), primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    source: Mapped[str] = mapped_column(sa.String(8))  # text, carrier


class TextIn(Base):
    """A text that came in, by the carrier's name for it, so that a replay does nothing."""

    __tablename__ = "texts_in"

    sid: Mapped[str] = mapped_column(sa.String(34), primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
