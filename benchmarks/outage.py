"""Redis gone for a minute in the middle of an alert: `python -m benchmarks.outage`."""

import tempfile
import time
from pathlib import Path

from rapidresponse import bundled
from tests.product import Product

PEOPLE = "4000"
AWAY_SECONDS = 60


def main():
    with tempfile.TemporaryDirectory(prefix="rr-outage-") as home:
        redis_home = Path(home) / "redis"
        server = bundled.start(redis_home)
        url = {"REDIS_URL": bundled.url(redis_home)}
        product = Product(home, SENDER_RATE="100", **url).start("--workers", "2")
        try:
            alert = begin(product)
            bundled.stop(server, redis_home)
            during = wait(product)
            server = bundled.start(redis_home)
            finish(product, alert, during)
        finally:
            product.stop()
            bundled.stop(server, redis_home)


def begin(product):
    arguments = ("--count", PEOPLE, "--zip", "28205", "--language", "en")
    product.command("practice", "people", *arguments)
    alert = product.report(product.partner())["alert"]
    product.await_accepted(500)
    return alert


def wait(product):
    """Wait out the time without Redis; return how many texts left in it."""
    before = product.line.totals()["accepted"]
    time.sleep(AWAY_SECONDS)
    return product.line.totals()["accepted"] - before


def finish(product, alert, during):
    before, back = product.line.totals()["accepted"], time.monotonic()
    product.await_accepted(before + 1, seconds=60)
    again = time.monotonic() - back
    product.await_done(alert, seconds=120)
    totals = product.line.totals()
    print(f"{totals['accepted']} texts to {totals['phones']} phones, at most")
    print(f"{totals['most_to_one_phone']} to each; {during} left while Redis was away, and the")
    print(f"first {again:.1f} s after it was back")


if __name__ == "__main__":
    main()
