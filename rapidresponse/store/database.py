"""The record: one engine per process, SQLite or PostgreSQL, with the same rules on both."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import alembic.command
import alembic.config
import alembic.migration
import alembic.script
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.orm import Session, sessionmaker

BUSY_SECONDS = 30
POOL = 5
PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",  # what was answered 202 outlives a power cut
    "foreign_keys=ON",
    "secure_delete=ON",
    f"busy_timeout={BUSY_SECONDS * 1000}",
    "cache_size=-32000",
)


@dataclass(frozen=True, slots=True)
class Database:
    """Opens sessions that write, and sessions that only read."""

    engine: Engine
    writing: sessionmaker[Session]
    reading: sessionmaker[Session]

    @property
    def is_sqlite(self) -> bool:
        """Whether the record is one file on this machine."""
        return self.engine.dialect.name == "sqlite"

    def forget_deleted(self) -> None:
        """Write what was deleted out of SQLite's files too, where its log still holds it.

        PostgreSQL has no such command; there the keys must go, see docs/threats.md.
        """
        if self.is_sqlite:
            with self.engine.connect() as connection:
                connection.exec_driver_sql("COMMIT")
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
                connection.exec_driver_sql("BEGIN")


def connect(url: str) -> Database:
    """Open the record. Parameters never appear in errors or logs."""
    if url.startswith("sqlite"):
        engine = _sqlite(url)
    else:
        engine = sa.create_engine(
            url, pool_size=POOL, pool_pre_ping=True, hide_parameters=True, max_overflow=POOL
        )
    reader = engine.execution_options(reading=True)
    return Database(
        engine,
        sessionmaker(engine, expire_on_commit=False),
        sessionmaker(reader, expire_on_commit=False),
    )


def _sqlite(url: str) -> Engine:
    path = sa.make_url(url).database
    if path:
        Path(path).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        Path(path).touch(0o600)
    engine = sa.create_engine(
        url,
        connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False},
        hide_parameters=True,
        pool_size=POOL,
        max_overflow=POOL * 4,
    )
    sa.event.listen(engine, "connect", _prepare)
    sa.event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves, so that writers can wait
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    # A deferred transaction that reads and then writes fails at once when another writes,
    # whatever the timeout; a writer that says so at the start waits its turn.
    options = connection.get_execution_options()
    if options.get("migrating"):  # a table that is copied and dropped takes no row with it
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
    reading = options.get("reading")
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def upgrade(url: str) -> None:
    """Bring the tables up to date."""
    with migrations(url) as config:
        alembic.command.upgrade(config, "head")


def is_current(url: str) -> bool:
    """Say whether every migration has been applied."""
    with migrations(url) as config:
        wanted = alembic.script.ScriptDirectory.from_config(config).get_current_head()
        connection = config.attributes["connection"]
        found = alembic.migration.MigrationContext.configure(connection).get_current_revision()
        return wanted == found


@contextmanager
def migrations(url: str) -> Iterator[alembic.config.Config]:
    """Open the record for Alembic, in one transaction."""
    config = alembic.config.Config()
    config.set_main_option("script_location", str(files("rapidresponse.store") / "migrations"))
    database = connect(url)
    try:
        engine = database.engine.execution_options(migrating=True)
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            yield config
    finally:
        database.engine.dispose()
