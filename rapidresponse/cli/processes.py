"""One process each, as in the Procfile, and all of them together."""

import os
import signal
import threading
from collections.abc import Callable

import click
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from rapidresponse import bundled, logs
from rapidresponse.cli.machine import Machine, Part, answers, check_free
from rapidresponse.cli.parts import opened
from rapidresponse.config import Config, practice_carrier_url
from rapidresponse.errors import Misconfigured
from rapidresponse.messages import LANGUAGES, check_name, is_signed_off
from rapidresponse.store import database
from rapidresponse.wiring import Wiring
from workers import clock as ticker
from workers import receipts as reader
from workers import worker as texts_worker

WEB_THREADS = 8


@click.command()
def web() -> None:
    """Take web requests: partners, the carrier, browsers."""
    config = _checked()
    Server(
        "rapidresponse.web:create_app",
        factory=True,
        interface=Interfaces.WSGI,
        address=config.host,
        port=config.port,
        workers=1,
        blocking_threads=WEB_THREADS,
        backlog=1024,
        log_level=LogLevels.error,
        log_access=False,
    ).serve()


@click.command()
def worker() -> None:
    """Send texts."""
    _checked()
    logs.begin()
    texts_worker.run()


@click.command()
def clock() -> None:
    """Start what the clock starts: rescue, settle, expire."""
    _loop(ticker.run)


@click.command()
def receipts() -> None:
    """Write down what the carrier says became of texts."""
    _loop(reader.run)


@click.command()
@click.option("--workers", type=click.IntRange(1, 64), help="Sending workers; one per core.")
def up(workers: int | None) -> None:
    """Run everything on this machine, until a signal stops it."""
    config = _checked()
    run_all(config, workers or os.cpu_count() or 1, lambda: _say_ready(config))


def run_all(config: Config, workers: int, when_ready: Callable[[], None]) -> None:
    """Run the whole network on this machine: `when_ready` is called once it takes requests."""
    check_free(config.host, config.port)
    database.upgrade(config.database)
    server = None if config.redis_url else bundled.start(config.data_dir)
    machine = Machine(_parts(config, workers), {})
    machine.stop_on_signal()
    try:
        machine.start()
        machine.await_ready(f"http://{_reachable(config.host)}:{config.port}")
        when_ready()
        machine.stopping.wait()
    finally:
        machine.stop()
        if server is not None:
            bundled.stop(server, config.data_dir)


def _parts(config: Config, workers: int) -> list[Part]:
    parts = [Part("web", ["web"]), Part("clock", ["clock"]), Part("receipts", ["receipts"])]
    parts += [Part(f"worker {number}", ["worker"]) for number in range(1, workers + 1)]
    ours = not config.live and config.twilio_api_url == practice_carrier_url(config.port)
    if ours and not answers(config.twilio_api_url):
        parts.insert(0, Part("practice carrier", ["practice", "carrier"]))
    return parts


def _say_ready(config: Config) -> None:
    click.echo(f"ready http://{_reachable(config.host)}:{config.port}")


def _reachable(host: str) -> str:
    return "127.0.0.1" if host in ("0.0.0.0", "::") else host  # noqa: S104 - compared, not bound


def _checked() -> Config:
    """Read the settings; a live network also needs every word signed off."""
    config = Config.from_env()
    check_name(config.network_name)
    if config.live:
        unsigned = [language for language in LANGUAGES if not is_signed_off(language)]
        if unsigned:
            raise Misconfigured(
                "MODE: live needs texts signed off by your lawyer and translator; not yet: "
                + ", ".join(unsigned)
                + ". See docs/wording.md."
            )
    return config


def _loop(run: Callable[[Wiring, threading.Event], None]) -> None:
    config = _checked()
    logs.begin()
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    with opened(config) as wiring:
        run(wiring, stop)


COMMANDS = (web, worker, clock, receipts, up)
