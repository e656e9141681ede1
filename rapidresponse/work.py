"""A unit of work: one transaction, one reading of the clock, and what comes next."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, NamedTuple, TypeVar

import sqlalchemy as sa
from sqlalchemy.exc import InterfaceError, InternalError, OperationalError, TimeoutError  # noqa: A004 - SQLAlchemy's name
from sqlalchemy.orm import Session, sessionmaker

from rapidresponse.errors import NotFound, Unavailable
from rapidresponse.queue import Job, Queue
from rapidresponse.store.models import Base
from rapidresponse.vault import Vault

Model = TypeVar("Model", bound=Base)

# Away, full, locked, a standby that only reads, or every connection taken.
OUTAGES = (OperationalError, InterfaceError, InternalError, TimeoutError)


def utc_now() -> datetime:
    """Read the clock."""
    return datetime.now(UTC)  # noqa: TID251 - the only place we read the clock


class Next(NamedTuple):
    """A job to start once the work is committed."""

    job: Job
    subject: int
    turn: int = 0
    first: bool = False


@dataclass(frozen=True, slots=True)
class Work:
    """Everything an action needs, and nothing it does not."""

    session: Session
    now: datetime
    vault: Vault
    jobs: list[Next] = field(default_factory=list)

    @property
    def moment(self) -> float:
        """Now, in seconds since 1970, as the busy columns keep it."""
        return self.now.timestamp()

    @property
    def is_sqlite(self) -> bool:
        """Whether the record is SQLite; a few bulk statements are written for each."""
        return self.session.get_bind().dialect.name == "sqlite"

    def get(self, model: type[Model], key: int) -> Model:
        """Return the row with this id, or raise NotFound."""
        row = self.session.get(model, key)
        if row is None:
            raise NotFound(f"There is no such {model.__name__.lower()}.")
        return row

    def run(self, statement: str, **values: object) -> Any:
        """Run one statement of SQL with its values by name; its rows are typed by their reader."""
        return self.session.connection().execute(sa.text(statement), values)

    def then(self, job: Job, subject: int, turn: int = 0, *, first: bool = False) -> None:
        """Start a job, if and when this work is committed; `first` before all that waits."""
        self.jobs.append(Next(job, subject, turn, first))


@contextmanager
def begin(
    sessions: sessionmaker[Session],
    vault: Vault,
    queue: Queue,
    clock: Callable[[], datetime] = utc_now,
) -> Iterator[Work]:
    """Open a unit of work; commit it and start its jobs, or leave no trace.

    Raises Unavailable when the record cannot be reached or is full.
    """
    try:
        with sessions.begin() as session:
            work = Work(session, clock(), vault)
            yield work
    except OUTAGES as problem:
        raise Unavailable("The record cannot be written to just now.") from _bare(problem)
    # What goes before all that waits is put there last to first, so that it keeps its order.
    for after in (
        *(one for one in work.jobs if not one.first),
        *(one for one in reversed(work.jobs) if one.first),
    ):
        queue.start(after.job, after.subject, after.turn, first=after.first)


def _bare(problem: Exception) -> Exception:
    """Return the kind of a database error without its statement or its values."""
    return RuntimeError(type(getattr(problem, "orig", problem)).__name__)
