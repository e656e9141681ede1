"""Conversations with phones: what was said, what waits for a person, and what was too much."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from rapidresponse.store.models.base import Base, Moment


class Thread(Base):
    """One phone's conversation with the network, whether or not it is signed up."""

    __tablename__ = "threads"

    id: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True, autoincrement=False)
    phone: Mapped[bytes] = mapped_column(sa.LargeBinary(64))
    phone_index: Mapped[bytes] = mapped_column(sa.LargeBinary(32), unique=True)
    language: Mapped[str] = mapped_column(sa.String(4))  # en, es, both: what it has shown
    first_at: Mapped[float] = mapped_column(Moment)
    last_at: Mapped[float] = mapped_column(Moment, index=True)
    asked: Mapped[str | None] = mapped_column(sa.String(12))  # the open question, see rules/limits
    asked_at: Mapped[float | None] = mapped_column(Moment)
    waits: Mapped[str | None] = mapped_column(sa.String(12))  # why a person should read it
    waits_since: Mapped[float | None] = mapped_column(Moment, index=True)
    # What is counted against one phone begins again when its window is over.
    window_at: Mapped[float] = mapped_column(Moment, server_default="0")
    texts: Mapped[int] = mapped_column(server_default="0")
    replies: Mapped[int] = mapped_column(server_default="0")
    reports: Mapped[int] = mapped_column(server_default="0")
    wrong_codes: Mapped[int] = mapped_column(sa.SmallInteger, server_default="0")
    last_reply: Mapped[bytes | None] = mapped_column(sa.LargeBinary(32))  # keyed mark of its words
    repeats: Mapped[int] = mapped_column(sa.SmallInteger, server_default="0")
    blocked_until: Mapped[float | None] = mapped_column(Moment)


class ThreadText(Base):
    """One text of a conversation, kept sealed for as long as its report may be kept."""

    __tablename__ = "thread_texts"

    id: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True, autoincrement=False)
    thread_id: Mapped[int] = mapped_column(
        sa.BigInteger, sa.ForeignKey("threads.id", ondelete="CASCADE"), index=True
    )
    sighting_id: Mapped[int | None] = mapped_column(
        sa.BigInteger, sa.ForeignKey("sightings.id", ondelete="CASCADE"), index=True
    )
    at: Mapped[float] = mapped_column(Moment, index=True)
    inbound: Mapped[bool]
    body: Mapped[bytes] = mapped_column(sa.LargeBinary(8192))
    taken_as: Mapped[str] = mapped_column(sa.String(12))  # report, answer, message, unsure, …


class Reputation(Base):
    """What a phone's reports of one month turned out to be; it orders the inbox, and no more.

    The mark is keyed by the month, so that no profile of a life comes of it.
    """

    __tablename__ = "reputations"

    mark: Mapped[bytes] = mapped_column(sa.LargeBinary(32), primary_key=True)
    month: Mapped[str] = mapped_column(sa.String(7), index=True)  # 2026-11
    confirmed: Mapped[int] = mapped_column(sa.SmallInteger, server_default="0")
    mistaken: Mapped[int] = mapped_column(sa.SmallInteger, server_default="0")


class Spending(Base):
    """How many segments of answers a day has cost so far; a day has a cap."""

    __tablename__ = "spendings"

    day: Mapped[str] = mapped_column(sa.String(10), primary_key=True)
    kind: Mapped[str] = mapped_column(sa.String(8), primary_key=True)
    segments: Mapped[int] = mapped_column(server_default="0")
