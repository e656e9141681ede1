"""Receipts that were taken, on their way into Redis: many in one call, while others come in.

The door answers before they are there. What a crash loses is asked for later, so this
is allowed for receipts, and for nothing else.
"""

import atexit
import logging
import queue
import threading
import time

from redis.exceptions import RedisError

from rapidresponse.actions import receipts
from rapidresponse.errors import Unavailable
from rapidresponse.sms import receipts as buffer
from rapidresponse.wiring import Wiring

log = logging.getLogger(__name__)

MOST_WAITING = 200_000
MOST_AT_ONCE = 500
PAUSE_SECONDS = 0.5
LAST_SECONDS = 2.0


class Spool:
    """Hands receipts on to Redis; with Redis away, to the record itself."""

    def __init__(self, wiring: Wiring) -> None:
        self._wiring = wiring
        self._waiting: queue.Queue[buffer.Receipt] = queue.Queue(MOST_WAITING)
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def put(self, receipt: buffer.Receipt) -> None:
        """Take a receipt over; raises Unavailable when far too many wait."""
        try:
            self._waiting.put_nowait(receipt)
        except queue.Full:
            raise Unavailable("Too many receipts wait.") from None
        if self._thread is None:
            self._begin()

    def flush(self, seconds: float) -> bool:
        """Wait until all that was taken over is handed on; False if it is not by then."""
        end = time.monotonic() + seconds
        while self._waiting.unfinished_tasks and time.monotonic() < end:
            time.sleep(0.002)
        return not self._waiting.unfinished_tasks

    def _begin(self) -> None:
        # Begun by the first receipt, and so after the server has made its processes.
        with self._lock:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, daemon=True)
                self._thread.start()
                atexit.register(self.flush, LAST_SECONDS)

    def _run(self) -> None:
        while True:
            taken = [self._waiting.get()]
            while len(taken) < MOST_AT_ONCE and not self._waiting.empty():
                taken.append(self._waiting.get())
            while not self._hand_on(taken):
                time.sleep(PAUSE_SECONDS)
            for _ in taken:
                self._waiting.task_done()

    def _hand_on(self, taken: list[buffer.Receipt]) -> bool:
        try:
            buffer.put(self._wiring.redis, taken)
        except RedisError:
            return self._write_down(taken)
        return True

    def _write_down(self, taken: list[buffer.Receipt]) -> bool:
        try:
            with self._wiring.work() as work:
                receipts.record(work, taken, key=self._wiring.token_key)
        except Unavailable:
            log.warning("%s receipts wait: neither Redis nor the record is there", len(taken))
            return False
        return True
