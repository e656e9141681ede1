from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from rapidresponse.sms.practice.allowance import Allowance

SENDER = "+17045550100"
PHONE = "+17045550142"


def at(moment, zone="America/Los_Angeles"):
    return datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo(zone)).timestamp()


def test_a_text_that_does_not_fit_leaves_room_for_a_smaller_one():
    allowance, noon = Allowance(), at("2026-11-24T12:00")

    covered = [allowance.covers(segments, noon, cap=4) for segments in (2, 3, 2, 1)]

    assert covered == [True, False, True, False]


@pytest.mark.parametrize("day", ["2026-11-24", "2026-07-04", "2026-11-01", "2026-03-08"])
def test_a_day_ends_at_midnight_pacific(day):
    allowance = Allowance()
    late = at(f"{day}T23:59:59")

    assert allowance.covers(3, at(f"{day}T00:00"), cap=3)
    assert not allowance.covers(1, late, cap=3)
    assert allowance.covers(1, late + 1, cap=3)


def test_midnight_elsewhere_changes_nothing():
    allowance = Allowance()

    assert allowance.covers(1, at("2026-11-24T23:59", "America/New_York"), cap=1)
    assert not allowance.covers(1, at("2026-11-25T00:01", "America/New_York"), cap=1)


def test_a_cap_that_comes_later_counts_what_went_before():
    allowance, noon = Allowance(), at("2026-11-24T12:00")

    assert all(allowance.covers(100, noon, cap=0) for _ in range(3))
    assert not allowance.covers(1, noon, cap=300)


def test_texts_over_the_cap_are_taken_and_come_back_undelivered(open_carrier, customer, eventually):
    carrier = open_carrier(daily_cap=3, step_ms=10)

    carrier.send(PHONE, "á" * 71)
    over = carrier.send(PHONE, "á" * 71, status_callback=f"{customer.url}/cb")
    carrier.send(PHONE, "Hello", from_=SENDER)

    last = customer.hears(3)[-1]
    assert (over.status, over.error_code) == ("accepted", None)
    assert (last.form["MessageStatus"], last.form["ErrorCode"]) == ("undelivered", "30023")
    eventually(
        lambda: carrier.lever("totals")["by_status"] == {"delivered": 2, "undelivered": 1},
    )
    assert carrier.client.messages(over.sid).fetch().error_code == 30023


def test_a_text_that_never_leaves_uses_nothing_up(open_carrier, eventually):
    carrier = open_carrier(daily_cap=1, step_ms=10)
    carrier.send("+15005530001")
    carrier.send(PHONE)
    carrier.lever("reset")
    carrier.send(PHONE)

    eventually(lambda: carrier.lever("totals")["by_status"] == {"delivered": 1})
