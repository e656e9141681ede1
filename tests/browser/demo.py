"""The real product, started as anybody would start it, and asked over HTTP."""

import http.client
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from html import unescape
from pathlib import Path

from rapidresponse.config import CARRIER_OFFSET

PATIENCE_SECONDS = 20.0
MOST_PORTS = 50


class Answer:
    """What came back: a status, headers and words."""

    def __init__(self, status, headers, words):
        self.status = status
        self.headers = headers
        self.words = words

    @property
    def text(self):
        """What a person reads, without tags."""
        return " ".join(unescape(re.sub(r"<[^>]+>", " ", self.words)).split())


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args):
        return None


class Demo:
    """A practice network of its own, in a directory and on ports of its own."""

    def __init__(self, *, people=40, **settings):
        self.home = Path(tempfile.mkdtemp(prefix="rr-demo-"))
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._opener = urllib.request.build_opener(_NoRedirects)
        self._log = (self.home / "log").open("w+")
        command = ["demo", "--port", str(self.port), "--people", str(people)]
        self._process = subprocess.Popen(
            [sys.executable, "-m", "rapidresponse", *command],
            env={**os.environ, "DATA_DIR": str(self.home), **settings},
            stdout=self._log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            wait_for(lambda: "ready" in self.log(), "the demo did not start")
        except BaseException:
            self.stop()
            raise

    def log(self):
        """Return all it has printed."""
        return Path(self._log.name).read_text()

    def stop(self):
        """Stop it as Ctrl-C does, and leave nothing behind."""
        self._process.send_signal(signal.SIGTERM)
        code = self._process.wait(timeout=PATIENCE_SECONDS)
        self._log.close()
        shutil.rmtree(self.home, ignore_errors=True)
        return code

    def get(self, path, **headers):
        """Look at an address, without following a redirect."""
        return self._ask(path, None, headers)

    def post(self, path, form, **headers):
        """Send a form, without following a redirect."""
        return self._ask(path, urllib.parse.urlencode(form).encode(), headers)

    def follow(self, path, form):
        """Send a form, and look at where it leads."""
        answer = self.post(path, form)
        assert answer.status == http.client.SEE_OTHER, answer.text
        return self.get(answer.headers["Location"].split("#")[0])

    def _ask(self, path, body, headers):
        call = urllib.request.Request(self.url + path, body, headers)
        try:
            with self._opener.open(call, timeout=PATIENCE_SECONDS) as answer:
                return Answer(answer.status, answer.headers, answer.read().decode())
        except urllib.error.HTTPError as refusal:
            with refusal:
                return Answer(refusal.code, refusal.headers, refusal.read().decode())


def wait_for(reached, otherwise, seconds=PATIENCE_SECONDS):
    """Wait until something is so, and return it."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := reached():
            return found
        time.sleep(0.05)
    raise AssertionError(otherwise)


def read(pattern, words):
    """Return what a pattern's group holds in some words."""
    found = re.search(pattern, words)
    assert found, words
    return found[1]


def _free_port():
    """Find a port whose carrier's port is free as well."""
    for _ in range(MOST_PORTS):
        with socket.socket() as first, socket.socket() as second:
            first.bind(("127.0.0.1", 0))
            port = first.getsockname()[1]
            try:
                second.bind(("127.0.0.1", port + CARRIER_OFFSET))
            except (OSError, OverflowError):
                continue
            return port
    raise AssertionError("no two free ports")
