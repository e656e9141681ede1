"""Upkeep: tables, keys, words."""

import sys
from pathlib import Path

import click

from rapidresponse import messages as catalogue
from rapidresponse.config import Config
from rapidresponse.errors import Conflict
from rapidresponse.store import database
from rapidresponse.vault import Keyring


@click.group()
def db() -> None:
    """Keep the record's tables."""


@db.command()
def upgrade() -> None:
    """Bring the tables up to date."""
    database.upgrade(Config.from_env().database)
    click.echo("the tables are up to date")


@db.command()
def check() -> None:
    """Say whether a migration is missing."""
    if not database.is_current(Config.from_env().database):
        click.echo("the tables are not up to date; run: rapidresponse db upgrade", err=True)
        sys.exit(1)
    click.echo("the tables are up to date")


@click.group()
def keyring() -> None:
    """Keep the keys that the database cannot be read without."""


@keyring.command()
@click.argument("file", type=click.Path(path_type=Path))
def make(file: Path) -> None:
    """Make a new keyring where there is none."""
    if file.exists():
        raise Conflict(f"{file} exists; a keyring is never overwritten.")
    Keyring.fresh().write(file)
    click.echo(f"made {file}; keep a copy where the database is not")


@click.group()
def messages() -> None:
    """Every word we text."""


@messages.command(name="check")
def check_messages() -> None:
    """Check every text in every language: segments, blanks, sign-off."""
    lines = catalogue.check()
    click.echo(catalogue.render_check(lines))
    if not all(line.fits for line in lines):
        sys.exit(1)


COMMANDS = (db, keyring, messages)
