"""A network as its people see it: phones that text, partners that report, workers that work."""

import json
import secrets
import time
from typing import Any
from xml.etree import ElementTree as ET

from flask.testing import FlaskClient
from rq.registry import FailedJobRegistry
from twilio.request_validator import RequestValidator

from rapidresponse.actions import partners, practice, progress
from rapidresponse.rules import hooks
from rapidresponse.web import create_app
from tests import canary
from workers import receipts
from workers.clock import tick
from workers.worker import build


class Network:
    """The doors of one network, in this process, on its real parts."""

    def __init__(self, wiring, carrier):
        self.wiring = wiring
        self.carrier = carrier
        self.app = create_app(wiring)
        self.app.test_client_class = Caller
        self.client = self.app.test_client()

    def phone(self, number):
        return Phone(self, number)

    def partner(self, trust="publish", name="Trusted"):
        with self.wiring.work() as work:
            key, secret = partners.add(work, name, trust=trust)
        return Partner(self, key, secret)

    def people(self, count, zip_code="28205", language="mix"):
        with self.wiring.work() as work:
            first = practice.how_many(work)
            practice.add_people(work, [zip_code], first=first, number=count, language=language)

    def run(self):
        """Do everything that is queued, including what that queues."""
        worker = build(self.wiring.redis)
        worker.work(burst=True, logging_level="CRITICAL")
        failed = FailedJobRegistry(queue=worker.queues[0])
        assert failed.get_job_ids() == []

    def tick(self):
        """Let the clock start its sweeps once, and do what they queue."""
        tick(self.wiring)
        self.run()

    def read_receipts(self):
        """Write down the receipts that have come in."""
        receipts.WAIT_MS = 1
        while receipts.write_down(self.wiring, "test"):
            pass

    def told(self, alert):
        with self.wiring.look() as work:
            return progress.tell(work, alert)

    def call(self, path, **kwargs):
        """Call a page or a hook, and look for leaks in the answer."""
        method = kwargs.pop("method", "POST")
        answer = self.client.open(path, method=method, **kwargs)
        canary.check(f"the answer of {path.split('/')[1]}", answer.get_data(as_text=True))
        return answer

    def sign(self, path, form):
        """Sign a call as the carrier does."""
        config = self.wiring.config
        return RequestValidator(config.twilio_auth_token).compute_signature(
            config.public_url + path, form
        )


def spool_of(app) -> Any:
    """Where the receipts are that the door has taken."""
    return app.wsgi_app.spool


class Caller(FlaskClient):
    """Calls, and waits until receipts that were taken are where they belong."""

    def open(self, *args, **kwargs):
        answer = super().open(*args, **kwargs)
        spool_of(self.application).flush(0.5)
        return answer


class Phone:
    """A phone in someone's hand: `maria = network.phone("+17045550101")`."""

    def __init__(self, network, number):
        self._network = network
        self.number = number

    def text(self, body, *, sid=None, expect=200, **extra):
        """Text the network through its signed address; return the replies."""
        answer = self.post({"Body": body, **({"MessageSid": sid} if sid else {}), **extra})
        assert answer.status_code == expect, answer.get_data(as_text=True)
        return replies(answer.get_data(as_text=True)) if expect == 200 else []

    def post(self, changes, *, path="/twilio/inbound", signature=None):
        form = {
            "MessageSid": "SM" + secrets.token_hex(16),
            "AccountSid": self._network.wiring.config.twilio_account_sid,
            "From": self.number,
            "To": "+17045550199",
            "Body": "",
            "NumMedia": "0",
        }
        form |= changes
        form = {name: value for name, value in form.items() if value is not None}
        signed = self._network.sign(path, form) if signature is None else signature
        return self._network.client.post(path, data=form, headers={"X-Twilio-Signature": signed})

    def join(self, zip_code="28205", *, word="JOIN", yes="YES"):
        self.text(f"{word} {zip_code}")
        return self.text(yes)

    @property
    def inbox(self):
        """What the carrier has taken for this phone."""
        return [line["body"] for line in self._network.carrier.log() if line["to"] == self.number]


class Partner:
    """An organisation that posts reports."""

    def __init__(self, network, key, secret):
        self._network = network
        self.id = key
        self.secret = secret

    def report(self, **changes):
        return self.post(payload(self._network.wiring.clock(), **changes))

    def post(self, body, *, headers=None, path=None, call_id=None):
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        return self._network.call(
            path or f"/hooks/reports/{self.id}",
            data=raw,
            headers={**self.headers(raw, call_id=call_id), **(headers or {})},
        )

    def headers(self, raw, *, call_id=None, stamp=None, secret=None):
        call_id = call_id or f"msg_{secrets.token_hex(8)}"
        stamp = int(self._network.wiring.clock().timestamp()) if stamp is None else stamp
        return {
            "content-type": "application/json",
            "webhook-id": call_id,
            "webhook-timestamp": str(stamp),
            "webhook-signature": hooks.sign(secret or self.secret, call_id, stamp, raw),
        }


def payload(now, **changes):
    """A report as the contract shows it, with members changed; None takes one away."""
    seen = now.strftime("%Y-%m-%dT%H:%M:%SZ")
    whole = {
        "type": "report.verified",
        "report": f"r-{secrets.token_hex(4)}",
        "activity": "street",
        "seen_at": seen,
        "place": {"zip": "28205"},
        "radius_miles": 3,
        "where": "Central Ave & The Plaza",
        "agency": "ICE",
        "people": 4,
        "vehicles": 2,
        "verified": {"how": "on_scene", "at": seen, "by": "r-17", "approved_by": "d-4"},
        "expires_in_minutes": 60,
    }
    whole |= changes
    return {name: value for name, value in whole.items() if value is not None}


def replies(twiml):
    """The texts that a TwiML answer sends."""
    return [message.text or "" for message in ET.fromstring(twiml)]  # noqa: S314


def wait_until(reached, *, seconds=20.0, every=0.05, otherwise="it did not happen"):
    """Wait for something that other processes do."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := reached():
            return found
        time.sleep(every)
    raise AssertionError(otherwise)
