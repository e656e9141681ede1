"""The whole product as a stranger runs it: `rapidresponse up`, in processes of its own."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from redis import Redis

from rapidresponse import bundled
from rapidresponse.actions import progress
from rapidresponse.config import CARRIER_OFFSET, Config
from rapidresponse.rules import hooks
from rapidresponse.sms.practice.client import PracticeLine
from rapidresponse.wiring import wire
from rapidresponse.work import utc_now
from tests import canary
from tests.network import payload, wait_until


class Product:
    """One network on one machine, started by its command and stopped by a signal."""

    def __init__(self, home, **settings):
        self.home = Path(home)
        self.port = free_port()
        self.env = {
            **{name: value for name, value in os.environ.items() if not _ours(name)},
            "DATA_DIR": str(self.home),
            "PORT": str(self.port),
            **settings,
        }
        self.config = Config.from_env(self.env)
        self.line = PracticeLine(self.config.twilio_api_url, self.config.twilio_auth_token)
        self._heard = (self.home / "heard.txt").open("wb")
        self.process: Any = None

    def start(self, *arguments):
        self.process = subprocess.Popen(
            [sys.executable, "-m", "rapidresponse", "up", *arguments],
            env=self.env,
            stdout=subprocess.PIPE,
            stderr=self._heard,
            text=True,
        )
        assert self.process.stdout.readline().startswith("ready http://127.0.0.1:")
        return self

    def stop(self):
        """Stop it as an operator would; it must be gone within ten seconds, with all its parts."""
        pids = self.pids("")
        self.process.terminate()
        self.process.wait(10)
        self.process.stdout.close()
        self.close()
        assert [pid for pid in pids if Path(f"/proc/{pid}").exists() and not _zombie(pid)] == []
        for path in (self.home / "heard.txt", *self.home.glob("valkey/*.log")):
            canary.check_file(path)

    def close(self):
        """Let go of what was heard."""
        self._heard.close()

    def command(self, *arguments):
        """Run another command of ours on the same network."""
        done = subprocess.run(
            [sys.executable, "-m", "rapidresponse", *arguments],
            env=self.env,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout

    def partner(self, trust="publish"):
        said = self.command("partner", "add", f"Partner {time.time_ns()}", "--trust", trust)
        found = re.search(r"id: (\d+)\nsecret: (\S+)", said)
        assert found
        return found.groups()

    def report(self, partner, **changes):
        """Post a signed report; return the answer."""
        key, secret = partner
        body = json.dumps(payload(utc_now(), **changes)).encode()
        call = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/hooks/reports/{key}",
            body,
            hooks.signed_headers(secret, body, now=time.time()),
            method="POST",
        )
        with urllib.request.urlopen(call, timeout=10) as answer:
            return json.load(answer)

    def told(self, alert):
        """What `alerts show` shows, read without starting a command each time."""
        with self.looking() as work:
            return progress.tell(work, alert)

    @contextmanager
    def looking(self):
        """A look at the record from outside."""
        wiring = wire(self.config)
        try:
            with wiring.look() as work:
                yield work
        finally:
            wiring.close()

    def await_done(self, alert, seconds=60):
        wait_until(
            lambda: self.told(alert)["state"] == "done",
            seconds=seconds,
            every=0.2,
            otherwise="the alert did not end",
        )

    def await_accepted(self, count, seconds=30):
        wait_until(lambda: self.line.totals()["accepted"] >= count, seconds=seconds)

    def pids(self, part):
        """The processes of a part, such as `worker`."""
        found = subprocess.run(
            ["pgrep", "-P", str(self.process.pid), "-f", f"rapidresponse {part}".strip()],
            capture_output=True,
            text=True,
            check=False,
        )
        return [int(pid) for pid in found.stdout.split()]

    def kill(self, part):
        """Kill a part as a crash would; it gets no chance to say goodbye."""
        for pid in self.pids(part):
            os.kill(pid, signal.SIGKILL)

    @property
    def redis(self):
        return Redis.from_url(self.config.redis_url or bundled.url(self.home))


def free_port():
    """A port that is free, with the one where the practice carrier goes."""
    while True:
        with socket.socket() as one, socket.socket() as other:
            one.bind(("127.0.0.1", 0))
            port = one.getsockname()[1]
            try:
                other.bind(("127.0.0.1", port + CARRIER_OFFSET))
            except OSError:
                continue
            return port


def _ours(name):
    return name.lower() in Config.__slots__


def _zombie(pid):
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
