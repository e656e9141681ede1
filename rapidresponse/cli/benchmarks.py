"""Measures the fan-out against the practice carrier, on the database given."""

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import click

from rapidresponse import bundled
from rapidresponse.actions import partners, progress
from rapidresponse.cli import practice
from rapidresponse.cli.machine import Machine, Part
from rapidresponse.cli.parts import opened, practice_only
from rapidresponse.cli.play import REPORT, seen_now
from rapidresponse.config import CARRIER_OFFSET, Config
from rapidresponse.errors import Invalid, RapidResponseError
from rapidresponse.rules import hooks
from rapidresponse.rules.cast import HOME_ZIP
from rapidresponse.sms.practice.client import PracticeLine
from rapidresponse.store import database
from rapidresponse.wiring import Wiring

MOST_SECONDS = 600.0
LOOK_EVERY = 0.2
NAIVE_PEOPLE = 200
NAIVE_HEAD_START = 4.0  # the jobs are queued before the workers look
TICKS = os.sysconf("SC_CLK_TCK")
STAT_FIELDS_BEFORE_CPU = 11  # after the command's name: user and system time of a process follow


@dataclass(frozen=True, slots=True)
class Figures:
    """What one run measured."""

    people: int
    seconds: float
    first_text: float
    cpu: dict[str, float]  # seconds by part
    memory: float  # MB, the most that a worker held

    def lines(self) -> Iterator[str]:
        """Write the figures, a line each."""
        yield f"people: {self.people}"
        yield f"202 to the last accepted text: {self.seconds:.2f} s"
        yield f"accepted texts per second: {self.people / self.seconds:.0f}"
        yield f"202 to the first text: {self.first_text:.3f} s"
        for part, seconds in self.cpu.items():
            yield f"cpu per text, {part}: {seconds / self.people * 1e6:.0f} µs"
        yield f"memory of a worker, at most: {self.memory:.0f} MB"


@click.group()
def bench() -> None:
    """Measure."""


@bench.command()
@click.option("--people", type=click.IntRange(100, 2_000_000), default=10_000)
@click.option("--workers", type=click.IntRange(1, 64), default=2)
@click.option("--latency-ms", type=click.FloatRange(0), default=80.0)
@click.option("--receipts/--no-receipts", default=False, help="Callbacks of the carrier.")
@click.option("--baseline", is_flag=True, help="Run the naive design too, and show the ratio.")
def fanout(
    people: int,
    workers: int,
    latency_ms: float,
    receipts: bool,  # noqa: FBT001 - click passes flags so
    baseline: bool,  # noqa: FBT001 - click passes flags so
) -> None:
    """Alert so many people through the web hook, and say how fast it went.

    The record is a new SQLite file, or DATABASE_URL when it is given: then practice
    people and one alert are added to it.
    """
    with tempfile.TemporaryDirectory(prefix="rapidresponse-bench-") as home:
        config = _bench_config(Path(home))
        click.echo(f"database: {config.database.partition(':')[0]}, {workers} workers,")
        click.echo(f"carrier latency {latency_ms:g} ms, receipts {'on' if receipts else 'off'}")
        with _running(config, workers, latency_ms, lean=not receipts) as machine:
            figures = _measure(config, machine, people, receipts=receipts)
            naive = _naive(workers) if baseline else None
        for line in figures.lines():
            click.echo(line)
        if naive is not None:
            rate = figures.people / figures.seconds
            click.echo(f"the naive design, its imports preloaded: {naive:.1f} texts per second")
            click.echo(f"ratio: {rate / naive:.0f}")


def _bench_config(home: Path) -> Config:
    practice_only(Config.from_env(), "A benchmark")
    kept = {name: os.environ[name] for name in ("DATABASE_URL", "REDIS_URL") if name in os.environ}
    for name in Config.__slots__:
        if name.upper() not in ("SENDER_RATE", "SEND_CONCURRENCY", "SETTLE_SECONDS"):
            os.environ.pop(name.upper(), None)
    os.environ.update(kept, DATA_DIR=str(home), PORT=str(_free_port()))
    os.environ.setdefault("SENDER_RATE", "0")
    return Config.from_env()


def _free_port() -> int:
    while True:
        with socket.socket() as one, socket.socket() as other:
            one.bind(("127.0.0.1", 0))
            port = int(one.getsockname()[1])
            try:
                other.bind(("127.0.0.1", port + CARRIER_OFFSET))
            except OSError:
                continue
            return port


