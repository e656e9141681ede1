import base64
import http.client
import json
import socket
import time

import pytest
from twilio.base.exceptions import TwilioRestException

from rapidresponse.sms.practice import Faults

ACCOUNT = "AC" + "0" * 32
TOKEN = "practice-token-of-thirty-two-char"
SENDER = "+17045550100"
PHONE = "+17045550142"
PATH = f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json"
KEY = "Basic " + base64.b64encode(f"{ACCOUNT}:{TOKEN}".encode()).decode()
FORM = "To=%2B17045550142&From=%2B17045550100&Body=Hola"
REQUEST = (
    f"POST {PATH} HTTP/1.1\r\nHost: localhost\r\nAuthorization: {KEY}\r\n"
    f"Content-Length: {len(FORM)}\r\n\r\n{FORM}"
).encode()
LIST = f"GET {PATH} HTTP/1.1\r\nHost: localhost\r\nAuthorization: {KEY}\r\n\r\n".encode()


@pytest.fixture
def lean(open_carrier):
    return open_carrier(lean=True)


def answers(line, number):
    """Read so many answers from one connection."""
    heard = b""
    while heard.count(b"HTTP/1.1 ") < number or not heard.endswith(b"}"):
        more = line.recv(65536)
        if not more:
            break
        heard += more
    return [part[:3].decode() for part in heard.split(b"HTTP/1.1 ")[1:]]


def test_the_sdk_sees_the_same_answer_as_ever(lean, open_carrier):
    usual = open_carrier()

    both = [c.send(PHONE, "¿Qué pasó?") for c in (lean, usual)]

    for name in ("status", "to", "from_", "body", "num_segments", "messaging_service_sid"):
        assert getattr(both[0], name) == getattr(both[1], name)
    assert both[0].sid != both[1].sid


def test_everything_else_still_works_on_the_same_port(lean, eventually):
    sids = [lean.send(PHONE, str(n), from_=SENDER).sid for n in range(3)]

    assert [t.sid for t in lean.client.messages.list()] == sids[::-1]
    assert [row["sid"] for row in lean.lever("log")] == sids
    eventually(lambda: lean.lever("totals")["by_status"] == {"delivered": 3})
    assert lean.inbox(PHONE) == ["0", "1", "2"]
    assert lean.client.messages(sids[0]).fetch().status == "delivered"
    # The SDK's connection has been handed over by now, and still takes texts.
    assert lean.send(PHONE, "3").status == "accepted"
    assert lean.lever("totals")["accepted"] == 4


@pytest.mark.parametrize(
    ("to", "code"), [("+15005550001", 21211), ("7045550142", 21211), (SENDER, 21266)]
)
def test_what_cannot_be_taken_is_refused_as_ever(lean, to, code):
    with pytest.raises(TwilioRestException) as caught:
        lean.send(to)

    assert caught.value.code == code
    assert lean.lever("totals")["refused_by_code"] == {str(code): 1}
    assert lean.lever("totals")["accepted"] == 0


def test_a_wrong_key_opens_nothing(lean):
    with pytest.raises(TwilioRestException) as caught:
        lean.sdk(ACCOUNT, "wrong").messages.create(to=PHONE, body="Hello", from_=SENDER)

    assert caught.value.code == 20003


def test_nobody_is_called_back_and_nothing_goes_wrong(open_carrier, customer, eventually):
    carrier = open_carrier(lean=True, faults=Faults.read({"429": 1, "list_500": 1}), step_ms=10)

    carrier.send(PHONE, status_callback=f"{customer.url}/cb")
    eventually(lambda: carrier.inbox(PHONE) == ["Hello"])
    carrier.client.messages.list()
    carrier.send(PHONE, status_callback=f"{customer.url}/cb")

    time.sleep(0.1)
    assert customer.calls == []


def test_an_answer_comes_as_late_as_the_knob_says(open_carrier):
    carrier = open_carrier(lean=True, latency_ms=120)
    carrier.send()
    began = time.perf_counter()

    carrier.send()

    assert 0.12 <= time.perf_counter() - began < 0.5


def test_a_request_may_come_a_byte_at_a_time_and_two_in_one_piece(lean):
    with socket.create_connection(("127.0.0.1", lean.port), timeout=5) as line:
        for byte in REQUEST:
            line.sendall(bytes([byte]))
        assert answers(line, 1) == ["201"]
        line.sendall(REQUEST * 2)
        assert answers(line, 2) == ["201", "201"]
        line.sendall(LIST)
        assert answers(line, 1) == ["200"]

    assert lean.lever("totals")["accepted"] == 3


@pytest.mark.parametrize("latency_ms", [0, 200])
def test_what_comes_behind_a_text_in_one_piece_is_hung_up_on(open_carrier, latency_ms):
    carrier = open_carrier(lean=True, latency_ms=latency_ms)
    with socket.create_connection(("127.0.0.1", carrier.port), timeout=5) as line:
        line.sendall(REQUEST + LIST)
        assert answers(line, 1) == ["201"]
        assert line.recv(1) == b""

    assert carrier.lever("totals")["accepted"] == 1


@pytest.mark.parametrize(
    ("request_line", "status"),
    [
        (REQUEST.replace(b"Host", b"Connection: close\r\nHost"), "201"),
        (REQUEST.replace(b"Host", b"Upgrade: h2c\r\nConnection: Upgrade\r\nHost"), "201"),
        (REQUEST.replace(b"Host", b"Broken Header\r\nHost"), "400"),
    ],
)
def test_an_unusual_request_goes_to_the_web_server(lean, request_line, status):
    with socket.create_connection(("127.0.0.1", lean.port), timeout=5) as line:
        line.sendall(request_line)
        assert line.recv(65536).decode()[9:12] == status


def test_a_body_that_waits_to_be_asked_for_is_asked_for(lean):
    line = http.client.HTTPConnection("127.0.0.1", lean.port, timeout=5)
    headers = {"Authorization": KEY, "Expect": "100-continue"}
    line.request("POST", PATH, FORM, headers)
    answer = line.getresponse()

    assert answer.status == 201
    assert json.loads(answer.read())["body"] == "Hola"
    line.close()


def test_a_customer_who_left_costs_nothing(open_carrier, eventually):
    carrier = open_carrier(lean=True, latency_ms=100)
    with socket.create_connection(("127.0.0.1", carrier.port), timeout=5) as line:
        line.sendall(REQUEST)
        eventually(lambda: carrier.lever("totals")["accepted"] == 1)

    assert carrier.send(PHONE).status == "accepted"


def test_a_stop_is_not_looked_at(lean):
    lean.text("STOP")

    assert lean.send(PHONE).status == "accepted"


def test_a_rate_and_a_cap_are_left_out(open_carrier, eventually):
    carrier = open_carrier(lean=True, rate=0.1, queue_cap=1, daily_cap=1, fail_share=1, step_ms=10)

    for _ in range(3):
        carrier.send(PHONE, from_=SENDER)

    eventually(lambda: carrier.lever("totals")["by_status"] == {"delivered": 3})


def test_a_picture_goes_the_usual_way(lean):
    assert lean.send(PHONE, "", media_url=["https://example.org/1"]).num_media == "1"
