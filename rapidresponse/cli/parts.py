"""The parts a command works with, opened for it and closed after it."""

from collections.abc import Iterator
from contextlib import contextmanager

from rapidresponse.config import Config
from rapidresponse.errors import Misconfigured, NotAllowed
from rapidresponse.store import database
from rapidresponse.wiring import Wiring, wire


@contextmanager
def opened(config: Config | None = None, *, current: bool = True) -> Iterator[Wiring]:
    """Open the parts of the network as the environment has it; its tables must be up to date."""
    config = config or Config.from_env()
    if current and not database.is_current(config.database):
        raise Misconfigured(
            "DATABASE_URL: the tables are not up to date; run: rapidresponse db upgrade"
        )
    wiring = wire(config)
    try:
        yield wiring
    finally:
        wiring.close()


def practice_only(config: Config, what: str) -> None:
    """Refuse outside practice mode."""
    if config.live:
        raise NotAllowed(f"{what} is for practice mode only; this network is live.")
