"""What a worker makes of the carrier's answers, on both databases, with the real SDK."""

import pytest
import sqlalchemy as sa

import workers.jobs
from rapidresponse.actions import (
    alarms,
    alerts,
    counts,
    deliveries,
    expansion,
    outcomes,
    senders,
    settling,
)
from rapidresponse.errors import Conflict
from rapidresponse.rules.lifecycle import DeliveryState as D
from rapidresponse.rules.lifecycle import News
from rapidresponse.store.models import Alarm, Alert, AlertText, Delivery, Sender, Subscriber
from tests import make

OPTED_OUT, NO_MOBILE, CANNOT_BE_SENT = "+15005521610", "+15005521614", "+15005521617"
UNKNOWN_TO_THE_CARRIER = "MG" + "0" * 32


def send(network, **changes):
    """Report, and let the workers work; return the alert's id."""
    answer = network.partner(name=f"Partner {changes}").report(**changes)
    assert answer.status_code == 202, answer.json
    network.run()
    return answer.json["alert"]


def states(network, alert):
    return network.told(alert)["counts"]


def person(network, key):
    with network.wiring.look() as work:
        return work.session.get(Subscriber, key)


@pytest.mark.parametrize(
    ("phone", "delivery", "subscriber"),
    [
        (OPTED_OUT, "suppressed", "left"),
        (NO_MOBILE, "failed", "barred"),
        (CANNOT_BE_SENT, "failed", "active"),
    ],
)
def test_each_refusal_means_what_the_carrier_says(network, phone, delivery, subscriber):
    key = make.subscriber(network, phone)

    alert = send(network)

    assert states(network, alert) == {delivery: 1}
    assert network.told(alert)["state"] == "done"
    assert person(network, key).state == subscriber


def test_whoever_cannot_be_texted_keeps_no_number_with_us(network):
    key = make.subscriber(network, NO_MOBILE)

    send(network)

    assert person(network, key).phone is None
    assert person(network, key).phone_index is None


def test_another_sender_takes_over_when_one_is_refused(network):
    network.people(30)
    with network.wiring.work() as work:
        senders.add(work, UNKNOWN_TO_THE_CARRIER, per_second=0, weight=30_000)
        senders.ensure(work, network.wiring.config)
        for row in senders.every(work):
            row.weight = 30_000 if row.name == UNKNOWN_TO_THE_CARRIER else 1

    alert = send(network)
    network.run()

    totals = network.carrier.totals()
    assert (totals["accepted"], totals["most_to_one_phone"]) == (30, 1)
    assert states(network, alert) == {"accepted": 30}
    with network.wiring.look() as work:
        assert [alarm.kind for alarm in alarms.open_ones(work)] == ["sender"]


def test_with_every_sender_refused_nothing_is_lost_and_it_goes_on_when_one_is_back(network, clock):
    network.people(10)
    with network.wiring.work() as work:
        work.session.add(Sender(name=UNKNOWN_TO_THE_CARRIER, per_second=0, weight=1))
    jobs = workers.jobs.sender()
    with network.wiring.work() as work:
        [row] = [row for row in senders.every(work) if row.name != UNKNOWN_TO_THE_CARRIER]
        ours, row.stopped_until = row.id, work.moment + 3600
    jobs.senders.forget()
    alert = network.partner().report().json["alert"]

    network.run()
    assert network.carrier.totals()["accepted"] == 0
    with network.wiring.work() as work:
        work.get(Sender, ours).stopped_until = 0
    jobs.senders.forget()
    clock.forward(seconds=10)
    network.tick()

    assert states(network, alert) == {"accepted": 10}


def test_an_alert_whose_first_texts_are_mostly_refused_is_paused_and_calls_a_person(network):
    network.people(60)
    alert = network.partner().report().json["alert"]
    with network.wiring.work() as work:
        expansion.expand(work, alert, per_second=0)
    with network.wiring.work() as work:
        claim = deliveries.claim(work, 1, owner="test")
        assert claim
        deliveries.intend(work, claim, low=1, high=25, sender=1)
    with network.wiring.work() as work:
        rows = [(seq, D.ACCEPTED if seq > 15 else D.FAILED) for seq in range(1, 26)]
        outcomes.record(work, alert, [News(seq, 1, state, code=21617) for seq, state in rows])
        alerts.check_canary(work, alert)

    told = network.told(alert)

    assert (told["state"], told["why"]) == ("paused", "most texts are refused")
    with network.wiring.look() as work:
        assert [alarm.kind for alarm in alarms.open_ones(work)] == ["canary"]


