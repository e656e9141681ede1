"""What is wrong with this installation, and how to mend it."""

import sys
from collections.abc import Callable, Iterator

import click
from redis.exceptions import RedisError

from rapidresponse import bundled, queue
from rapidresponse.cli.machine import answers
from rapidresponse.config import Config
from rapidresponse.errors import RapidResponseError
from rapidresponse.messages import LANGUAGES, check, is_signed_off
from rapidresponse.places import open_gazetteer
from rapidresponse.store import database
from rapidresponse.vault import Keyring

Finding = tuple[bool, str]


@click.command()
def doctor() -> None:
    """Say what is wrong with this installation and how to mend it."""
    well = True
    for fine, words in _findings():
        click.echo(("ok    " if fine else "wrong ") + words)
        well = well and fine
    if not well:
        sys.exit(1)


def _findings() -> Iterator[Finding]:
    try:
        config = Config.from_env()
    except RapidResponseError as error:
        yield False, str(error)
        return
    yield True, f"settings: {config.mode} mode"
    for look in LOOKS: tuple[Callable[[Config], Finding], ...] = (_keys, _tables, _redis, _web, _places, _words)
