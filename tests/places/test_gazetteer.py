import json
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapidresponse.errors import UnknownPlace
from rapidresponse.places.states import BY_CODE

CASES = json.loads(Path(__file__).with_name("cases.json").read_text())
KNOWN = [case for case in CASES["zip_cases"] if case["counties"]]
REFUSED = [case for case in CASES["zip_cases"] if not case["counties"]]

# The machine may be busy, so no example is against the clock.
patiently = settings(deadline=None, max_examples=50)
inland = {"latitude": st.floats(33, 47), "longitude": st.floats(-117, -82)}


@pytest.mark.parametrize("case", KNOWN, ids=lambda case: case["zip"])
def test_facts_about_zips(gazetteer, case):
    place = gazetteer.place(case["zip"])

    assert (place.city, place.state) == (case["city"], case["state"])
    assert gazetteer.counties_of(case["zip"]) == case["counties"]
    assert place.county == case["counties"][0]


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case["zip"])
def test_zips_without_a_place_are_refused(gazetteer, case):
    assert gazetteer.find(case["zip"]) is None
    with pytest.raises(UnknownPlace):
        gazetteer.place(case["zip"])


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("09012", "military"),
        ("34001", "military"),
        ("00001", "not a ZIP code we know"),
        ("96960", "outside the United States"),
        ("abcde", "five digits"),
        ("2820", "five digits"),
        ("282055", "five digits"),
        ("²8205", "five digits"),
        ("2 205", "five digits"),
        ("", "five digits"),
    ],
)
def test_a_refusal_says_why(gazetteer, code, words):
    with pytest.raises(UnknownPlace, match=words):
        gazetteer.place(code)


def test_a_retired_zip_is_refused_as_retired(gazetteer):
    assert gazetteer.refusal("28250") == "retired"
    assert gazetteer.refusal("28205") is None
    with pytest.raises(UnknownPlace, match="no longer uses"):
        gazetteer.place("28250")


@pytest.mark.parametrize(
    ("code", "kind", "clock"),
    [
        ("28205", "standard", "America/New_York"),
        ("28231", "po_box", "America/New_York"),
        ("12345", "unique", "America/New_York"),
        ("79901", "standard", "America/Denver"),
        ("86515", "po_box", "America/Denver"),
        ("99634", "po_box", "America/Anchorage"),
        ("00901", "standard", "America/Puerto_Rico"),
        ("96910", "standard", "Pacific/Guam"),
    ],
)
def test_kinds_and_clocks(gazetteer, code, kind, clock):
    place = gazetteer.place(code)

    assert (place.kind, place.timezone) == (kind, clock)


@pytest.mark.parametrize(
    ("fips", "name", "state"),
    [
        ("37119", "Mecklenburg County", "NC"),
        ("22071", "Orleans Parish", "LA"),
        ("24510", "Baltimore city", "MD"),
        ("72127", "San Juan Municipio", "PR"),
        ("09120", "Greater Bridgeport Planning Region", "CT"),
        ("46102", "Oglala Lakota County", "SD"),
    ],
)
def test_counties_have_their_full_names(gazetteer, fips, name, state):
    county = gazetteer.county(fips)

    assert (county.name, county.state) == (name, state)


@pytest.mark.parametrize("fips", ["99999", "00000", "abc", "", "3711", "371190"])
def test_an_unknown_county_is_refused(gazetteer, fips):
    with pytest.raises(UnknownPlace):
        gazetteer.county(fips)


@pytest.mark.parametrize("digits", ["", "abc", "99999", "3711"])
def test_what_is_not_there_has_nothing_in_it(gazetteer, digits):
    assert gazetteer.in_county(digits) == []
    assert gazetteer.counties_of(digits) == []
    assert gazetteer.outline(digits) == ()
    assert gazetteer.refusal(digits) is None


def test_neighbours_know_each_other(gazetteer):
    for fips in gazetteer.county("37119").neighbours:
        assert "37119" in gazetteer.county(fips).neighbours


def test_an_outline_holds_its_own_middle(gazetteer):
    county = gazetteer.county("37119")

    assert len(gazetteer.outline("37119")[0]) > 3
    assert gazetteer.county_at(county.latitude, county.longitude) == "37119"
    assert gazetteer.outline("99999") == ()


@pytest.mark.parametrize(
    ("latitude", "longitude"), [(48.85, 2.35), (19.43, -99.13), (43.65, -79.38), (0, 0), (-90, 0)]
)
def test_no_county_is_abroad(gazetteer, latitude, longitude):
    assert gazetteer.county_at(latitude, longitude) is None


def test_cities_and_neighbourhoods_have_zips(gazetteer):
    assert len(gazetteer.in_city("Charlotte", "NC")) == 73
    assert gazetteer.in_city("Jackson Heights", "NY") == ["11372"]
    assert "30341" in gazetteer.in_city("Chamblee", "GA")
    assert gazetteer.in_city("Mayagüez", "PR") == gazetteer.in_city("mayaguez", "PR")


@pytest.mark.parametrize("city", ["Nowhere", "", "   ", "x" * 1600, "🏠"])
def test_an_unknown_city_is_refused(gazetteer, city):
    with pytest.raises(UnknownPlace):
        gazetteer.in_city(city, "NC")


def test_every_zip_has_a_county_we_know_and_a_clock_that_ticks(gazetteer):
    counties = [county.fips for code in BY_CODE for county in gazetteer.counties_in(code)]
    zips = {code for fips in counties for code in gazetteer.in_county(fips, 0)}
    places = [gazetteer.place(code) for code in zips]

    assert len(counties) == 3233
    assert len(zips) == 41_076
    assert {place.county for place in places} <= set(counties)
    assert all(ZoneInfo(clock) for clock in {place.timezone for place in places})
    assert all(place.latitude and place.longitude for place in places)


@patiently
@given(**inland, small=st.floats(0, 50), more=st.floats(0, 50))
def test_a_wider_circle_loses_nobody(gazetteer, latitude, longitude, small, more):
    narrow = {code for code, _ in gazetteer.within(latitude, longitude, small)}
    wide = {code for code, _ in gazetteer.within(latitude, longitude, small + more)}

    assert narrow <= wide


@patiently
@given(**inland, miles=st.floats(0, 50))
def test_a_circle_is_sorted_and_holds_the_nearest_three(gazetteer, latitude, longitude, miles):
    found = gazetteer.within(latitude, longitude, miles)
    distances = [away for _, away in found]

    assert len(found) >= 3
    assert distances == sorted(distances)
    assert found[:3] == gazetteer.within(latitude, longitude, 0)[:3]


def test_a_circle_may_cross_the_date_line(gazetteer):
    east = dict(gazetteer.within(52.2, -179.9, 300))
    west = dict(gazetteer.within(52.2, 179.9, 300))

    assert "99546" in east
    assert "99546" in west


@patiently
@given(fips=st.sampled_from(["37119", "36081", "06037", "51059", "08001", "72127"]))
def test_a_county_holds_exactly_the_zips_that_say_so(gazetteer, fips):
    inside = gazetteer.in_county(fips)
    around = {code for each in inside for code in _nearby(gazetteer, each)}

    assert {code for code in around if fips in gazetteer.counties_of(code)} == set(inside)


def _nearby(gazetteer, code):
    place = gazetteer.place(code)
    return {near for near, _ in gazetteer.within(place.latitude, place.longitude, 1)} | {code}


def test_a_tight_county_is_part_of_a_loose_one(gazetteer):
    assert set(gazetteer.in_county("37119", 0.2)) < set(gazetteer.in_county("37119", 0.01))
