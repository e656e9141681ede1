import time

import pytest
from twilio.request_validator import RequestValidator

from rapidresponse.sms.practice.refusals import LATER
from rapidresponse.sms.practice.webhooks import Patience

ACCOUNT = "AC" + "0" * 32
TOKEN = "practice-token-of-thirty-two-char"
SERVICE = "MG" + "1" * 32
SENDER = "+17045550100"
PHONE = "+17045550142"
QUIET = 0.15  # long enough for every callback of a text to have come


def test_a_service_tells_of_the_queue_the_leaving_and_the_arrival(open_carrier, customer):
    carrier = open_carrier(step_ms=100)

    text = carrier.send(PHONE, "Hello", status_callback=f"{customer.url}/cb/7")

    customer.hears(3)
    time.sleep(QUIET)
    assert customer.statuses() == ["queued", "sent", "delivered"]
    assert customer.calls[1].form == {
        "SmsSid": text.sid,
        "SmsStatus": "sent",
        "MessageStatus": "sent",
        "To": PHONE,
        "MessageSid": text.sid,
        "AccountSid": ACCOUNT,
        "From": SENDER,
        "ApiVersion": "2010-04-01",
        "MessagingServiceSid": SERVICE,
    }
    assert len(customer.calls[2].form["RawDlrDoneDate"]) == 10


def test_a_bare_sender_is_not_told_of_the_queue(carrier, customer):
    carrier.send(PHONE, "Hello", from_=SENDER, status_callback=f"{customer.url}/cb")

    customer.hears(2)
    time.sleep(QUIET)
    assert customer.statuses() == ["sent", "delivered"]
    assert "MessagingServiceSid" not in customer.calls[0].form


@pytest.mark.parametrize(
    "path", ["/cb/1", "/cb/1?b=2&a=1", "/cb/%7Ecaf%C3%A9%2F?x=%20+", "/cb/1#rc=2&rp=5xx"]
)
def test_every_callback_is_signed_over_its_exact_address(carrier, customer, path):
    carrier.send(PHONE, "Hello", status_callback=customer.url + path)

    call = customer.hears(3)[2]

    assert call.url == (customer.url + path).split("#")[0]
    assert call.headers["User-Agent"] == "TwilioProxy/1.1"
    signature = call.headers["X-Twilio-Signature"]
    assert RequestValidator(TOKEN).validate(call.url, call.form, signature)
    assert not RequestValidator("another").validate(call.url, call.form, signature)


def test_every_way_to_fail_is_told_with_its_code(carrier, customer):
    carrier.lever("knobs", step_ms=10)

    for code in LATER:
        carrier.send(f"+150055{code}", status_callback=f"{customer.url}/cb/{code}")

    customer.hears(2 * len(LATER))
    time.sleep(QUIET)
    told = {
        int(c.form["ErrorCode"]): c.form["MessageStatus"]
        for c in customer.calls
        if "ErrorCode" in c.form
    }
    assert told == {code: ending for code, (ending, _) in LATER.items()}
    assert set(customer.statuses("/30001")) == {"queued", "failed"}
    assert set(customer.statuses("/30003")) == {"queued", "sent", "undelivered"}


def test_a_failed_text_shows_why_and_never_arrives(carrier, eventually):
    sid = carrier.send("+15005530005").sid

    eventually(lambda: carrier.client.messages(sid).fetch().status == "undelivered")
    text = carrier.client.messages(sid).fetch()
    assert text.error_code == 30005
    assert text.error_message == "Unknown destination handset"
    assert carrier.inbox("+15005530005") == []


def test_one_magic_number_stays_sent_and_one_gets_through_later(carrier, customer):
    stuck = carrier.send("+15005550014", status_callback=f"{customer.url}/stuck")
    carrier.send("+15005550015", status_callback=f"{customer.url}/first")
    carrier.send("+15005550015", status_callback=f"{customer.url}/second")

    customer.hears(8)
    time.sleep(QUIET)
    assert customer.statuses("/stuck") == ["queued", "sent"]
    assert customer.statuses("/first")[-1] == "undelivered"
    assert customer.statuses("/second")[-1] == "delivered"
    assert carrier.client.messages(stuck.sid).fetch().status == "sent"


def test_a_share_of_texts_can_be_made_to_fail(open_carrier, eventually):
    carrier = open_carrier(fail_share=0.5, fail_code=30007, step_ms=10)

    for n in range(40):
        carrier.send(f"+1704555{n:04}")

    eventually(lambda: sum(carrier.lever("totals")["by_status"].values()) == 40)
    eventually(lambda: set(carrier.lever("totals")["by_status"]) == {"delivered", "undelivered"})
    assert 8 <= carrier.lever("totals")["by_status"]["undelivered"] <= 32


def test_an_error_at_the_customer_is_not_tried_again(carrier, customer, eventually):
    customer.usual = (503, "text/plain", "")

    carrier.send(PHONE, "Hello", from_=SENDER, status_callback=f"{customer.url}/cb")

    eventually(lambda: carrier.lever("totals")["callbacks_failed"] == 2)
    assert len(customer.calls) == 2


def test_an_error_is_tried_again_when_the_address_asks_for_it(carrier, customer, eventually):
    customer.answers = [(500, "text/plain", ""), (502, "text/plain", "")]

    carrier.send(PHONE, "Hello", from_=SENDER, status_callback=f"{customer.url}/cb#rc=3&rp=5xx,ct")

    eventually(lambda: carrier.lever("totals")["callbacks_sent"] == 2)
    sent = [c for c in customer.calls if c.form["MessageStatus"] == "sent"]
    assert len(sent) == 3
    assert len({c.headers["I-Twilio-Idempotency-Token"] for c in sent}) == 1
    assert len({c.headers["I-Twilio-Idempotency-Token"] for c in customer.calls}) == 2


def test_a_slow_customer_is_given_up(carrier, customer, eventually):
    customer.slow = 0.3

    carrier.send(PHONE, "Hello", from_=SENDER, status_callback=f"{customer.url}/cb#rt=100")

    eventually(lambda: carrier.lever("totals")["callbacks_failed"] == 2)
    assert carrier.lever("totals")["callbacks_sent"] == 0


def test_a_customer_who_is_not_there_fails_every_callback(carrier, eventually):
    carrier.send(PHONE, "Hello", from_=SENDER, status_callback="http://127.0.0.1:9/cb")

    eventually(lambda: carrier.lever("totals")["callbacks_failed"] == 2)


@pytest.mark.parametrize(
    ("fragment", "patience"),
    [
        ("", Patience()),
        (
            "ct=2000&rt=4000&rc=3&rp=5xx,ct,rt",
            Patience(2, 4, 15, 3, frozenset({"5xx", "ct", "rt"})),
        ),
        ("ct=1&rt=99999&rc=9&tt=50", Patience(0.1, 15, 0.1, 5)),
        ("ct=soon&e=ashburn,umatilla", Patience()),
    ],
)
def test_overrides_stay_within_twilios_limits(fragment, patience):
    assert Patience.read_from(fragment) == patience


def test_callbacks_can_be_turned_off(open_carrier, customer):
    carrier = open_carrier(callbacks=False)

    carrier.send(PHONE, "Hello", status_callback=f"{customer.url}/cb")

    time.sleep(QUIET)
    assert customer.calls == []
    assert carrier.inbox(PHONE) == ["Hello"]
