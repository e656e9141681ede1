"""The clock: starts the sweeps, again and again, whatever becomes of one of them.

Our own ticker rather than RQ's cron, which always pickles, and has no lock, so that two
of them do everything twice.
"""

import logging
import threading

from rapidresponse.wiring import Wiring
from workers.sweeps import EVERY_SECONDS, SWEEPS

log = logging.getLogger(__name__)


def run(wiring: Wiring, stop: threading.Event) -> None:
    """Tick until told to stop."""
    while not stop.is_set():
        tick(wiring)
        stop.wait(EVERY_SECONDS)


def tick(wiring: Wiring) -> None:
    """Start every sweep once; one that fails is logged by its kind, and tried at the next tick."""
    for sweep in SWEEPS:
        try:
            sweep(wiring)
        except Exception as problem:  # noqa: BLE001 - the clock must go on
            log.warning("sweep %s: %s", sweep.__name__, type(problem).__name__)
