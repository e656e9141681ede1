"""What all tables share: names of constraints, times in UTC, ids that tell nothing."""

import secrets
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

ID_BITS = 52  # exact in JSON and in JavaScript; a clash in a million rows is one in ten thousand


class Base(DeclarativeBase):
    """The base of every table."""

    metadata = sa.MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC; SQLite forgets the zone, so it is taken off on the way in and put back."""

    impl = sa.DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        """Store the moment without its zone."""
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        """Read the moment as UTC."""
        return None if value is None else value.replace(tzinfo=UTC)


Moment = sa.Double  # seconds since 1970; for the columns that workers write by the thousand


def fresh_id() -> int:
    """Return a random id, known before the row is, so that sealed values can be bound to it."""
    return secrets.randbits(ID_BITS) + 1
