"""What a receipt costs, and what a burst of them does to others: `python -m benchmarks.receipts`.

Ten thousand people are texted with the carrier's callbacks off; then their thirty
thousand receipts arrive, signed as the carrier signs them, first as fast as they are
taken, then 3,000 a second for ten seconds while a partner reports and people text.
"""

import asyncio
import base64
import hmac
import json
import os
import secrets
import statistics
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import urlencode

import sqlalchemy as sa

from rapidresponse.rules import hooks, tokens
from rapidresponse.sms.wire import Wire
from rapidresponse.store.models import Delivery
from rapidresponse.work import utc_now
from tests.network import payload
from tests.product import Product
from tests.servers import Postgres

PEOPLE = 10_000
STATUSES = ("queued", "sent", "delivered")
IN_FLIGHT = 64
BURST_PER_SECOND = 3000
TICKS = os.sysconf("SC_CLK_TCK")


def main():
    for postgres in (None, Postgres()):
        with tempfile.TemporaryDirectory(prefix="rr-receipts-") as home:
            url = {"DATABASE_URL": postgres.create("receipts")} if postgres else {}
            product = Product(home, SENDER_RATE="0", SEND_CONCURRENCY="200", **url).start()
            try:
                print("database:", "postgresql" if postgres else "sqlite")
                asyncio.run(measure(product))
            finally:
                product.stop()
        if postgres:
            postgres.remove()


async def measure(product):
    first, second = prepare(product, "28205"), prepare(product, "10001")
    wire = Wire()
    await as_fast_as_taken(product, wire, first)
    await burst(product, wire, second)
    await wire.close()


def prepare(product, zip_code):
    """Text everyone in a place, and sign the receipts that are to come."""
    product.command("practice", "people", "--count", str(PEOPLE), "--zip", zip_code)
    product.line.knobs(callbacks=False)
    place = {"place": {"zip": zip_code}, "radius_miles": None}
    alert = product.report(product.partner(), **place)["alert"]
    product.await_done(alert)
    with product.looking() as work:
        rows = work.session.execute(
            sa.select(Delivery.seq, Delivery.attempt, Delivery.sid).where(
                Delivery.alert_id == alert
            )
        ).all()
    key = product.config.secret.encode()
    calls = [
        signed(product, tokens.sign(key, tokens.Attempt(alert, row.seq, row.attempt)), row.sid, s)
        for s in STATUSES
        for row in rows
    ]
    return alert, calls


def signed(product, token, sid, status):
    config = product.config
    url = f"{config.public_url}/twilio/status/{token}"
    form = {"AccountSid": config.twilio_account_sid, "MessageSid": sid, "MessageStatus": status}
    form |= {"SmsSid": sid, "SmsStatus": status, "ApiVersion": "2010-04-01"}
    return url, form, sign(config, url, form)


def sign(config, url, form):
    text = url + "".join(name + form[name] for name in sorted(form))
    digest = hmac.digest(config.twilio_auth_token.encode(), text.encode(), "sha1")
    return base64.b64encode(digest).decode()


async def as_fast_as_taken(product, wire, prepared):
    alert, calls = prepared
    used, began = cpu(product), time.monotonic()
    room = asyncio.Semaphore(IN_FLIGHT)
    await asyncio.gather(*(post(wire, room, *call) for call in calls))
    taken = time.monotonic() - began
    await applied(product, alert)
    whole = time.monotonic() - began
    spent = {name: after - used[name] for name, after in cpu(product).items()}
    each = {name: f"{seconds / len(calls) * 1e6:.0f} µs" for name, seconds in spent.items()}
    print(f"  {len(calls)} receipts taken in {taken:.1f} s ({len(calls) / taken:.0f}/s),")
    print(f"  all written down in {whole:.1f} s ({len(calls) / whole:.0f}/s); CPU of each: {each}")
    total = sum(spent.values()) / len(calls) * 1e6
    print(f"  CPU of a receipt, from the socket to the row: {total:.0f} µs")


async def burst(product, wire, prepared):
    alert, calls = prepared
    room = asyncio.Semaphore(IN_FLIGHT)
    others = asyncio.create_task(watch(product, wire))
    began, tasks = time.monotonic(), []
    for number, call in enumerate(calls):
        if (ahead := number / BURST_PER_SECOND - (time.monotonic() - began)) > 0:
            await asyncio.sleep(ahead)
        tasks.append(asyncio.create_task(post(wire, room, *call)))
    await asyncio.gather(*tasks)
    took = time.monotonic() - began
    others.cancel()
    hooked, texted = watched
    print(f"  {len(calls)} receipts in {took:.1f} s beside others, whose 95th percentile was:")
    print(f"  a partner's hook {p95(hooked):.0f} ms ({len(hooked)} calls), ", end="")
    print(f"a person's text {p95(texted):.0f} ms ({len(texted)} texts)")
    await applied(product, alert)


watched: tuple[list[float], list[float]] = ([], [])


async def watch(product, wire):
    """Report and text as others would, and time the answers."""
    key, secret = product.partner("review")
    config = product.config
    for turn in range(10_000):
        form = {
            "MessageSid": "SM" + secrets.token_hex(16),
            "AccountSid": config.twilio_account_sid,
            "From": "+17045550101",
            "To": "+17045550199",
            "Body": "AYUDA",
        }
        url = f"{config.public_url}/twilio/inbound"
        watched[1].append(await timed(post(wire, None, url, form, sign(config, url, form))))
        if turn % 4 == 0:
            place = {"place": {"zip": "99501"}, "radius_miles": None}
            body = json.dumps(payload(utc_now(), **place)).encode()
            headers = hooks.signed_headers(secret, body, now=time.time())
            url = f"{config.public_url}/hooks/reports/{key}"
            watched[0].append(await timed(wire.call("POST", url, headers, body, seconds=30)))
        await asyncio.sleep(0.1)


async def timed(asked):
    began = time.monotonic()
    await asked
    return (time.monotonic() - began) * 1000


async def post(wire, room, url, form, signature):
    headers = {
        "X-Twilio-Signature": signature,
        "Content-Type": "application/x-www-form-urlencoded",
    }
    body = urlencode(form).encode()
    async with room or asyncio.Semaphore():
        reply = await wire.call("POST", url, headers, body, seconds=30)
    assert reply.status in (200, 204), reply.status


async def applied(product, alert):
    while product.told(alert)["counts"].get("delivered", 0) < PEOPLE:  # noqa: ASYNC110 - other processes do it
        await asyncio.sleep(0.1)


def cpu(product):
    return {part: sum(map(family, product.pids(part))) for part in ("web", "receipts")}


def family(pid):
    """Seconds of CPU of a process and its children."""
    total = 0.0
    for task in Path(f"/proc/{pid}/task").iterdir():
        total += sum(family(int(child)) for child in (task / "children").read_text().split())
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return total + (int(fields[11]) + int(fields[12])) / TICKS


def p95(times):
    return statistics.quantiles(times, n=20)[-1] if len(times) > 1 else float("nan")


if __name__ == "__main__":
    sys.exit(main())
