from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from rapidresponse.rules.report import ACTIVITIES
from rapidresponse.rules.segments import measure
from rapidresponse.store.models import Delivery
from tests.network import payload
from tests.rows import queued, rows

RIGHTS = {
    "home": ("You need not open without a judge's warrant.", "Sin orden de juez"),
    "work": ("You may stay silent.", "Puede callar."),
    "street": ("Ask: Am I free to go?", "Pregunte si puede irse."),
    "court": ("Ask a lawyer before you miss a hearing.", "Hable con un abogado"),
    "checkpoint": ("You may stay silent.", "Puede callar."),
    "detention": ("Call a lawyer today, don't sign.", "Llame hoy a un abogado"),
}
HOW = {
    "on_scene": ("an observer", "un observador"),
    "two_sources": ("two sources", "dos fuentes"),
    "photo": ("a photo", "una foto"),
}


@pytest.fixture
def neighbours(network):
    """Sam reads English, Lupe Spanish, and Marta has not told us."""
    sam, lupe, marta = (network.phone(f"+1704555010{n}") for n in (1, 2, 3))
    sam.join()
    lupe.join(word="UNIRSE", yes="SI")
    marta.text("28205")
    marta.text("OK")
    return sam, lupe, marta


@pytest.mark.parametrize(
    ("activity", "how"), list(zip(ACTIVITIES, [*HOW, *HOW], strict=True)), ids=ACTIVITIES
)
def test_every_activity_is_told_with_all_that_a_person_needs(network, neighbours, activity, how):
    now = network.wiring.clock()
    verified = payload(now)["verified"] | {"how": how}

    answer = network.partner().report(activity=activity, verified=verified)
    network.run()

    told = network.told(answer.json["alert"])
    local = datetime.fromtimestamp(now.timestamp(), ZoneInfo("America/New_York"))
    clock = f"{local:%I:%M%p}".lstrip("0").lower()
    (english,), (spanish,), (both,) = (phone.inbox for phone in neighbours)
    for body, languages in ((english, 1), (spanish, 1), (both, 2)):
        assert body.startswith(f"RedVecina {told['ref']} Charlotte 28205, {clock}")
        assert "ICE" in body
        assert body.count("704-555-0142") == 1
        cost = measure(body)
        assert (cost.encoding, cost.count) == ("GSM-7", languages)
    assert RIGHTS[activity][0] in english
    assert RIGHTS[activity][1] in spanish
    assert f"Verified by {HOW[how][0]}." in english
    assert f"Verificado por {HOW[how][1]}." in spanish
    assert all(words in both for words in HOW[how])
    assert "Central Ave" not in english + spanish + both


@pytest.mark.parametrize(
    ("place", "area", "zone"),
    [
        ({"zip": "90011"}, "90011", "America/Los_Angeles"),
        ({"county_fips": "17031"}, "Cook County IL", "America/Chicago"),
        ({"city": "El Paso", "state": "TX"}, "El Paso TX", "America/Denver"),
        ({"latitude": 35.2271, "longitude": -80.8431}, "Charlotte NC", "America/New_York"),
        ({"zip": "00907"}, "00907", "America/Puerto_Rico"),
    ],
)
def test_every_kind_of_place_is_named_coarsely_with_its_own_clock(network, place, area, zone):
    radius = 3 if "latitude" in place else None

    answer = network.partner().report(place=place, radius_miles=radius)

    told = network.told(answer.json["alert"])
    [alert] = rows(network.wiring)["alerts"]
    local = network.wiring.clock().astimezone(ZoneInfo(zone))
    words = [row.body for row in rows(network.wiring)["alert_texts"]]
    assert answer.status_code == 202
    assert area in told["area"]
    assert alert.timezone == zone
    assert all(f"{local:%I:%M%p}".lstrip("0").lower() in body for body in words)
    assert all(told["area"] in body for body in words)


