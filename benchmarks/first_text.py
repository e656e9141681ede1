"""When the first text leaves, and what a worker holds: `python -m benchmarks.first_text [people…]`.

For each size of audience some alerts are posted and halted after their first text; the
last one of each size is sent for as long as a worker's memory needs to show itself.
"""

import statistics
import sys
import tempfile
import time
from pathlib import Path

from rapidresponse.actions import alerts
from rapidresponse.wiring import wire
from tests.product import Product
from tests.servers import Postgres

SIZES = (10, 10_000, 1_000_000)
ALERTS = 10
ZIPS = ("10001", "60601", "90001")
SENDING_SECONDS = 20


def main():
    sizes = [int(size) for size in sys.argv[1:]] or SIZES
    postgres = Postgres()
    try:
        with tempfile.TemporaryDirectory(prefix="rr-first-") as home:
            url = postgres.create("first")
            settings = {"DATABASE_URL": url, "SENDER_RATE": "0", "SEND_CONCURRENCY": "300"}
            product = Product(home, **settings).start("--workers", "2")
            try:
                for size, zip_code in zip(sizes, ZIPS, strict=False):
                    measure(product, size, zip_code)
            finally:
                product.stop()
    finally:
        postgres.remove()


def measure(product, size, zip_code):
    began = time.monotonic()
    product.command("practice", "people", "--count", str(size), "--zip", zip_code)
    added = time.monotonic() - began
    product.line.knobs(callbacks=False)
    partner = product.partner()
    waits, calls = [], []
    for turn in range(ALERTS):
        before = product.line.totals()["accepted"]
        began = time.time()
        alert = product.report(partner, place={"zip": zip_code}, radius_miles=None)["alert"]
        posted = time.time()
        product.await_accepted(before + 1)
        waits.append(product.line.log(after=before, limit=1)[0]["at"] - posted)
        calls.append(posted - began)
        if turn == ALERTS - 1:
            time.sleep(SENDING_SECONDS if size > 1000 else 1)
        halt(product, alert)
        settle(product)
    first = max(0.0, statistics.quantiles(waits, n=20)[-1])
    print(f"{size} people (added in {added:.0f} s): first text {first * 1000:.0f} ms after the 202")
    print(f"  at the 95th percentile of {ALERTS} alerts; the 202 itself took", end="")
    print(f" {statistics.median(calls) * 1000:.0f} ms; memory of the workers at most", end="")
    print(f" {max(map(peak, product.pids('worker'))):.0f} MB")


def halt(product, alert):
    wiring = wire(product.config)
    with wiring.work() as work:
        if product.told(alert)["state"] == "sending":
            alerts.halt(work, alert)
    wiring.close()


def settle(product):
    """Wait until nothing leaves any more."""
    last = -1
    while (now := product.line.totals()["accepted"]) != last:
        last = now
        time.sleep(0.5)


def peak(pid):
    """Return the most memory a process has held, in MB."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) / 1024
    return 0.0


if __name__ == "__main__":
    main()
