"""Looks for what must never be in clear: in the record, in Redis, in logs, on pages.

Tests use numbers that are kept for fiction (555-0100 to 555-0199), and words that
nobody else would write; if one of them turns up where it must not, the test fails.
The hotline (…0142) is public and may stand in texts and on pages.
"""

import logging
import re
import zlib
from contextlib import suppress

import sqlalchemy as sa

LINE = r"555[-. ]?01(?!42)\d\d"
# As we write numbers ourselves it is found anywhere; written otherwise it must stand alone,
# since every ten-thousandth random id of ours holds such digits by chance.
NUMBER = re.compile(
    rf"(?:\+|%2B)1[-. ]?\(?\d{{3}}\)?[-. ]{{0,2}}{LINE}"
    rf"|(?<![\d.])(?:1[-. ]?)?(?:\(?\d{{3}}\)?[-. ]{{0,2}})?{LINE}(?!\d)",
    re.IGNORECASE,
)
CANARY = "sparrow-in-the-mine"  # put it into a text, and it must not be found anywhere


class Leak(AssertionError):  # noqa: N818 - reads better than LeakError
    """Something that identifies a person stands in clear."""


def check(where, text):
    if found := NUMBER.search(text) or re.search(CANARY, text):
        raise Leak(f"{where} holds {found[0]} in clear")


def check_record(engine):
    with engine.connect() as connection:
        for table in sa.inspect(engine).get_table_names():
            every_row = sa.text(f'SELECT * FROM "{table}"')  # noqa: S608 - a name from the schema
            for row in connection.execute(every_row):
                check(f"table {table}", _readable(row))


def check_file(path):
    for part in path.parent.glob(path.name + "*"):
        check(f"file {part.name}", part.read_bytes().decode("latin-1"))


def check_redis(redis):
    for key in redis.scan_iter():
        check("a key of Redis", key.decode("latin-1"))
        check(f"Redis {key!r}", _readable(_value(redis, key)))


class LogTrap(logging.Handler):
    """Hears every log record of the whole suite."""

    def __init__(self):
        super().__init__(level=logging.DEBUG)
        self.leaks = []

    def emit(self, record):
        try:
            check(f"log {record.name}", self.format(record))
        except Leak as leak:
            self.leaks.append(str(leak))


def _value(redis, key):
    read = {
        b"string": redis.get,
        b"hash": redis.hgetall,
        b"list": lambda name: redis.lrange(name, 0, -1),
        b"set": lambda name: list(redis.smembers(name)),
        b"zset": lambda name: redis.zrange(name, 0, -1),
        b"stream": redis.xrange,
    }
    return read[redis.type(key)](key)


def _readable(value):
    """Spell a value out, with what RQ has compressed taken out of its wrapping."""
    if isinstance(value, bytes):
        with suppress(zlib.error):
            value = zlib.decompress(value)
        return value.decode("latin-1")
    if isinstance(value, dict):
        return " ".join(_readable(part) for pair in value.items() for part in pair)
    if isinstance(value, list | tuple | sa.Row):
        return " ".join(_readable(part) for part in value)
    return str(value)
