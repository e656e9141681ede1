import json
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapidresponse.errors import InvalidReport
from rapidresponse.rules import report
from tests.network import payload

NOW = datetime(2026, 11, 24, 10, 40, tzinfo=UTC)


def read(body):
    return report.read(json.dumps(body).encode(), now=NOW)


def problems(body):
    with pytest.raises(InvalidReport) as refused:
        read(body)
    return dict(refused.value.problems)


def test_the_report_of_the_contract_is_read():
    call = read(
        {
            "type": "report.verified",
            "report": "their-own-id-814",
            "activity": "street",
            "seen_at": "2026-11-24T10:31:00Z",
            "place": {"zip": "28205"},
            "radius_miles": 3,
            "where": "Central Ave & The Plaza",
            "agency": "ICE",
            "people": 4,
            "vehicles": 2,
            "verified": {
                "how": "on_scene",
                "at": "2026-11-24T10:36:00Z",
                "by": "r-17",
                "approved_by": "d-4",
            },
            "expires_in_minutes": 60,
        }
    )

    assert (call.kind, call.report) == ("alert", "their-own-id-814")
    assert call.facts["place"] == {"zip": "28205"}


@pytest.mark.parametrize(
    ("kind", "means"),
    [("report.updated", "update"), ("report.ended", "ended"), ("report.corrected", "corrected")],
)
def test_a_follow_up_needs_its_kind_and_its_report(kind, means):
    call = read({"type": kind, "report": "r-1"})

    assert (call.kind, call.report) == (means, "r-1")
    assert problems({"type": kind}) == {"/report": "Is missing."}


@pytest.mark.parametrize(
    "place",
    [
        {"zip": "28205"},
        {"county_fips": "37119"},
        {"city": "Charlotte", "state": "NC"},
        {"city": "Cañón City", "state": "CO"},
        {"city": "O'Fallon", "state": "MO"},
        {"city": "Winston-Salem", "state": "NC"},
        {"latitude": 35.22, "longitude": -80.84},
        {"latitude": 35, "longitude": -80},
    ],
)
def test_every_kind_of_place_is_read(place):
    radius = 3 if {"zip", "latitude"} & set(place) else None

    assert read(payload(NOW, place=place, radius_miles=radius)).facts["place"] == place


@pytest.mark.parametrize(
    ("name", "least", "most"),
    [
        ("radius_miles", 0.5, 50),
        ("people", 0, 500),
        ("vehicles", 0, 500),
        ("expires_in_minutes", 5, 720),
    ],
)
def test_the_ends_of_a_range_belong_to_it(name, least, most):
    for value in (least, most):
        assert read(payload(NOW, **{name: value})).facts[name] == value
    for value in (least - 0.1, most + 1, -most):
        assert list(problems(payload(NOW, **{name: value}))) == [f"/{name}"]


@pytest.mark.parametrize("activity", report.ACTIVITIES)
@pytest.mark.parametrize("agency", report.AGENCIES)
def test_every_activity_and_agency_is_known(activity, agency):
    facts = read(payload(NOW, activity=activity, agency=agency)).facts

    assert (facts["activity"], facts["agency"]) == (activity, agency)


def test_the_times_may_lie_a_little_ahead_and_a_day_back():
    for seen in (NOW + timedelta(minutes=5), NOW - timedelta(hours=24)):
        body = payload(seen)

        assert read(body).facts["seen_at"] == body["seen_at"]


def test_a_time_means_the_same_moment_however_it_is_written():
    written = ["2026-11-24T10:31:00Z", "2026-11-24T05:31:00-05:00", "2026-11-24T10:31:00.000Z"]

    assert {report.moment(text) for text in written} == {datetime(2026, 11, 24, 10, 31, tzinfo=UTC)}


def test_problems_are_plain_words():
    found = problems(payload(NOW, activity="raid", place={"zip": 1}, where="12 Elm St", plate="x"))

    assert found == {
        "/activity": "Must be one of home, work, street, court, checkpoint, detention.",
        "/place/zip": "Must be a ZIP code of 5 digits, as text.",
        "/where": "Must be a crossing or a landmark, without a house or unit number.",
        "/plate": "There is no such member here.",
    }


def test_a_long_member_is_pointed_at_briefly():
    [at] = problems(payload(NOW, **{"x" * 5000: 1}))

    assert at == "/" + "x" * 64


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
MEMBERS = sorted({*report.VERIFIED, *report.FOLLOW_UP, *report.PLACE, *report.VERIFIED_BY})


@given(st.dictionaries(st.sampled_from(MEMBERS), anything, max_size=6), st.sampled_from(MEMBERS))
def test_whatever_is_in_a_report_it_is_read_or_refused(changes, nest):
    for body in (payload(NOW) | changes, {**payload(NOW), nest: changes}, changes):
        with suppress(InvalidReport):
            assert read(body).kind in report.KINDS.values()


@given(st.binary(max_size=200))
def test_whatever_the_bytes_they_are_refused(body):
    with pytest.raises(InvalidReport):
        report.read(body, now=NOW)