@contextmanager
def _running(config: Config, workers: int, latency_ms: float, *, lean: bool) -> Iterator[Machine]:
    database.upgrade(config.database)
    server = None if config.redis_url else bundled.start(config.data_dir)
    # The lean carrier sends no callbacks, and is cheap enough not to be what is measured.
    behaviour = ["--latency-ms", str(latency_ms), *(["--lean"] if lean else [])]
    carrier = Part("carrier", ["practice", "carrier", *behaviour])
    senders = [Part(f"worker {n}", ["worker"]) for n in range(1, workers + 1)]
    rest = [Part(name, [name]) for name in ("web", "clock", "receipts")]
    machine = Machine([carrier, *rest, *senders], {})
    try:
        machine.start()
        machine.await_ready(config.public_url)
        yield machine
    finally:
        machine.stop()
        if server is not None:
            bundled.stop(server, config.data_dir)


def _measure(config: Config, machine: Machine, people: int, *, receipts: bool) -> Figures:
    line = PracticeLine(config.twilio_api_url, config.twilio_auth_token)
    with opened(config) as wiring:
        practice.add_people(wiring, people, HOME_ZIP, 3.0, language="mix")
        with wiring.work() as work:
            key, secret = partners.add(work, f"bench {time.time_ns()}", trust=partners.PUBLISH)
        line.knobs(callbacks=receipts)
        before = _cpu(machine)
        posted, alert = _post(config, key, secret)
        _await(wiring, alert, people)
        spent = {name: used - before[name] for name, used in _cpu(machine).items()}
        with wiring.look() as work:
            told = progress.tell(work, alert)
    first = line.log(limit=1)[0]["at"]
    seconds = told["last_text_at"] - posted
    memory = max(_peak(part) for part in machine.parts if part.name.startswith("worker"))
    return Figures(told["taken"], seconds, first - posted, _by_kind(spent), memory)


def _naive(workers: int) -> float:
    """Run the design that everyone writes first, on the same record and carrier."""
    if find_spec("benchmarks") is None:
        raise Invalid("--baseline needs a checkout: run it from the root of the repository.")
    command = [sys.executable, "-m", "benchmarks.naive"]
    asked = subprocess.Popen(  # noqa: S603 - our own command
        [*command, "measure", str(NAIVE_PEOPLE)], stdout=subprocess.PIPE, text=True
    )
    time.sleep(NAIVE_HEAD_START)
    forks = [subprocess.Popen([*command, "worker"]) for _ in range(workers)]  # noqa: S603
    said, _ = asked.communicate()
    for fork in forks:
        fork.wait()
    return float(said)


def _post(config: Config, partner: int, secret: str) -> tuple[float, int]:
    body = json.dumps({**REPORT, **seen_now()}).encode()
    call = urllib.request.Request(  # noqa: S310 - our own address
        f"{config.public_url}/hooks/reports/{partner}",
        body,
        hooks.signed_headers(secret, body, now=time.time()),
        method="POST",
    )
    with urllib.request.urlopen(call, timeout=30) as answer:  # noqa: S310 - our own address
        return time.time(), int(json.load(answer)["alert"])


def _await(wiring: Wiring, alert: int, people: int) -> dict[str, Any]:
    end = time.monotonic() + MOST_SECONDS
    while time.monotonic() < end:
        with wiring.look() as work:
            told = progress.tell(work, alert)
        if told["taken"] >= people:
            return told
        time.sleep(LOOK_EVERY)
    raise RapidResponseError(f"Not everyone was texted within {MOST_SECONDS:g} s.")


def _cpu(machine: Machine) -> dict[str, float]:
    """Return the seconds of CPU that each part and its children have used."""
    return {
        part.name: sum(_seconds(pid) for pid in _family(part.process.pid))
        for part in machine.parts
        if part.process is not None
    }


def _family(pid: int) -> Iterator[int]:
    yield pid
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            yield from _family(int(child))


def _seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    user, system = fields[STAT_FIELDS_BEFORE_CPU : STAT_FIELDS_BEFORE_CPU + 2]
    return (int(user) + int(system)) / TICKS


def _peak(part: Part) -> float:
    if part.process is None:
        return 0.0
    lines = Path(f"/proc/{part.process.pid}/status").read_text().splitlines()
    held = next(line for line in lines if line.startswith("VmHWM"))
    return int(held.split()[1]) / 1024


def _by_kind(spent: dict[str, float]) -> dict[str, float]:
    kinds: dict[str, float] = {}
    for name, seconds in spent.items():
        kind = "workers" if name.startswith("worker") else name
        kinds[kind] = kinds.get(kind, 0.0) + seconds
    return kinds
