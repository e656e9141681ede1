"""What stands in the record, row by row, so that a test can see that nothing was written."""

import sqlalchemy as sa

from rapidresponse.store.models import Base


def rows(wiring):
    """Return every row of every table."""
    with wiring.database.engine.connect() as connection:
        return {
            name: sorted(connection.execute(sa.select(table)).all(), key=repr)
            for name, table in Base.metadata.tables.items()
        }


def queued(wiring):
    """Return how many jobs wait for a worker."""
    return int(wiring.redis.llen("rq:queue:texts"))
