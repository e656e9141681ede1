"""The places file we ship, and where it is unpacked."""

import gzip
import hashlib
import os
import tempfile
from pathlib import Path

PACKED = Path(__file__).with_name("places.sqlite.gz")
CHECKSUMS = Path(__file__).with_name("places.sha256")


def unpack(directory: Path | None = None) -> Path:
    """Unpack the places file once, under a name that changes with its content."""
    packed = PACKED.read_bytes()
    name = f"places-{hashlib.sha256(packed).hexdigest()[:16]}.sqlite"
    if directory:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    unpacked = (directory or _cache()) / name
    if not unpacked.exists():
        _write(gzip.decompress(packed), unpacked)
    return unpacked


def _write(content: bytes, path: Path) -> None:
    """Write a file whole or not at all, so that two processes may do it at once."""
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    Path(draft).replace(path)


def _cache() -> Path:
    """Return a folder that is ours alone: in the user's cache, else among temporary files."""
    home = os.environ.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser()
    spare = Path(tempfile.gettempdir()) / f"rapidresponse-{os.getuid()}"
    for folder in (Path(home) / "rapidresponse", spare):
        try:
            return _ours(folder)
        except OSError:
            continue
    return Path(tempfile.mkdtemp(prefix="rapidresponse-"))


def _ours(folder: Path) -> Path:
    """Make a folder that only we can read, or refuse one that belongs to somebody else."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    kept = folder.stat()
    if kept.st_uid != os.getuid() or kept.st_mode & 0o022 or not os.access(folder, os.W_OK):
        raise PermissionError(f"{folder} is not ours alone to write in")
    return folder
