from contextlib import contextmanager

import pytest
import sqlalchemy as sa

READ_ONLY = {
    "sqlite": "PRAGMA query_only = ON",
    "postgresql": "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY",
}


@pytest.fixture
def record_is_read_only(wiring):
    """A while in which the database itself refuses to write, as a full disk or a standby does."""
    engine = wiring.database.engine

    def refuse(connection, _record):
        cursor = connection.cursor()
        cursor.execute(READ_ONLY[engine.dialect.name])
        cursor.close()
        if engine.dialect.name == "postgresql":
            connection.commit()

    @contextmanager
    def while_read_only():
        engine.dispose()
        sa.event.listen(engine, "connect", refuse)
        try:
            yield
        finally:
            sa.event.remove(engine, "connect", refuse)
            engine.dispose()

    return while_read_only
