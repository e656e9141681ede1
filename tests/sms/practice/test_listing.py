import time
from datetime import UTC, datetime, timedelta

import pytest
from twilio.base.exceptions import TwilioException, TwilioRestException

SENDER = "+17045550100"
PHONE = "+17045550142"
OTHER = "+17045550143"


def code_of(ask):
    with pytest.raises(TwilioRestException) as caught:
        ask()
    return caught.value.code


def now():
    return datetime.fromtimestamp(time.time(), UTC)


def test_texts_are_listed_newest_first(carrier):
    sids = [carrier.send(PHONE, str(n)).sid for n in range(3)]

    assert [text.sid for text in carrier.client.messages.list()] == sids[::-1]


def test_a_list_can_be_of_one_phone(carrier):
    mine = carrier.send(PHONE).sid
    carrier.send(OTHER)
    carrier.text("Hi", OTHER)

    listed = carrier.client.messages.list
    assert [text.sid for text in listed(to=PHONE)] == [mine]
    assert [text.body for text in listed(from_=OTHER)] == ["Hi"]
    assert [text.direction for text in listed(to=SENDER)] == ["inbound"]
    assert [text.to for text in listed(from_=SENDER)] == [OTHER, PHONE]
    assert listed(to="+17045550199") == []


def test_a_list_can_be_of_some_time(carrier):
    sid = carrier.send(PHONE).sid
    minute = timedelta(minutes=1)

    def listed(**asked):
        return [text.sid for text in carrier.client.messages.list(to=PHONE, **asked)]

    assert listed(date_sent_after=now() - minute) == [sid]
    assert listed(date_sent_after=now() + minute) == []
    assert listed(date_sent_before=now() + minute) == [sid]
    assert listed(date_sent_before=now() - minute) == []
    assert listed(date_sent=now().date()) == [sid]
    assert listed(date_sent=now().date() - timedelta(days=2)) == []


def test_a_long_list_comes_in_pages_that_new_texts_do_not_shift(carrier):
    sids = [carrier.send(PHONE, str(n)).sid for n in range(7)]
    first = carrier.client.messages.page(to=PHONE, page_size=3)
    carrier.send(PHONE, "newer")

    second = first.next_page()
    third = second.next_page()

    assert [[text.sid for text in page] for page in (first, second, third)] == [
        sids[:3:-1],
        sids[3:0:-1],
        sids[0::-1],
    ]
    assert third.next_page_url is None


def test_the_sdk_walks_through_all_pages_by_itself(carrier):
    for n in range(7):
        carrier.send(PHONE, str(n))

    assert len(carrier.client.messages.list(page_size=2)) == 7
    assert len(carrier.client.messages.list(page_size=2, limit=5)) == 5


def test_a_list_may_lag_behind_what_was_taken(open_carrier, eventually):
    carrier = open_carrier()
    carrier.lever("knobs", faults={"list_lag_seconds": 0.3})
    sid = carrier.send(PHONE).sid

    assert carrier.client.messages.list(to=PHONE) == []
    assert carrier.client.messages(sid).fetch().sid == sid
    eventually(lambda: [t.sid for t in carrier.client.messages.list(to=PHONE)] == [sid])


def test_a_finished_text_can_be_emptied_and_deleted(carrier, eventually):
    sid = carrier.send(PHONE).sid
    eventually(lambda: carrier.client.messages(sid).fetch().status == "delivered")

    emptied = carrier.client.messages(sid).update(body="")
    deleted = carrier.client.messages(sid).delete()

    assert emptied.body == ""
    assert deleted is True
    assert code_of(lambda: carrier.client.messages(sid).fetch()) == 20404
    assert carrier.client.messages.list() == []


def test_a_text_on_its_way_cannot_be_emptied_or_deleted(open_carrier):
    carrier = open_carrier(step_ms=5000)
    text = carrier.client.messages(carrier.send(PHONE).sid)

    assert code_of(text.delete) == 20009
    assert code_of(lambda: text.update(body="")) == 20009


def test_a_text_in_the_queue_can_be_canceled(open_carrier, customer):
    carrier = open_carrier(step_ms=300)
    text = carrier.client.messages(carrier.send(PHONE, status_callback=f"{customer.url}/cb").sid)

    assert text.update(status="canceled").status == "canceled"
    time.sleep(0.7)
    assert customer.statuses() == []
    assert carrier.inbox(PHONE) == []


def test_a_text_that_left_cannot_be_canceled(carrier, eventually):
    text = carrier.client.messages(carrier.send(PHONE).sid)
    eventually(lambda: text.fetch().status == "delivered")

    assert code_of(lambda: text.update(status="canceled")) == 30409
    assert code_of(lambda: text.update(status="canceled", body="")) == 30400
    assert code_of(lambda: text.update(body="other words")) == 20001


def test_a_text_can_be_scheduled(carrier):
    in_an_hour = now() + timedelta(hours=1)

    text = carrier.send(PHONE, schedule_type="fixed", send_at=in_an_hour)

    assert text.status == "scheduled"
    assert carrier.client.messages(text.sid).update(status="canceled").status == "canceled"
    soon = now() + timedelta(minutes=5)
    assert code_of(lambda: carrier.send(PHONE, schedule_type="fixed", send_at=soon)) == 35111


def test_no_text_by_that_name(carrier):
    assert code_of(lambda: carrier.client.messages("SM" + "f" * 32).fetch()) == 20404
    with pytest.raises(TwilioException, match="20001"):
        carrier.client.messages.list(date_sent="yesterday")
