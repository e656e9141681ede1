"""Make the places file: `python -m rapidresponse.places.build --from DIR [--fetch]`."""

import argparse
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from rapidresponse.errors import Misconfigured
from rapidresponse.places.build import packages, write
from rapidresponse.places.shipped import CHECKSUMS, PACKED

# Raise this whenever the file changes: alerts remember which places they were drawn on.
VERSION = "2026.1"


def main() -> int:
    """Make the file, and say what came of it."""
    parser = argparse.ArgumentParser(prog="python -m rapidresponse.places.build")
    parser.add_argument("--from", dest="directory", type=Path, required=True, metavar="DIR")
    parser.add_argument("--fetch", action="store_true", help="download what DIR lacks")
    parser.add_argument("--into", type=Path, default=PACKED, help="where to write the file")
    asked = parser.parse_args()
    try:
        build(asked.directory, asked.into, fetch=asked.fetch)
    except Misconfigured as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    return 0


def build(directory: Path, into: Path, *, fetch: bool) -> None:
    """Make the packed file and the list of checksums beside it."""
    if fetch:
        packages.fetch(directory)
    with TemporaryDirectory() as scratch:
        packages.unpack(directory, Path(scratch))
        write.make(Path(scratch), VERSION, Path(scratch) / "places.sqlite")
        sums = write.pack(Path(scratch) / "places.sqlite", into)
    lines = "".join(f"{digest}  {name}\n" for name, digest in sums.items())
    into.with_name(CHECKSUMS.name).write_text(lines, encoding="utf-8")
    sys.stdout.write(f"{lines}{into.stat().st_size / 1e6:.1f} MB\n")


if __name__ == "__main__":
    sys.exit(main())