def test_a_halted_alert_sends_nothing_more(network):
    network.people(40)
    alert = network.partner().report().json["alert"]

    with network.wiring.work() as work:
        alerts.halt(work, alert)
    network.run()
    network.tick()

    assert network.carrier.totals()["accepted"] == 0
    assert network.told(alert)["state"] == "halted"


def test_a_paused_alert_waits_and_then_goes_on(network):
    network.people(40)
    alert = network.partner().report().json["alert"]
    with network.wiring.work() as work:
        alerts.pause(work, alert)
    network.run()
    assert network.carrier.totals()["accepted"] == 0

    with network.wiring.work() as work:
        alerts.resume(work, alert)
    network.run()

    assert network.carrier.totals()["accepted"] == 40
    assert network.told(alert)["state"] == "done"


def test_an_alert_whose_time_is_over_sends_nothing_more(network, clock):
    network.people(40)
    alert = network.partner().report(expires_in_minutes=5).json["alert"]

    clock.forward(minutes=6)
    network.tick()
    network.tick()

    assert network.carrier.totals()["accepted"] == 0
    assert network.told(alert)["state"] == "expired"


def test_an_alert_without_words_in_a_language_is_not_started(network):
    network.people(3)
    alert = network.partner(trust="review").report().json["alert"]
    with network.wiring.work() as work:
        work.session.delete(work.session.get(AlertText, (alert, "es")))

    with network.wiring.work() as work, pytest.raises(Conflict, match="no text in es"):
        alerts.start(work, work.get(Alert, alert))


def test_a_correction_stops_the_alert_and_reaches_those_who_had_it(network):
    network.people(30)
    partner = network.partner()
    report = partner.report(report="mistake")
    network.run()
    network.people(5)  # they came after the alert, and never had it

    answer = partner.post({"type": "report.corrected", "report": "mistake", "found": "police"})
    network.run()

    assert answer.json["audience"] == 30
    assert states(network, answer.json["alert"]) == {"accepted": 30}
    assert states(network, report.json["alert"]) == {"accepted": 30}


def test_a_correction_halts_an_alert_that_is_still_on_its_way(network):
    network.people(30)
    partner = network.partner()
    first = partner.report(report="mistake").json["alert"]

    partner.post({"type": "report.corrected", "report": "mistake"})
    network.run()

    assert network.told(first)["state"] == "halted"
    assert network.carrier.totals()["accepted"] == 0


def test_receipts_that_were_lost_are_learned_from_the_carriers_list(network, clock):
    network.people(10)
    alert = send(network)
    assert states(network, alert) == {"accepted": 10}

    clock.forward(seconds=settling.ASK_AGAIN_SECONDS[0] + 1)
    network.tick()

    assert states(network, alert) == {"delivered": 10}


def test_counts_that_drift_from_the_rows_are_found(network):
    network.people(4)
    alert = send(network)
    with network.wiring.look() as work:
        assert counts.drift(work, alert) == {}

    with network.wiring.work() as work:
        work.session.execute(
            sa.update(Delivery)
            .where(Delivery.alert_id == alert, Delivery.seq == 1)
            .values(state="failed")
        )

    with network.wiring.look() as work:
        assert counts.drift(work, alert) == {"accepted": 1, "failed": -1}


def test_a_small_alert_starts_before_a_large_one_goes_on(network):
    network.people(1500)
    network.people(5, zip_code="10001")
    large = network.partner().report(radius_miles=None).json["alert"]
    with network.wiring.work() as work:
        expansion.expand(work, large, per_second=100)

    small = network.partner(name="Other").report(place={"zip": "10001"}, radius_miles=None)
    network.run()

    order = [line["to"] for line in network.carrier.log(limit=2000)]
    with network.wiring.look() as work:
        assert work.session.scalar(sa.select(sa.func.count()).select_from(Alarm)) == 0
    told = network.told(small.json["alert"])
    assert told["first_text_at"] <= network.told(large)["last_text_at"]
    assert len(order) == 1505
