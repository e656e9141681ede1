"""A thousand new phones with five reports each: `python -m benchmarks.flood`.

They come in as fast as the product takes them, which is harder than in ten minutes. It prints
how many answers left, how many incidents a person has before them, and how long a list takes.
"""

import secrets
import tempfile
import time
import urllib.parse
import urllib.request
from concurrent.futures import ThreadPoolExecutor

import sqlalchemy as sa
from twilio.request_validator import RequestValidator

from rapidresponse.actions import incidents
from rapidresponse.store.models import Alert, Sighting, Spending
from tests.product import Product

PHONES, REPORTS = 1000, 5


def main():
    with tempfile.TemporaryDirectory() as home:
        product = Product(home).start()
        try:
            answered = flood(product)
            with product.looking() as work:
                began = time.monotonic()
                open_ones = incidents.under_way(work)
                listed = time.monotonic() - began
                kept = work.session.scalar(sa.select(sa.func.count()).select_from(Sighting))
                alerts = work.session.scalar(sa.select(sa.func.count()).select_from(Alert))
                spent = work.session.scalar(sa.select(sa.func.sum(Spending.segments)))
        finally:
            product.stop()
    print(f"{PHONES * REPORTS} texts of {PHONES} phones: {sum(answered)} answers,")
    print(f"at most {max(answered)} to one phone, {spent} segments; {kept} reports kept,")
    print(f"{len(open_ones)} incidents listed in {listed * 1000:.0f} ms; {alerts} alerts")


def flood(product):
    """Have every phone text its reports, one round after another; return answers by phone."""
    config = product.config
    url = f"{config.public_url}/twilio/inbound"
    validator = RequestValidator(config.twilio_auth_token)
    answered = [0] * PHONES

    def text(number):
        phone, round_ = number % PHONES, number // PHONES
        form = {
            "MessageSid": "SM" + secrets.token_hex(16),
            "AccountSid": config.twilio_account_sid,
            "From": f"+1704{3000000 + phone:07}",
            "To": "+17045550199",
            "Body": f"I see {round_ + 2} ICE agents at Oak & {phone % 30 + 1}th",
            "NumMedia": "0",
        }
        headers = {"X-Twilio-Signature": validator.compute_signature(url, form)}
        body = urllib.parse.urlencode(form).encode()
        with urllib.request.urlopen(urllib.request.Request(url, body, headers)) as answer:
            answered[phone] += answer.read().count(b"<Message>")

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(text, range(PHONES * REPORTS)))
    return answered


if __name__ == "__main__":
    main()
