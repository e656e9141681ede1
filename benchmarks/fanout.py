"""Ours and the naive design on both databases: `python -m benchmarks.fanout [people]`."""

import os
import subprocess
import sys

from tests.servers import Postgres


def main():
    people = sys.argv[1] if len(sys.argv) > 1 else "10000"
    command = [sys.executable, "-m", "rapidresponse", "bench", "fanout", "--people", people]
    env = {**os.environ, "SEND_CONCURRENCY": os.environ.get("SEND_CONCURRENCY", "300")}
    postgres = Postgres()
    try:
        for number, flags in enumerate((["--baseline"], ["--receipts"]), start=1):
            subprocess.run([*command, *flags], env=env, check=True)
            url = postgres.create(f"bench_{number}")
            subprocess.run([*command, *flags], env={**env, "DATABASE_URL": url}, check=True)
    finally:
        postgres.remove()


if __name__ == "__main__":
    main()
