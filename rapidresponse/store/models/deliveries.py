"""Texts on their way to phones, in batches, counted as they move."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from rapidresponse.store.models.base import Base, Moment


class Delivery(Base):
    """One alert on its way to one phone."""

    __tablename__ = "deliveries"
    __table_args__ = (
        sa.UniqueConstraint("alert_id", "subscriber_id"),
        sa.Index(
            "ix_deliveries_unsettled",
            "state",
            "since",
            sqlite_where=sa.text("state IN ('intent', 'in_doubt')"),
            postgresql_where=sa.text("state IN ('intent', 'in_doubt')"),
        ),
        sa.Index(
            "ix_deliveries_leaving",
            "subscriber_id",
            sqlite_where=sa.text("state = 'pending'"),
            postgresql_where=sa.text("state = 'pending'"),
        ),
        {"sqlite_with_rowid": False},
    )

    alert_id: Mapped[int] = mapped_column(sa.ForeignKey("alerts.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    subscriber_id: Mapped[int] = mapped_column(sa.BigInteger)
    ring: Mapped[int] = mapped_column(sa.SmallInteger)
    language: Mapped[str] = mapped_column(sa.String(4))
    state: Mapped[str] = mapped_column(sa.String(11))
    attempt: Mapped[int] = mapped_column(sa.SmallInteger, server_default="0")
    standing: Mapped[int] = mapped_column(sa.SmallInteger, server_default="0")
    looks: Mapped[int] = mapped_column(sa.SmallInteger, server_default="0")
    since: Mapped[float | None] = mapped_column(Moment)  # of the present state
    not_before: Mapped[float | None] = mapped_column(Moment)
    sid: Mapped[str | None] = mapped_column(sa.String(34))
    code: Mapped[int | None]
    sender_id: Mapped[int | None]


class Sender(Base):
    """A messaging service or number that texts leave from, at a rate of its own."""

    __tablename__ = "senders"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(34), unique=True)  # MG…, or TWILIO_FROM
    per_second: Mapped[int]  # segments; 0 = no limit
    weight: Mapped[int] = mapped_column(sa.SmallInteger)
    stopped_until: Mapped[float] = mapped_column(Moment, server_default="0")
    stopped_by: Mapped[int | None]  # the carrier's code


class Alarm(Base):
    """Something a person must look at; it stays open until it is over."""

    __tablename__ = "alarms"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(sa.String(20))
    alert_id: Mapped[int | None] = mapped_column(sa.ForeignKey("alerts.id"))
    words: Mapped[str] = mapped_column(sa.String(200))
    at: Mapped[float] = mapped_column(Moment)
    ended_at: Mapped[float | None] = mapped_column(Moment)


class Batch(Base):
    """A run of an alert's deliveries that one worker sends; held by lease."""

    __tablename__ = "batches"
    __table_args__ = (
        sa.Index(
            "ix_batches_open",
            "lease_until",
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    alert_id: Mapped[int] = mapped_column(sa.ForeignKey("alerts.id"), index=True)
    low: Mapped[int]
    high: Mapped[int]
    state: Mapped[str] = mapped_column(sa.String(4), server_default="open")  # open, done
    claims: Mapped[int] = mapped_column(server_default="0")
    owner: Mapped[str | None] = mapped_column(sa.String(40))
    lease_until: Mapped[float] = mapped_column(Moment, server_default="0")
    queued_at: Mapped[float] = mapped_column(Moment, server_default="0")


class Count(Base):
    """How many deliveries of an alert's ring are in a state; pages read this, never the rows."""

    __tablename__ = "counts"

    alert_id: Mapped[int] = mapped_column(sa.ForeignKey("alerts.id"), primary_key=True)
    ring: Mapped[int] = mapped_column(sa.SmallInteger, primary_key=True)
    state: Mapped[str] = mapped_column(sa.String(11), primary_key=True)
    n: Mapped[int] = mapped_column(default=0)


class Double(Base):
    """A second text that the carrier took for one delivery: counted and shown, never hidden."""

    __tablename__ = "doubles"

    sid: Mapped[str] = mapped_column(sa.String(34), primary_key=True)
    alert_id: Mapped[int] = mapped_column(sa.ForeignKey("alerts.id"), index=True)
    seq: Mapped[int]
