"""Several processes on one machine: started together, restarted alone, stopped together."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import click

from rapidresponse.errors import Misconfigured, Unavailable

STOP_SECONDS = 7.0
READY_SECONDS = 45.0
PAUSE_SECONDS = 0.5
LONGEST_PAUSE = 30.0
STEADY_SECONDS = 20.0  # a part that ran so long has not been falling
PR_SET_PDEATHSIG = 1


@dataclass
class Part:
    """One process of ours: what it is called, and the command that is it."""

    name: str
    command: Sequence[str]
    process: "subprocess.Popen[bytes] | None" = field(default=None, repr=False)
    not_before: float = 0.0
    falls: int = 0
    started: float = 0.0


class Machine:
    """Keeps the parts running until told to stop."""

    def __init__(self, parts: Sequence[Part], env: Mapping[str, str]) -> None:
        self.parts = list(parts)
        self.stopping = threading.Event()
        self._env = {**os.environ, **env, "PYTHONUNBUFFERED": "1"}
        self._watch = threading.Thread(target=self._keep_running, daemon=True)

    def start(self) -> None:
        """Start every part, and start again whatever ends by itself."""
        for part in self.parts:
            self._start(part)
        self._watch.start()

    def stop(self) -> None:
        """Ask every part to end, and end what does not."""
        self.stopping.set()
        if self._watch.is_alive():
            self._watch.join(timeout=PAUSE_SECONDS * 4)
        running = [part.process for part in self.parts if part.process is not None]
        for process in running:
            process.terminate()
        end = time.monotonic() + STOP_SECONDS
        for process in running:
            try:
                process.wait(max(0.1, end - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def stop_on_signal(self) -> None:
        """Let SIGTERM and Ctrl-C end the machine."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self.stopping.set())

    def await_ready(self, url: str) -> None:
        """Wait until the web process takes requests."""
        end = time.monotonic() + READY_SECONDS
        while not self.stopping.is_set():
            if answers(url + "/health"):
                return
            if time.monotonic() > end:
                raise Unavailable(f"Nothing answers at {url}; see the messages above.")
            time.sleep(0.05)

    def _start(self, part: Part) -> None:
        part.started = time.monotonic()
        part.process = subprocess.Popen(  # noqa: S603 - our own commands
            [sys.executable, "-m", "rapidresponse", *part.command],
            env=self._env,
            stdin=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C reaches us alone, and we tell the parts
            preexec_fn=end_with_parent,  # noqa: PLW1509 - one prctl
        )

    def _keep_running(self) -> None:
        while not self.stopping.wait(PAUSE_SECONDS):
            for part in self.parts:
                if part.process is not None and (code := part.process.poll()) is not None:
                    self._again(part, code)

    def _again(self, part: Part, code: int) -> None:
        """Start a part again: at once the first time, and ever later if it keeps falling."""
        now = time.monotonic()
        if now < part.not_before:
            return
        click.echo(f"{part.name} ended ({code}); starting it again", err=True)
        lasted = now - part.started > STEADY_SECONDS
        part.falls = 0 if lasted else part.falls + 1
        part.not_before = now + min(LONGEST_PAUSE, PAUSE_SECONDS * 2**part.falls)
        self._start(part)


def answers(url: str) -> bool:
    """Say whether anything answers at an address of ours."""
    try:
        with urllib.request.urlopen(url, timeout=1) as answer:  # noqa: S310 - our own address
            return bool(answer.status)
    except OSError:
        return False


def check_free(host: str, port: int) -> None:
    """Raise Misconfigured when another program listens where we are to listen."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as line:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            line.bind((host, port))
        except OSError as problem:
            why = problem.strerror or "it cannot be used"
            raise Misconfigured(f"PORT: {port} on {host}: {why}; choose another.") from None


def end_with_parent() -> None:
    """Have the kernel end this process when its parent is killed, so that none is left behind."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
