import time
from random import Random

import pytest
import requests
from twilio.base.exceptions import TwilioException, TwilioRestException

from rapidresponse.errors import Misconfigured
from rapidresponse.sms.practice import Faults

PHONE = "+17045550142"
QUIET = 0.15


def taken(carrier):
    return carrier.lever("totals")["accepted"]


@pytest.mark.parametrize(
    ("fault", "status", "accepted"),
    [("429", 429, 0), ("500_before", 500, 0), ("500_after", 500, 1)],
)
def test_an_error_may_come_before_or_after_the_text_was_taken(carrier, fault, status, accepted):
    carrier.lever("knobs", faults={fault: 1})

    with pytest.raises(TwilioRestException) as caught:
        carrier.send(PHONE)

    assert caught.value.status == status
    assert taken(carrier) == accepted


@pytest.mark.parametrize(("fault", "accepted"), [("reset_before", 0), ("reset_after", 1)])
def test_a_reset_may_come_before_or_after_the_text_was_taken(carrier, fault, accepted):
    carrier.lever("knobs", faults={fault: 1})

    with pytest.raises(requests.exceptions.ConnectionError):
        carrier.send(PHONE)

    assert taken(carrier) == accepted


def test_a_carrier_may_take_a_text_and_fall_silent(carrier):
    carrier.lever("knobs", faults={"hang_after": 1, "hang_seconds": 0.3})
    began = time.time()

    with pytest.raises(requests.exceptions.ConnectionError):
        carrier.send(PHONE)

    assert time.time() - began >= 0.3
    assert taken(carrier) == 1


def test_a_good_status_may_carry_garbage(carrier):
    carrier.lever("knobs", faults={"garbage": 1})

    with pytest.raises(ValueError, match="Expecting value"):
        carrier.send(PHONE)

    assert taken(carrier) == 1


def test_the_list_may_be_down(carrier):
    carrier.lever("knobs", faults={"list_500": 1})

    with pytest.raises(TwilioException, match="HTTP 500"):
        carrier.client.messages.list(to=PHONE)


def test_callbacks_may_be_lost(carrier, customer):
    carrier.lever("knobs", faults={"callback_lost": 1})

    carrier.send(PHONE, status_callback=f"{customer.url}/cb")

    time.sleep(QUIET)
    assert customer.calls == []


def test_callbacks_may_come_twice(carrier, customer):
    carrier.lever("knobs", faults={"callback_doubled": 1})

    carrier.send(PHONE, status_callback=f"{customer.url}/cb")

    customer.hears(6)
    assert sorted(customer.statuses()) == sorted(["queued", "sent", "delivered"] * 2)


def test_callbacks_may_come_in_any_order(carrier, customer):
    carrier.lever("knobs", faults={"callback_shuffled": 1})

    for n in range(12):
        carrier.send(f"+1704555011{n % 10}", status_callback=f"{customer.url}/cb/{n}.")

    customer.hears(36)
    orders = [tuple(customer.statuses(f"/cb/{n}.")) for n in range(12)]
    assert {frozenset(order) for order in orders} == {frozenset({"queued", "sent", "delivered"})}
    assert len(set(orders)) > 1


def test_a_callback_may_come_before_the_answer(open_carrier, customer):
    carrier = open_carrier(latency_ms=100, faults=Faults.read({"callback_early": 1}))

    text = carrier.send(PHONE, status_callback=f"{customer.url}/cb")
    answered = time.time()

    assert text.status == "accepted"
    first = customer.hears(3)[0]
    assert first.at < answered
    assert customer.statuses() == ["queued", "sent", "delivered"]


def test_the_same_seed_strikes_the_same_requests():
    faults = Faults.read({"429": 0.2, "500_after": 0.1, "garbage": 0.05})

    first, second = ([faults.of_request(random) for _ in range(2000)] for random in _twins())

    assert first == second
    assert 300 < first.count("429") < 500
    assert 120 < first.count("500_after") < 280
    assert 1200 < first.count("") < 1400


def _twins():
    return Random(7), Random(7)


def test_faults_are_read_from_a_file(tmp_path):
    toml = tmp_path / "faults.toml"
    toml.write_text("429 = 0.01\n500_after = 0.02\nhang_seconds = 5\nlist_lag_seconds = 2.5\n")
    json = tmp_path / "faults.json"
    json.write_text('{"429": 0.01, "500_after": 0.02, "hang_seconds": 5, "list_lag_seconds": 2.5}')

    assert Faults.from_file(toml) == Faults.from_file(json)
    assert Faults.from_file(toml).table() == {
        "429": 0.01,
        "500_after": 0.02,
        "hang_seconds": 5,
        "list_lag_seconds": 2.5,
    }


@pytest.mark.parametrize(
    ("name", "words", "problem"),
    [
        ("a.json", "[1]", "one table"),
        ("a.json", "{", "cannot be read"),
        ("a.toml", "429 = ", "cannot be read"),
        ("a.toml", "428 = 0.1", "no such fault: 428"),
        ("a.toml", "429 = 1.5", "between 0 and 1"),
        ("a.toml", "429 = 0.6\ngarbage = 0.6", "between 0 and 1"),
        ("a.toml", "429 = -1", "429 must be a number"),
        ("a.toml", 'hang_seconds = "long"', "hang_seconds must be a number"),
    ],
)
def test_a_faults_file_that_makes_no_sense_is_refused(tmp_path, name, words, problem):
    path = tmp_path / name
    path.write_text(words)

    with pytest.raises(Misconfigured, match=problem):
        Faults.from_file(path)


def test_a_faults_file_must_be_there(tmp_path):
    with pytest.raises(Misconfigured, match="cannot be read"):
        Faults.from_file(tmp_path / "none.toml")
