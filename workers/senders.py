"""Which sender the next texts leave from, and the allowance of each."""

import random
import time
from dataclasses import dataclass

from redis.exceptions import RedisError
from rq import Worker

from rapidresponse.actions import senders
from rapidresponse.queue import TEXTS, lane_of
from rapidresponse.sms.rate import Rate
from rapidresponse.store.models import Sender as Row
from rapidresponse.wiring import Wiring

FRESH_SECONDS = 1.0


@dataclass(slots=True)
class Line:
    """A sender in use: its id, its name, its weight and its allowance."""

    id: int
    name: str
    weight: int
    rate: Rate


class Senders:
    """The senders of this network, as one worker knows them; looked up again each second."""

    def __init__(self, wiring: Wiring) -> None:
        self._wiring = wiring
        # A worker's own connection outlives an outage by waiting; the rate must go on without.
        self._redis = wiring.brisk_redis()
        self._lane = lane_of(TEXTS, self._redis)
        self._lines: dict[int, Line] = {}
        self._healthy: list[Line] = []
        self._looked_at = float("-inf")
        self._random = random.Random()  # noqa: S311 - spreads load, guards nothing

    def pick(self) -> Line | None:
        """Return a healthy sender, by weight; None when all of them rest."""
        if time.monotonic() - self._looked_at > FRESH_SECONDS:
            self._look()
        if not self._healthy:
            return None
        weights = [max(1, line.weight) for line in self._healthy]
        return self._random.choices(self._healthy, weights)[0]

    def others_wait(self) -> bool:
        """Say whether other work is in line; with Redis away nobody can take it up."""
        try:
            return self._lane.count > 0
        except RedisError:
            return False

    def close(self) -> None:
        """Let the connection go."""
        self._redis.close()

    def forget(self) -> None:
        """Look again before the next text: something about a sender has changed."""
        self._looked_at = float("-inf")

    def _look(self) -> None:
        with self._wiring.look() as work:
            rows = senders.healthy(work)
            self._healthy = [self._line(row) for row in rows]
        self._share()
        self._looked_at = time.monotonic()

    def _share(self) -> None:
        """Note how many workers there are, so that each knows its share when Redis is away."""
        try:
            workers = Worker.count(connection=self._redis)
        except RedisError:
            return
        for line in self._healthy:
            line.rate.workers = max(1, workers)

    def _line(self, row: Row) -> Line:
        line = self._lines.get(row.id)
        if line is None or line.rate.per_second != row.per_second:
            rate = Rate(self._redis, str(row.id), row.per_second)
            number = self._wiring.config.twilio_from
            name = number if row.name == senders.OUR_NUMBER else row.name
            line = self._lines[row.id] = Line(row.id, name, row.weight, rate)
        return line