@pytest.mark.parametrize(
    "spelled", ["{:%Y-%m-%dT%H:%M:%S}+00:00", "{:%Y-%m-%dT%H:%M:%S.%f}Z", "{:%Y-%m-%dT%H:%M:%S}Z"]
)
def test_a_time_may_be_spelled_in_every_usual_way(network, spelled):
    now = network.wiring.clock()
    seen = spelled.format(now)
    verified = payload(now)["verified"] | {"at": seen}

    assert network.partner().report(seen_at=seen, verified=verified).status_code == 202


@pytest.mark.parametrize(
    "left_out", ["where", "agency", "people", "vehicles", "expires_in_minutes", "radius_miles"]
)
def test_what_is_not_known_may_be_left_out(network, left_out):
    assert network.partner().report(**{left_out: None}).status_code == 202


def test_a_report_where_nobody_follows_is_taken_and_done(network):
    answer = network.partner().report(place={"zip": "59001"}, radius_miles=None)
    network.run()

    told = network.told(answer.json["alert"])
    assert answer.json["audience"] == 0
    assert (told["state"], told["why"]) == ("done", "nobody follows this area")


FOLLOW_UPS = {
    "report.updated": ({}, "still there", "sigue habiendo"),
    "report.ended": ({}, "ended", "fin, ya no se ve"),
    "report.corrected": ({"found": "police"}, "It was local police", "Era patrulla local"),
}


@pytest.mark.parametrize("kind", FOLLOW_UPS)
def test_a_follow_up_reaches_those_who_were_texted_and_have_not_left(network, neighbours, kind):
    more, english, spanish = FOLLOW_UPS[kind]
    sam, lupe, marta = neighbours
    partner = network.partner()
    first = partner.report(report="r-1")
    network.run()
    late = network.phone("+17045550104")
    late.join()
    marta.text("ALTO")
    now = payload(network.wiring.clock())["seen_at"]

    answer = partner.post({"type": kind, "report": "r-1", "at": now, **more})
    network.run()

    ref = network.told(first.json["alert"])["ref"]
    assert (answer.status_code, answer.json["audience"]) == (202, 2)
    assert english in sam.inbox[1]
    assert spanish in lupe.inbox[1]
    assert all(f"RedVecina {ref} Charlotte 28205" in phone.inbox[1] for phone in (sam, lupe))
    assert [len(phone.inbox) for phone in (sam, lupe, marta, late)] == [2, 2, 1, 0]
    assert measure(sam.inbox[1]).count == measure(lupe.inbox[1]).count == 1


def test_whoever_was_never_texted_gets_no_follow_up(network, neighbours):
    sam, lupe, _ = neighbours
    partner = network.partner()
    partner.report(report="r-1")
    network.run()
    with network.wiring.work() as work:
        states = {1: "failed", 2: "undelivered"}
        for row in work.session.scalars(sa.select(Delivery).where(Delivery.seq.in_(states))):
            row.state = states[row.seq]

    answer = partner.post({"type": "report.ended", "report": "r-1"})
    network.run()

    assert answer.json["audience"] == 1
    assert len(network.carrier.log()) == 4
    assert {len(sam.inbox), len(lupe.inbox)} <= {1, 2}


def test_a_follow_up_of_a_report_that_nobody_knows_is_refused(network):
    partner, other = network.partner(name="One"), network.partner(name="Other")
    other.report(report="r-1")
    before = rows(network.wiring)

    answer = partner.post({"type": "report.ended", "report": "r-1"})

    assert answer.status_code == 400
    assert [error["at"] for error in answer.json["errors"]] == ["/report"]
    assert rows(network.wiring) == before


def test_a_follow_up_waits_for_the_person_who_looks_at_the_first(network):
    partner = network.partner("review")
    partner.report(report="r-1")
    before = rows(network.wiring)

    answer = partner.post({"type": "report.ended", "report": "r-1"})

    assert answer.status_code == 409
    assert rows(network.wiring) == before


