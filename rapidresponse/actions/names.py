"""Short names that people read out and text back; no two things have the same."""

from collections.abc import Callable

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute

from rapidresponse.work import Work

TRIES = 50


def fresh(work: Work, column: InstrumentedAttribute[str], make: Callable[[], str]) -> str:
    """Return a name that no row has in this column yet."""
    name = make()
    for _ in range(TRIES):
        if not work.session.scalar(sa.select(column).where(column == name).limit(1)):
            break
        name = make()
    return name
