"""Writes receipts down, a few hundred at a time."""

import logging
import os
import threading

from redis.exceptions import RedisError

from rapidresponse.actions import receipts
from rapidresponse.errors import RapidResponseError
from rapidresponse.sms import receipts as buffer
from rapidresponse.wiring import Wiring

log = logging.getLogger(__name__)

MOST = 500
WAIT_MS = 500
PAUSE_SECONDS = 0.5


def run(wiring: Wiring, stop: threading.Event) -> None:
    """Write receipts down until told to stop; an outage of either side is waited out."""
    reader = f"receipts-{os.getpid()}"
    while not stop.is_set():
        try:
            write_down(wiring, reader)
        except (RedisError, RapidResponseError) as problem:
            log.warning("receipts wait: %s", type(problem).__name__)
            stop.wait(PAUSE_SECONDS)


def write_down(wiring: Wiring, reader: str) -> int:
    """Take what is buffered, write it down, and let go of it; return how many were taken."""
    taken = buffer.take(wiring.redis, reader=reader, most=MOST, wait_ms=WAIT_MS)
    if taken:
        with wiring.work() as work:
            receipts.record(work, [item.receipt for item in taken], key=wiring.token_key)
        buffer.done(wiring.redis, taken)
    return len(taken)
