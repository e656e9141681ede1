"""Receipts on their way in: buffered in a Redis stream, by our own token, without a phone.

A receipt that is lost with Redis is asked for later, so a buffer is allowed here. With
Redis away the door writes receipts down itself, one by one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from redis import Redis
from redis.exceptions import ResponseError

STREAM = "receipts"
GROUP = "record"
MOST_KEPT = 1_000_000
CLAIM_AFTER_MS = 10_000


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the carrier says became of one attempt."""

    token: str
    status: str
    sid: str
    code: str


@dataclass(frozen=True, slots=True)
class Buffered:
    """A receipt with its place in the stream."""

    place: bytes
    receipt: Receipt


def put(redis: Redis, receipts: Sequence[Receipt]) -> None:
    """Buffer receipts in one call; raises RedisError when Redis is away."""
    together = redis.pipeline(transaction=False)
    trim = ("MAXLEN", "~", MOST_KEPT)
    for one in receipts:  # plain, since this is done for each receipt of each text
        fields = ("t", one.token, "s", one.status, "i", one.sid, "c", one.code)
        together.execute_command("XADD", STREAM, *trim, "*", *fields)  # type: ignore[no-untyped-call]  # redis-py leaves it untyped
    together.execute()


def take(redis: Redis, *, reader: str, most: int, wait_ms: int) -> list[Buffered]:
    """Take the next receipts; those that a reader took and never ended come again first."""
    try:
        left = redis.xautoclaim(STREAM, GROUP, reader, CLAIM_AFTER_MS, count=most)
        if left[1]:
            return [_buffered(row) for row in left[1] if row[1]]
        found: Any = redis.xreadgroup(GROUP, reader, {STREAM: ">"}, count=most, block=wait_ms)
    except ResponseError:  # Redis was emptied, and the group with it
        redis.xgroup_create(STREAM, GROUP, id="0", mkstream=True)
        return []
    return [_buffered(row) for _, rows in found or [] for row in rows if row[1]]


def done(redis: Redis, taken: list[Buffered]) -> None:
    """Let go of receipts that are written down."""
    places = [item.place for item in taken]
    together = redis.pipeline(transaction=False)
    together.xack(STREAM, GROUP, *places)
    together.xdel(STREAM, *places)
    together.execute()


def _buffered(row: tuple[bytes, dict[bytes, bytes]]) -> Buffered:
    place, fields = row
    token, status, sid, code = (fields.get(name, b"").decode() for name in (b"t", b"s", b"i", b"c"))
    return Buffered(place, Receipt(token, status, sid, code))
