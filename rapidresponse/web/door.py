"""What every view starts with: the parts, and a unit of work."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TypeVar, cast
from urllib.parse import quote

from flask import current_app
from sqlalchemy.exc import IntegrityError

from rapidresponse.wiring import Wiring
from rapidresponse.work import Work

Result = TypeVar("Result")

MOST_TRIES = 4


def wiring() -> Wiring:
    """Return the parts of this process."""
    return cast("Wiring", current_app.extensions["wiring"])


def work() -> AbstractContextManager[Work]:
    """Open a unit of work that writes."""
    return wiring().work()


def look() -> AbstractContextManager[Work]:
    """Open a unit of work that only reads."""
    return wiring().look()


def settle(act: Callable[[Work], Result]) -> Result:
    """Do a unit of work that several callers may do at once; whoever was later does it again.

    Then they find what the first one wrote, and answer by it.
    """
    for _ in range(MOST_TRIES - 1):
        try:
            with work() as unit:
                return act(unit)
        except IntegrityError:
            continue
    with work() as unit:
        return act(unit)


def called_url(public_url: str, environ: dict[str, object]) -> str:
    """Return the address as its caller wrote it, which is what a signature is made over.

    A proxy may have changed scheme, host and port, so those come from PUBLIC_URL; the
    path is taken as it came, where the server tells it, since Flask decodes it.
    """
    raw = environ.get("RAW_URI")
    if not isinstance(raw, str):
        path = str(environ.get("PATH_INFO", "")).encode("latin-1")
        query = str(environ.get("QUERY_STRING", ""))
        raw = quote(path, safe="/~:@!$&'()*+,;=") + (f"?{query}" if query else "")
    return public_url.rstrip("/") + raw
