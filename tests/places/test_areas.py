import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapidresponse.errors import UnknownPlace
from rapidresponse.places import areas_of, region_of, region_of_area, resolve
from rapidresponse.places.region import of_town

CASES = json.loads(Path(__file__).with_name("cases.json").read_text())
SIGN_UPS = [case["text"] for case in CASES["signup_cases"] + CASES["signup_cases_held_out"]]
# The machine may be busy, so no example is against the clock.
patiently = settings(deadline=None, max_examples=100)


def is_kept(region, text, gazetteer):
    """Say whether what an echo named is what will match: the same place, by all of its ZIPs."""
    kept = region_of_area(region.area, gazetteer)
    assert (kept.label, kept.rings) == (region.label, region.rings), text
    for code, _ in region.rings[:3]:
        heard = dict(areas_of(region_of({"zip": code}, None, gazetteer), gazetteer))
        assert region.area in heard, text


@pytest.mark.parametrize("text", SIGN_UPS)
def test_every_sign_up_is_kept_as_the_place_its_echo_names(gazetteer, text):
    match = resolve(text, gazetteer)

    if match.region:
        assert match.region.label == match.label
        is_kept(match.region, text, gazetteer)


@pytest.fixture(scope="module")
def towns(gazetteer):
    return [number for (number,) in gazetteer.ask("select id from place where named")]


@patiently
@given(data=st.data())
def test_any_town_that_is_accepted_is_kept_as_its_echo_names_it(gazetteer, towns, data):
    town = gazetteer.numbered(data.draw(st.sampled_from(towns)))
    text = f"JOIN {town.name}, {town.state}"

    match = resolve(text, gazetteer)

    if match.decision == "accept":
        is_kept(match.region, text, gazetteer)


@patiently
@given(data=st.data())
def test_a_key_leads_back_to_its_town(gazetteer, towns, data):
    region = of_town(gazetteer.numbered(data.draw(st.sampled_from(towns))), gazetteer)

    assert region_of_area(region.area, gazetteer) == region


@pytest.mark.parametrize(
    ("place", "area"),
    [
        ({"zip": "28205"}, "zip:28205"),
        ({"county_fips": "37119"}, "county:37119"),
        ({"city": "Charlotte", "state": "NC"}, "city:37119/charlotte"),
        ({"city": "Queens", "state": "NY"}, "city:36081/queens"),
        ({"city": "New York", "state": "NY"}, "group:36061/new-york-city"),
        ({"zips": ["28205", "28206"]}, ""),
    ],
)
def test_a_place_has_a_key_that_says_where_it_is(gazetteer, place, area):
    assert region_of(place, None, gazetteer).area == area


@pytest.mark.parametrize(
    "area", ["zip:28205", "county:36081", "city:36081/queens", "group:36061/new-york-city"]
)
def test_a_corner_of_queens_is_heard_by_all_who_follow_something_around_it(gazetteer, area):
    areas = dict(areas_of(region_of({"zip": "11368"}, None, gazetteer), gazetteer))

    assert (area in areas) == (area != "zip:28205")


def test_areas_come_nearest_first_each_once(gazetteer):
    region = region_of({"zip": "28205"}, 25, gazetteer)

    areas = areas_of(region, gazetteer)

    assert areas[0] == ("zip:28205", 0)
    assert [ring for _, ring in areas] == sorted(ring for _, ring in areas)
    assert len(dict(areas)) == len(areas)


def test_who_follows_a_post_box_hears_of_the_ordinary_zip_beside_it(gazetteer):
    boxes, ordinary = region_of({"zip": "28231"}, None, gazetteer).rings

    areas = dict(areas_of(region_of({"zip": ordinary[0]}, None, gazetteer), gazetteer))

    assert f"zip:{boxes[0]}" in areas


@pytest.mark.parametrize(
    "key", ["", "zip:", "zip:abcde", "county:99999", "city:37119/atlantis", "moon:1", "city:"]
)
def test_a_key_that_leads_nowhere_is_refused(gazetteer, key):
    with pytest.raises(UnknownPlace):
        region_of_area(key, gazetteer)


def test_neighbours_widen_a_county_and_keep_its_name(gazetteer):
    alone = region_of({"county_fips": "37119"}, None, gazetteer)
    wide = region_of({"county_fips": "37119", "neighbours": True}, None, gazetteer)

    assert wide.label == alone.label
    assert {code for code, _ in alone.rings} < {code for code, _ in wide.rings}
    beside = {"37119", *gazetteer.county("37119").neighbours}
    assert all(beside & set(gazetteer.counties_of(code)) for code, _ in wide.rings)


def test_a_set_of_zips_is_those_and_no_other(gazetteer):
    region = region_of({"zips": ["28205", "28202", "28205"]}, None, gazetteer)

    assert {code for code, _ in region.rings} == {"28205", "28202"}
    assert region.label == "Charlotte NC"


@pytest.mark.parametrize("zips", [[], ["28205", "abcde"], ["09012"]])
def test_a_set_with_a_zip_that_is_none_is_refused(gazetteer, zips):
    with pytest.raises(UnknownPlace):
        region_of({"zips": zips}, None, gazetteer)
