import time

import pytest
from twilio.base.exceptions import TwilioRestException

from rapidresponse.sms.practice.line import Line

SENDER = "+17045550100"
PHONE = "+17045550142"


def test_texts_leave_at_the_pace_of_their_segments():
    line = Line()

    leaving = [line.join(segments, 100, rate=2) for segments in (1, 3, 1)]

    assert leaving == [100, 100.5, 102]
    assert line.waiting(100, rate=2) == 5
    assert line.join(1, 200, rate=2) == 200


def test_no_rate_is_no_line():
    line = Line()

    assert [line.join(10, 100, rate=0) for _ in range(3)] == [100, 100, 100]


def test_the_carrier_sends_no_faster_than_its_rate(open_carrier, customer):
    carrier = open_carrier(rate=10, step_ms=10)

    for n in range(5):
        carrier.send(f"+1704555014{n}", from_=SENDER, status_callback=f"{customer.url}/cb")

    sent = [c.at for c in customer.hears(10) if c.form["MessageStatus"] == "sent"]
    assert 0.35 < sent[-1] - sent[0] < 2


def test_a_full_line_refuses_a_bare_sender_and_fails_a_service_later(
    open_carrier, customer, eventually
):
    carrier = open_carrier(rate=0.1, queue_cap=2)
    carrier.send(from_=SENDER)
    carrier.send(from_=SENDER)

    with pytest.raises(TwilioRestException) as caught:
        carrier.send(from_=SENDER)
    late = carrier.send(status_callback=f"{customer.url}/cb")

    assert caught.value.code == 21611
    assert late.status == "accepted"
    eventually(lambda: carrier.client.messages(late.sid).fetch().error_code == 30001)
    assert customer.hears(2)[-1].form["ErrorCode"] == "30001"


def test_a_text_that_waited_too_long_is_dropped(open_carrier, customer):
    carrier = open_carrier(rate=0.5, step_ms=10)
    carrier.send("+17045550143")
    began = time.time()

    carrier.send(PHONE, validity_period=1, status_callback=f"{customer.url}/cb")

    last = customer.hears(2)[-1]
    assert last.form["MessageStatus"] == "failed"
    assert last.form["ErrorCode"] == "30036"
    assert last.at - began >= 1
    assert carrier.inbox(PHONE) == []
