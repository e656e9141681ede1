"""How soon the web hook answers, with 100,000 subscribers: `python -m benchmarks.hook`."""

import statistics
import tempfile
import time

from tests.product import Product

PEOPLE = 100_000
PARTNERS = 5
CALLS = 40  # of each; a partner may call sixty times a minute


def main():
    with tempfile.TemporaryDirectory(prefix="rr-hook-") as home:
        product = Product(home).start()
        try:
            began = time.monotonic()
            arguments = ("--count", str(PEOPLE), "--zip", "28205", "--radius-miles", "10")
            product.command("practice", "people", *arguments)
            print(f"{PEOPLE} practice people were added in {time.monotonic() - began:.1f} s")
            for trust in ("publish", "review"):
                times = measure(product, trust)
                middle, high = statistics.median(times), statistics.quantiles(times, n=20)[-1]
                print(f"{trust}: median {middle:.1f} ms, 95th percentile {high:.1f} ms", end="")
                print(f" over {len(times)} calls")
        finally:
            product.stop()


def measure(product, trust):
    """Time the calls of several partners; what they publish is sent meanwhile."""
    times = []
    for _ in range(PARTNERS):
        partner = product.partner(trust)
        for _ in range(CALLS):
            began = time.monotonic()
            product.report(partner)
            times.append((time.monotonic() - began) * 1000)
    return times


if __name__ == "__main__":
    main()
