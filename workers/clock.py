"""The clock: starts the sweeps, again and again, whatever becomes of one of them.

Our own ticker rather than RQ's cron, which always pickles, and has no lock, so that two
of them do everything twice.
"""

import logging
import threading
from collections.abc import Callable, Sequence

from rapidresponse.wiring import Wiring
from workers.sweeps import EVERY_SECONDS, HOURLY, SWEEPS

log = logging.getLogger(__name__)


def run(wiring: Wiring, stop: threading.Event) -> None:
    """Tick until told to stop."""
    hour = None
    while not stop.is_set():
        tick(wiring)
        if hour != (hour := wiring.clock().hour):
            tick(wiring, HOURLY)
        stop.wait(EVERY_SECONDS)


def tick(wiring: Wiring, sweeps: Sequence[Callable[[Wiring], None]] = SWEEPS) -> None:
    """Start every sweep once; one that fails is logged by its kind, and tried at the next tick."""
    for sweep in sweeps:
        try:
            sweep(wiring)
        except Exception as problem:  # noqa: BLE001 - the clock must go on
            log.warning("sweep %s: %s", sweep.__name__, type(problem).__name__)
