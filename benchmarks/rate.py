"""How closely the rate is kept, with four workers: `python -m benchmarks.rate`."""

import tempfile

from tests.product import Product

WORKERS = "4"
SECONDS = 20
CARRIER_MS = 80


def main():
    print("rate  seconds  used   most in any second  allowed")
    for rate in (10, 100, 1000):
        with tempfile.TemporaryDirectory(prefix="rr-rate-") as home:
            measure(home, rate)


def measure(home, rate):
    product = Product(home, SENDER_RATE=str(rate)).start("--workers", WORKERS)
    try:
        people = str(rate * SECONDS)
        arguments = ("--count", people, "--zip", "28205", "--language", "en")
        product.command("practice", "people", *arguments)
        product.line.knobs(callbacks=False)
        alert = product.report(product.partner())["alert"]
        product.await_done(alert, seconds=SECONDS * 3)
        moments = sent(product)
    finally:
        product.stop()
    took = moments[-1] - moments[0]
    block = max(1, rate // 20)
    used = (len(moments) - block) / (took * rate)
    print(f"{rate:4}  {took:7.2f}  {used:5.1%}  {busiest(moments):18}  {rate + block:7}")


def sent(product):
    """When the carrier heard each text, in order."""
    moments: list[float] = []
    while page := product.line.log(after=len(moments), limit=5000):
        moments += [line["at"] for line in page]
    return sorted(moments)


def busiest(moments):
    """Count the most texts in any window of one second."""
    most, first = 0, 0
    for last, moment in enumerate(moments):
        while moments[first] <= moment - 1.0:
            first += 1
        most = max(most, last - first + 1)
    return most


if __name__ == "__main__":
    main()