def test_a_report_may_be_updated_many_times(network, neighbours):
    partner = network.partner()
    partner.report(report="r-1")
    network.run()

    answers = [partner.post({"type": "report.updated", "report": "r-1"}) for _ in range(3)]
    network.run()

    assert [answer.json["audience"] for answer in answers] == [3, 3, 3]
    assert [len(phone.inbox) for phone in neighbours] == [4, 4, 4]


BAD_FOLLOW_UPS: dict[str, Any] = {
    "no report": ({"report": None}, ["/report"]),
    "a place": ({"place": {"zip": "10001"}}, ["/place"]),
    "an activity": ({"activity": "home"}, ["/activity"]),
    "a radius": ({"radius_miles": 3}, ["/radius_miles"]),
    "a time that is none": ({"at": "now"}, ["/at"]),
    "an unknown finding": ({"found": "nobody"}, ["/found"]),
    "a finding that is a list": ({"found": []}, ["/found"]),
    "a house": ({"where": "1200 Central Ave"}, ["/where"]),
    "half verified": ({"verified": {"how": "photo"}}, "/verified"),
}


@pytest.mark.parametrize("case", BAD_FOLLOW_UPS)
def test_a_follow_up_that_is_wrong_is_refused(network, case):
    changes, where = BAD_FOLLOW_UPS[case]
    partner = network.partner()
    partner.report(report="r-1")
    before = rows(network.wiring)
    body = {"type": "report.updated", "report": "r-1"} | changes

    answer = partner.post({name: value for name, value in body.items() if value is not None})

    found = [error["at"] for error in answer.json["errors"]]
    assert answer.status_code == 400
    assert found == where or all(at.startswith(f"{where}/") for at in found)
    assert rows(network.wiring) == before


def test_when_the_record_cannot_be_written_nothing_is_kept_and_sending_again_works(
    network, record_is_read_only
):
    partner, body = network.partner(), payload(network.wiring.clock())
    before = rows(network.wiring)

    with record_is_read_only():
        refused = partner.post(body, call_id="msg_once")
    kept = rows(network.wiring)
    again = partner.post(body, call_id="msg_once")

    assert refused.status_code == 503
    assert refused.headers["Retry-After"]
    assert refused.json["errors"][0]["problem"] == "The record cannot be written to just now."
    assert kept == before
    assert again.status_code == 202
    assert queued(network.wiring) == 1


def test_when_redis_is_away_a_report_is_taken_and_the_clock_sends_it(
    network, neighbours, clock, monkeypatch
):
    away = network.wiring.queue
    monkeypatch.setattr(network.wiring, "queue", dead_queue())

    answer = network.partner().report()
    monkeypatch.setattr(network.wiring, "queue", away)
    before = queued(network.wiring)
    clock.forward(seconds=5)
    network.tick()

    assert (answer.status_code, before) == (202, 0)
    assert [len(phone.inbox) for phone in neighbours] == [1, 1, 1]


def dead_queue():
    from rapidresponse.queue import RedisQueue, connect  # noqa: PLC0415 - one test only

    return RedisQueue(connect("unix:///nowhere/at/all"))


@pytest.mark.parametrize("kind", ["report.ended", "report.corrected"])
def test_what_is_taken_back_before_it_left_is_never_heard(network, neighbours, kind):
    partner = network.partner()
    first = partner.report(report="r-1").json["alert"]

    answer = partner.post({"type": kind, "report": "r-1"})
    network.run()

    assert answer.json["audience"] == 0
    assert network.told(first)["state"] == "halted"
    assert [phone.inbox for phone in neighbours] == [[], [], []]


def test_a_follow_up_is_not_held_back_by_a_cap(network, neighbours):
    partner = network.partner()
    partner.report(report="r-1")
    network.run()
    while partner.report(place={"zip": "59001"}, radius_miles=None).json["state"] == "sending":
        pass

    answer = partner.post({"type": "report.ended", "report": "r-1"})
    network.run()

    assert answer.json["state"] == "sending"
    assert [len(phone.inbox) for phone in neighbours] == [2, 2, 2]
