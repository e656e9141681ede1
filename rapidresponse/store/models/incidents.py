"""What the community tells us, put together by place and time, and what was found out."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from rapidresponse.store.models.base import Base, Moment


class Incident(Base):
    """What several sightings of one place and time are about; a person decides what it was."""

    __tablename__ = "incidents"

    id: Mapped[int] = mapped_column(primary_key=True)
    state: Mapped[str] = mapped_column(sa.String(13), index=True)  # rules/incidents.py
    urgent: Mapped[bool] = mapped_column(default=False)  # somebody is at a door, or being taken
    zip: Mapped[str | None] = mapped_column(sa.String(5), index=True)
    label: Mapped[str | None] = mapped_column(sa.String(40))  # the coarse place, as texts say it
    timezone: Mapped[str | None] = mapped_column(sa.String(40))
    where: Mapped[bytes | None] = mapped_column(sa.LargeBinary(512))  # the crossing, sealed
    place_mark: Mapped[bytes | None] = mapped_column(sa.LargeBinary(32), index=True)
    facts: Mapped[dict[str, Any]] = mapped_column(sa.JSON)  # codes and counts only
    sightings: Mapped[int] = mapped_column(server_default="0")
    senders: Mapped[int] = mapped_column(server_default="0")  # distinct phones
    first_at: Mapped[float] = mapped_column(Moment)
    last_at: Mapped[float] = mapped_column(Moment, index=True)
    decided_at: Mapped[float | None] = mapped_column(Moment)
    same_as: Mapped[int | None] = mapped_column(sa.ForeignKey("incidents.id"))
    alert_id: Mapped[int | None] = mapped_column(sa.ForeignKey("alerts.id"))
    claimed_by: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))
    claimed_at: Mapped[float | None] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(
        server_default="1"
    )  # two people never overwrite each other


class Sighting(Base):
    """What one phone told us about one thing it saw: a report of the community."""

    __tablename__ = "sightings"

    id: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True, autoincrement=False)
    code: Mapped[str] = mapped_column(sa.String(5), index=True)  # R and four letters or digits
    incident_id: Mapped[int] = mapped_column(sa.ForeignKey("incidents.id"), index=True)
    thread_id: Mapped[int | None] = mapped_column(
        sa.BigInteger, sa.ForeignKey("threads.id", ondelete="SET NULL"), index=True
    )
    source: Mapped[str] = mapped_column(sa.String(6))  # text, web, voice
    language: Mapped[str] = mapped_column(sa.String(4))
    zip: Mapped[str | None] = mapped_column(sa.String(5))
    guessed: Mapped[bool] = mapped_column(default=False)  # the ZIP is of what the sender follows
    where: Mapped[bytes | None] = mapped_column(sa.LargeBinary(512))
    place_mark: Mapped[bytes | None] = mapped_column(sa.LargeBinary(32))
    facts: Mapped[dict[str, Any]] = mapped_column(sa.JSON)  # activity, people, vehicles, seen, …
    urgent: Mapped[bool] = mapped_column(default=False)
    asked: Mapped[str | None] = mapped_column(sa.String(8))  # the question that is open
    asked_at: Mapped[float | None] = mapped_column(Moment)
    questions: Mapped[list[Any]] = mapped_column(sa.JSON)  # all that were asked, in order
    repeats: Mapped[int] = mapped_column(server_default="0")  # told again in the same words
    mark: Mapped[bytes] = mapped_column(sa.LargeBinary(32))  # keyed, of the words, to know repeats
    at: Mapped[float] = mapped_column(Moment, index=True)
    told: Mapped[str | None] = mapped_column(sa.String(13))  # the outcome its sender was told last


class IncidentEntry(Base):
    """One line of an incident's timeline: what happened, and who did it."""

    __tablename__ = "incident_entries"

    id: Mapped[int] = mapped_column(primary_key=True)
    incident_id: Mapped[int] = mapped_column(sa.ForeignKey("incidents.id"), index=True)
    at: Mapped[float] = mapped_column(Moment)
    kind: Mapped[str] = mapped_column(sa.String(16))
    staff_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))
    sighting_id: Mapped[int | None] = mapped_column(
        sa.BigInteger, sa.ForeignKey("sightings.id", ondelete="SET NULL")
    )
    facts: Mapped[dict[str, Any]] = mapped_column(sa.JSON)  # codes and counts only
    words: Mapped[bytes | None] = mapped_column(sa.LargeBinary(8192))  # a note, sealed


class Photo(Base):
    """A picture that came with a text: fetched, made anew without its metadata, and sealed."""

    __tablename__ = "photos"

    id: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True, autoincrement=False)
    thread_id: Mapped[int] = mapped_column(
        sa.BigInteger, sa.ForeignKey("threads.id", ondelete="CASCADE"), index=True
    )
    sighting_id: Mapped[int | None] = mapped_column(
        sa.BigInteger, sa.ForeignKey("sightings.id", ondelete="CASCADE"), index=True
    )
    state: Mapped[str] = mapped_column(sa.String(8), index=True)  # waiting, kept, refused
    why: Mapped[str | None] = mapped_column(sa.String(20))  # why it was refused
    url: Mapped[bytes | None] = mapped_column(sa.LargeBinary(1024))  # at the carrier, sealed
    image: Mapped[bytes | None] = mapped_column(sa.LargeBinary)  # a JPEG, sealed
    width: Mapped[int | None]
    height: Mapped[int | None]
    at: Mapped[float] = mapped_column(Moment, index=True)
    tries: Mapped[int] = mapped_column(sa.SmallInteger, server_default="0")
