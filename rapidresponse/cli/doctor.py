"""What is wrong with this installation, and how to mend it."""

import sys
from collections.abc import Iterator

import click
from redis.exceptions import RedisError

from rapidresponse import bundled, queue
from rapidresponse.actions import alarms
from rapidresponse.cli.machine import answers
from rapidresponse.cli.parts import opened
from rapidresponse.config import Config
from rapidresponse.errors import RapidResponseError
from rapidresponse.messages import LANGUAGES, check, check_name, is_signed_off
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
    for look in (_keys, _tables, _redis, _web, _places, _words, _alarms):
        try:
            yield look(config)
        except RapidResponseError as error:
            yield False, str(error)


def _keys(config: Config) -> Finding:
    if not config.live and not config.keyring.exists():
        return True, "keys: none yet; practice mode makes them at the first start"
    Keyring.read(config.keyring)
    return True, f"keys: {config.keyring}"


def _tables(config: Config) -> Finding:
    try:
        current = database.is_current(config.database)
    except Exception as problem:  # noqa: BLE001 - drivers differ; the kind is what helps
        return False, f"database: cannot be opened ({type(problem).__name__}); see DATABASE_URL"
    if current:
        return True, "database: up to date"
    return False, "database: tables are missing or old; run: rapidresponse db upgrade"


def _redis(config: Config) -> Finding:
    if not config.redis_url and not bundled.answers(bundled.socket_path(config.data_dir)):
        return True, "redis: the bundled one, not running now; `rapidresponse up` starts it"
    try:
        queue.connect(config.redis_url or bundled.url(config.data_dir)).ping()
    except (RedisError, ValueError) as problem:
        return False, f"redis: does not answer ({type(problem).__name__}); see REDIS_URL"
    return True, "redis: answers"


def _web(config: Config) -> Finding:
    if answers(f"http://127.0.0.1:{config.port}/health"):
        return True, f"web: answers on port {config.port}"
    return True, f"web: not running on port {config.port}; `rapidresponse up` starts it"


def _places(config: Config) -> Finding:
    return True, f"places: {open_gazetteer(config.data_dir / 'places').version}"


def _words(config: Config) -> Finding:
    check_name(config.network_name)
    if not all(line.fits for line in check()):
        return False, "texts: some are too long; run: rapidresponse messages check"
    unsigned = [language for language in LANGUAGES if not is_signed_off(language)]
    if unsigned:
        names = ", ".join(unsigned)
        return not config.live, f"texts: fit; not signed off yet: {names}; see docs/wording.md"
    return True, "texts: fit, and are signed off"


def _alarms(config: Config) -> Finding:
    if not config.keyring.exists() or not database.is_current(config.database):
        return True, "alarms: none yet"
    with opened(config) as wiring, wiring.look() as work:
        found = [alarm.words for alarm in alarms.open_ones(work)]
    return not found, "alarms: " + ("; ".join(found) or "none")
