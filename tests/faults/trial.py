"""One trial: an alert, a bad half minute, and then everyone has exactly one text."""

import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from rapidresponse import bundled
from rapidresponse.actions import counts
from rapidresponse.cli.machine import Machine, Part
from rapidresponse.store import database
from rapidresponse.store.models import Delivery
from tests.product import Product

BAD_SECONDS = 14.0
SETTLED_WITHIN = 60.0
WORKERS = 2
WEATHER = {
    "429": 0.03,
    "500_before": 0.02,
    "500_after": 0.02,
    "hang_after": 0.005,
    "hang_seconds": 2,
    "reset_before": 0.02,
    "reset_after": 0.02,
    "garbage": 0.01,
    "list_500": 0.2,
    "callback_lost": 0.2,
    "callback_doubled": 0.2,
    "callback_shuffled": 0.2,
    "callback_early": 0.1,
}


@dataclass
class Outcome:
    """What a trial found."""

    database: str
    seed: int
    people: int
    lost: int = 0
    doubled: int = 0
    disagree: int = 0  # the carrier's log and the record
    drift: dict[str, int] = field(default_factory=dict)
    settled_in: float | None = None
    deaths: Counter[str] = field(default_factory=Counter)
    blows: Counter[str] = field(default_factory=Counter)

    @property
    def fine(self):
        return self.settled_in is not None and not (
            self.lost or self.doubled or self.disagree or self.drift
        )


class Trial:
    """A network whose workers die, whose servers go away, and whose carrier misbehaves."""

    def __init__(self, seed, people, url=None, postgres=None):
        self.home = Path(tempfile.mkdtemp(prefix="rr-faults-"))
        settings = {"DATABASE_URL": url} if url else {}
        self.product = Product(self.home, SENDER_RATE="150", SETTLE_SECONDS="6", **settings)
        self.outcome = Outcome("postgresql" if url else "sqlite", seed, people)
        self._choice = random.Random(seed)
        self._postgres = postgres
        self._server: Any = None
        self._deadly = True  # workers may die
        self._over = False

    def run(self):
        """Run the trial and return what it found."""
        database.upgrade(self.product.config.database)
        self._server = bundled.start(self.home)
        machine = Machine(self._parts(), self.product.env)
        workers = [threading.Thread(target=self._keep_working, args=(n,)) for n in range(WORKERS)]
        try:
            machine.start()
            machine.await_ready(self.product.config.public_url)
            self._send(workers)
        finally:
            self._over = True
            for worker in workers:
                if worker.is_alive():
                    worker.join(15)
            self.product.close()
            machine.stop()
            bundled.stop(self._server, self.home)
            shutil.rmtree(self.home)
        return self.outcome

    def _parts(self):
        carrier = Part("carrier", ["practice", "carrier", "--latency-ms", "40"])
        return [carrier, *(Part(name, [name]) for name in ("web", "clock", "receipts"))]

    def _send(self, workers):
        self.product.command(
            "practice", "people", "--count", str(self.outcome.people), "--zip", "28205"
        )
        partner = self.product.partner()
        self.product.line.knobs(faults=WEATHER)
        alert = self.product.report(partner, expires_in_minutes=120)["alert"]
        for worker in workers:
            worker.start()
        self._misbehave()
        self.product.line.knobs(faults={})
        self._deadly = False
        self._await(alert)
        self._compare(alert)

    def _misbehave(self):
        """Strike at random moments until the bad time is over."""
        end = time.monotonic() + BAD_SECONDS
        while (left := end - time.monotonic()) > 0:
            time.sleep(min(left, self._choice.uniform(1.0, 3.0)))
            blow = self._choice.choice(BLOWS)
            if blow is Trial.restart_database and self._postgres is None:
                continue
            blow(self)
            self.outcome.blows[blow.__name__] += 1

    def empty_redis(self):
        self.product.redis.flushall()

    def kill_redis(self):
        self._server.kill()
        self._server.wait()
        time.sleep(self._choice.uniform(0.1, 1.5))
        self._server = bundled.start(self.home)

    def restart_database(self):
        self._postgres.stop("immediate")
        time.sleep(self._choice.uniform(0.1, 1.0))
        self._postgres.start()

    def kill_clock(self):
        subprocess.run(
            ["pkill", "-9", "-P", str(os.getpid()), "-f", "rapidresponse clock"], check=False
        )

    def kill_receipts(self):
        subprocess.run(
            ["pkill", "-9", "-P", str(os.getpid()), "-f", "rapidresponse receipts"], check=False
        )

    def _keep_working(self, number):
        """Run a worker, and another one whenever it dies, until the trial is over."""
        turn = 0
        while not self._over:
            turn += 1
            env = {
                **self.product.env,
                "FAULTS_CHANCE": "1" if self._deadly else "0",
                "FAULTS_SEED": f"{self.outcome.seed}-{number}-{turn}",
            }
            worker = subprocess.Popen(
                [sys.executable, "-m", "tests.faults.worker"],
                env=env,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
            )
            threading.Thread(target=self._end, args=(worker,), daemon=True).start()
            said, _ = worker.communicate()
            for point in re.findall(r"died (.*)", said):
                self.outcome.deaths[point] += 1

    def _end(self, worker):
        """End a worker when the trial is over, or a deadly one when the bad time is."""
        deadly = self._deadly
        while worker.poll() is None:
            if self._over or (deadly and not self._deadly):
                worker.terminate()
                return
            time.sleep(0.2)

    def _await(self, alert):
        began = time.monotonic()
        while time.monotonic() - began < SETTLED_WITHIN:
            told = self.product.told(alert)
            if told["state"] == "done":
                self.outcome.settled_in = time.monotonic() - began
                return
            time.sleep(0.3)

    def _compare(self, alert):
        """Hold the carrier's log against the record."""
        log = self._log()
        texted = Counter(line["to"] for line in log)
        self.outcome.lost = self.outcome.people - len(texted)
        self.outcome.doubled = sum(1 for n in texted.values() if n > 1)
        with self.product.looking() as work:
            kept = set(work.session.scalars(sa.select(Delivery.sid)))
            self.outcome.drift = counts.drift(work, alert)
        self.outcome.disagree = len(kept ^ {line["sid"] for line in log})

    def _log(self):
        lines: list[dict[str, Any]] = []
        while page := self.product.line.log(after=len(lines), limit=5000):
            lines += page
        return lines


BLOWS = (
    Trial.empty_redis,
    Trial.kill_redis,
    Trial.restart_database,
    Trial.kill_clock,
    Trial.kill_receipts,
)
