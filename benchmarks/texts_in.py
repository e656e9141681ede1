"""How fast a text is answered while 50 a second come in: `python -m benchmarks.texts_in`.

The whole product runs in processes of its own; texts are posted, signed as the carrier signs
them, to the address that the carrier calls. It prints how long an answer took.
"""

import secrets
import tempfile
import threading
import time
import urllib.parse
import urllib.request

from twilio.request_validator import RequestValidator

from tests.product import Product

PER_SECOND, SECONDS = 50, 60
SAID = (
    "JOIN 28205",
    "YES",
    "MIGRA en la 14 y Willow, 4 agentes",
    "CHECK 28205",
    "DERECHOS CASA",
    "STATUS",
    "I see ICE agents at Central & 5th",
    "gracias",
)


def main():
    with tempfile.TemporaryDirectory() as home:
        product = Product(home).start()
        try:
            told = measure(product)
        finally:
            product.stop()
    told.sort()
    share = {name: told[int(len(told) * part)] * 1000 for name, part in SHARES.items()}
    print(", ".join(f"{name} {ms:.0f} ms" for name, ms in share.items()), f"of {len(told)} texts")


SHARES = {"median": 0.5, "95th percentile": 0.95, "99th": 0.99}


def measure(product):
    """Post the texts at their pace; return how long each answer took."""
    config = product.config
    url = f"{config.public_url}/twilio/inbound"
    validator = RequestValidator(config.twilio_auth_token)
    took: list[float] = []

    def text(number):
        form = {
            "MessageSid": "SM" + secrets.token_hex(16),
            "AccountSid": config.twilio_account_sid,
            "From": f"+1704{2000000 + number // 4 % 7000000:07}",
            "To": "+17045550199",
            "Body": SAID[number % len(SAID)],
            "NumMedia": "0",
        }
        headers = {"X-Twilio-Signature": validator.compute_signature(url, form)}
        body = urllib.parse.urlencode(form).encode()
        began = time.monotonic()
        with urllib.request.urlopen(urllib.request.Request(url, body, headers)) as answer:
            assert answer.status == 200
        took.append(time.monotonic() - began)

    began = time.monotonic()
    threads = []
    for number in range(PER_SECOND * SECONDS):
        time.sleep(max(0.0, began + number / PER_SECOND - time.monotonic()))
        threads.append(threading.Thread(target=text, args=(number,)))
        threads[-1].start()
    for each in threads:
        each.join()
    return took


if __name__ == "__main__":
    main()
