"""A carrier to text through, a customer who is told of it, and the real SDK between them."""

import asyncio
import http.client
import json
import threading
import time
from contextlib import ExitStack
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl

import pytest
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

from rapidresponse.sms.practice import Settings, serve

ACCOUNT = "AC" + "0" * 32
TOKEN = "practice-token-of-thirty-two-char"
SERVICE = "MG" + "1" * 32
SENDER = "+17045550100"


class Answering(BaseHTTPRequestHandler):
    """Takes every webhook, and answers as the customer was told to."""

    protocol_version = "HTTP/1.1"
    wbufsize = -1  # an answer in one piece, or the kernel waits 40 ms between its two halves

    def __init__(self, customer, *line):
        self.customer = customer
        super().__init__(*line)

    def do_POST(self):
        customer = self.customer
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        form = dict(parse_qsl(body, keep_blank_values=True))
        customer.calls.append(Call(customer.url + self.path, form, dict(self.headers.items())))
        time.sleep(customer.slow)
        status, kind, words = customer.answers.pop(0) if customer.answers else customer.usual
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(words.encode())))
        self.end_headers()
        self.wfile.write(words.encode())

    def log_message(self, *_):
        """Say nothing."""


class Call:
    def __init__(self, url, form, headers):
        self.url, self.form, self.headers = url, form, headers
        self.at = time.time()


class Customer:
    """Somebody with webhooks."""

    def __init__(self):
        self.calls = []
        self.answers = []
        self.usual = (200, "text/xml", "<Response/>")
        self.slow = 0
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Answering, self))
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def statuses(self, path=""):
        return [c.form["MessageStatus"] for c in self.calls if path in c.url]

    def hears(self, count, *, within=3):
        """Wait until this many calls have come, and return them."""
        end = time.time() + within
        while len(self.calls) < count and time.time() < end:
            time.sleep(0.01)
        assert len(self.calls) >= count
        return self.calls


class Running:
    """A carrier in a thread of its own."""

    def __init__(self, settings):
        self.settings = settings
        self._ready = threading.Event()
        self._loop = asyncio.new_event_loop()
        self._stop = asyncio.Event()
        self._thread = threading.Thread(target=self._run)

    def __enter__(self):
        self._thread.start()
        assert self._ready.wait(5)
        self.client = self.sdk()
        return self

    def __exit__(self, *_):
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()
        self._loop.close()
        for client in self._clients:
            client.http_client.session.close()

    def _run(self):
        self._loop.run_until_complete(serve(self.settings, ready=self._listens, stop=self._stop))

    def _listens(self, port):
        self.port = port
        self.url = f"http://127.0.0.1:{port}"
        self._clients = []
        self._ready.set()

    def sdk(self, name=ACCOUNT, secret=TOKEN, account=ACCOUNT):
        """Return the unmodified SDK, pointed at this carrier."""
        client = Client(name, secret, account, http_client=TwilioHttpClient(timeout=5))
        client.api.base_url = self.url
        self._clients.append(client)
        return client

    def send(self, to="+17045550142", body="Hello", **kw):
        """Send one text through the messaging service."""
        if "from_" not in kw:
            kw.setdefault("messaging_service_sid", SERVICE)
        return self.client.messages.create(to=to, body=body, **kw)

    def raw(self, method, path, body="", headers=()):
        """Make a request without the SDK."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            line.request(method, path, body, dict(headers))
            answer = line.getresponse()
            return answer.status, answer.read().decode()
        finally:
            line.close()

    def lever(self, name, **asked):
        """Pull a lever of practice; a trailing _ keeps a name apart from Python's words."""
        asked = {key.rstrip("_"): value for key, value in asked.items()}
        status, body = self.raw(
            "POST", f"/practice/{name}", json.dumps(asked), {"X-Practice-Key": TOKEN}
        )
        assert status == 200, body
        return json.loads(body)

    def text(self, body, phone="+17045550142"):
        return self.lever("text", from_=phone, body=body)

    def inbox(self, phone="+17045550142"):
        """Return what a phone has received."""
        messages = self.lever("inbox", phone=phone)["messages"]
        return [m["body"] for m in messages if m["direction"] == "in"]


@pytest.fixture
def customer():
    with Customer() as customer:
        yield customer


@pytest.fixture
def open_carrier(customer):
    """Open carriers with knobs of the test's choice."""
    with ExitStack() as stack:

        def opened(**knobs):
            settings = {
                "account_sid": ACCOUNT,
                "auth_token": TOKEN,
                "api_key": "SK" + "2" * 32,
                "api_secret": "practice-api-secret",
                "messaging_service_sid": SERVICE,
                "sender": SENDER,
                "public_url": customer.url,
                "port": 0,
                "latency_ms": 0,
                "step_ms": 40,
                **knobs,
            }
            return stack.enter_context(Running(Settings(**settings)))

        yield opened


@pytest.fixture
def carrier(open_carrier):
    return open_carrier()


def eventually(condition, *, within=3):
    """Wait until something is so."""
    end = time.time() + within
    while not condition() and time.time() < end:
        time.sleep(0.01)
    assert condition()


@pytest.fixture(name="eventually")
def _eventually():
    return eventually
