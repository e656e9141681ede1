"""How fast the sender may go: one shared allowance, in segments, on Redis's clock.

The allowance is a theoretical arrival time (GCRA): each worker reserves a block of
segments and is told how long to wait before it uses them. Waiting is not a failure. With
Redis away a worker keeps to its share of the rate by its own clock; never to no limit.
"""

import time
from collections.abc import Callable

from redis import Redis
from redis.exceptions import RedisError

KEY = "rate:{sender}"
AHEAD_SECONDS = 2.0  # nobody reserves further ahead, so that a halt or a crash wastes little
BLOCKS_A_SECOND = 20
SLOWEST = 0.1  # of the rate, after refusals
RECOVERY = 0.05  # of the rate, each second

# KEYS: the theoretical arrival time. ARGV: segments a second, segments wanted, seconds ahead.
# Answers the wait in microseconds, or -1 with the wait until asking again makes sense.
RESERVE = """
local t = redis.call('TIME')
local now = t[1] * 1000000 + t[2]
local slow = tonumber(redis.call('GET', KEYS[2]) or '1')
local rate = tonumber(ARGV[1]) * slow
local due = math.max(tonumber(redis.call('GET', KEYS[1]) or '0'), now)
local wait = due - now
if wait > tonumber(ARGV[3]) * 1000000 then return {-1, wait} end
redis.call('SET', KEYS[1], string.format('%.0f', due + ARGV[2] * 1000000 / rate), 'EX', 3600)
return {1, wait}
"""


class Rate:
    """The sender's allowance, as one worker sees it."""

    def __init__(
        self,
        redis: Redis,
        sender: str,
        per_second: int,
        *,
        workers: int = 1,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._reserve = redis.register_script(RESERVE)
        self._redis = redis
        self._keys = [KEY.format(sender=sender), KEY.format(sender=sender) + ":slow"]
        self.per_second = per_second
        self.workers = max(1, workers)
        self._clock = clock
        self._local_due = 0.0
        self._held = 0  # segments reserved and not yet used

    def block(self, segments_of_a_text: int, most_texts: int) -> int:
        """Return how many texts make one reservation: a twentieth of a second's worth."""
        if not self.per_second:
            return most_texts
        texts = self.per_second // BLOCKS_A_SECOND // segments_of_a_text
        return max(1, min(most_texts, texts))

    def covers(self, segments: int) -> bool:
        """Say whether what is held is enough for so many segments."""
        return not self.per_second or self._held >= segments

    def spend(self, segments: int) -> None:
        """Use some of what is held; what a text costs less than feared stays for the next."""
        if self.per_second:
            self._held -= segments

    def reserve(self, segments: int) -> float:
        """Bring what is held up to so many segments; return the seconds to wait before using it.

        When the line is too long just now, nothing is reserved, and the wait is until
        asking again makes sense.
        """
        wanted = segments - self._held
        try:
            ok, wait = self._reserve(self._keys, [self.per_second, wanted, AHEAD_SECONDS])
        except RedisError:
            return self._reserve_here(wanted)
        if ok == 1:
            self._held += wanted
        return float(wait) / 1_000_000

    def slow_down(self) -> None:
        """Halve the rate for everyone, because the carrier asked for it; time restores it."""
        try:
            now = float(self._redis.get(self._keys[1]) or 1)
            self._redis.set(self._keys[1], max(SLOWEST, now / 2), ex=int(1 / RECOVERY))
        except RedisError:
            return  # the local share is a fraction of the rate already

    def _reserve_here(self, wanted: int) -> float:
        now = self._clock()
        due = max(self._local_due, now)
        if due - now <= AHEAD_SECONDS:
            self._local_due = due + wanted * self.workers / self.per_second
            self._held += wanted
        return due - now
