"""How many texts leave after a halt at a thousand a second: `python -m benchmarks.halt`."""

import tempfile
import time

from benchmarks.rate import sent
from rapidresponse.actions import alerts
from rapidresponse.wiring import wire
from tests.product import Product

RATE = 1000
PEOPLE = "8000"


def main():
    with tempfile.TemporaryDirectory(prefix="rr-halt-") as home:
        product = Product(home, SENDER_RATE=str(RATE)).start("--workers", "2")
        try:
            arguments = ("--count", PEOPLE, "--zip", "28205", "--language", "en")
            product.command("practice", "people", *arguments)
            product.line.knobs(callbacks=False)
            alert = product.report(product.partner())["alert"]
            product.await_accepted(2000)
            wiring = wire(product.config)
            with wiring.work() as work:
                alerts.halt(work, alert)
            halted = time.time()
            wiring.close()
            time.sleep(3)
            late = [moment for moment in sent(product) if moment > halted]
        finally:
            product.stop()
    last = late[-1] - halted if late else 0.0
    print(f"after the halt: {len(late)} texts, the last {last:.3f} s later, at {RATE} a second")


if __name__ == "__main__":
    main()
