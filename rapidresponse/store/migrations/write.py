"""Writes a migration for the models as they are: `make migration for="Add consent"`."""

import sys
import tempfile
from pathlib import Path

import alembic.command

from rapidresponse.store import database


def write(message: str) -> None:
    """Compare the models with the tables that the migrations make, and write the difference."""
    with tempfile.TemporaryDirectory() as home:
        url = f"sqlite:///{Path(home) / 'empty.sqlite'}"
        database.upgrade(url)
        versions = list((Path(__file__).parent / "versions").glob("[0-9]*.py"))
        with database.migrations(url) as config:
            alembic.command.revision(
                config, message=message, autogenerate=True, rev_id=f"{len(versions) + 1:04}"
            )


if __name__ == "__main__":
    write(sys.argv[1])
