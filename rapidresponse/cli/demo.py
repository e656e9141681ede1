"""The demo: a whole practice network on this machine, seeded, and a story that plays itself."""

import os
import shutil
import signal
import sys
import threading
from pathlib import Path

import click

from rapidresponse import bundled
from rapidresponse.actions import partners
from rapidresponse.cli import practice
from rapidresponse.cli.machine import check_free
from rapidresponse.cli.parts import opened, practice_only
from rapidresponse.cli.play import Story
from rapidresponse.cli.processes import run_all
from rapidresponse.config import CARRIER_OFFSET, Config
from rapidresponse.errors import Misconfigured
from rapidresponse.rules.cast import HOME_ZIP, PARTNER, PHONES
from rapidresponse.store import database

RADIUS_MILES = 3.0
KEPT = ("NETWORK_NAME", "HOTLINE", "SENDER_RATE", "SETTLE_SECONDS", "SEND_CONCURRENCY")


@click.command()
@click.option("--port", type=click.IntRange(1, 65535 - CARRIER_OFFSET), default=8000)
@click.option("--people", type=click.IntRange(len(PHONES), 100_000), default=412)
@click.option("--play", is_flag=True, help="Play the story, print each step, and end.")
def demo(port: int, people: int, play: bool) -> None:  # noqa: FBT001 - click passes flags so
    """Run a practice network with everything on this machine; Ctrl-C stops all of it."""
    config = _demo_config(port)
    for wanted in (port, port + CARRIER_OFFSET):
        check_free("127.0.0.1", wanted)
    _start_over(config.data_dir)
    database.upgrade(config.database)
    _seed(config, people)
    story = Story(config, people)
    if play:
        run_all(config, os.cpu_count() or 1, lambda: _play(story))
        sys.exit(0 if story.succeeded else 1)
    run_all(config, os.cpu_count() or 1, lambda: _welcome(config, people))


def _demo_config(port: int) -> Config:
    """Point this process and its children at a network of the demo's own."""
    practice_only(Config.from_env(), "The demo")
    home = Path(os.environ.get("DATA_DIR", "var")) / "demo"
    ours = {name.upper() for name in Config.__slots__} - set(KEPT)
    for name in ours:
        os.environ.pop(name, None)
    os.environ.update(PORT=str(port), DATA_DIR=str(home))
    return Config.from_env()


def _start_over(home: Path) -> None:
    if bundled.answers(bundled.socket_path(home)):
        raise Misconfigured("DATA_DIR: another demo is running on it; stop that one first.")
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(mode=0o700, parents=True)


def _seed(config: Config, people: int) -> None:
    with opened(config) as wiring:
        silent = people - len(PHONES)
        practice.add_people(wiring, silent, HOME_ZIP, RADIUS_MILES, language="mix")
        with wiring.work() as work:
            partners.add(work, PARTNER, trust=partners.PUBLISH)


def _welcome(config: Config, people: int) -> None:
    click.echo(f"ready {config.public_url}/sim")
    click.echo("  three phones, a partner's form, and the alert as it goes: in English at")
    click.echo(
        f"  {config.public_url}/sim?lang=en and in Spanish at {config.public_url}/sim?lang=es"
    )
    click.echo(f"  {people - len(PHONES)} silent practice people follow the area too.")
    click.echo("  PRACTICE: no real phone gets anything. Ctrl-C stops all of it.")
    click.echo(
        f"  other commands reach it with: export DATA_DIR={config.data_dir} PORT={config.port}"
    )


def _play(story: Story) -> None:
    """Play the story beside the machine, and then ask the machine to stop."""

    def play() -> None:
        try:
            story.play()
        finally:
            os.kill(os.getpid(), signal.SIGTERM)  # the machine stops as it always does

    threading.Thread(target=play, daemon=True).start()
