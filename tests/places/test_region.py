import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapidresponse.errors import UnknownPlace
from rapidresponse.places import region_of
from rapidresponse.places.geometry import miles_between

GSM = set(
    "@£$¥èéùìòÇØøÅå_ÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
# The machine may be busy, so no example is against the clock.
patiently = settings(deadline=None, max_examples=50)
zips = st.sampled_from(["28205", "10001", "90012", "60623", "99723", "00901", "79901", "59301"])


@pytest.mark.parametrize(
    ("place", "miles", "kind", "label"),
    [
        ({"zip": "28205"}, None, "zip", "Charlotte 28205"),
        ({"zip": "28205"}, 5, "radius", "Charlotte 28205"),
        ({"county_fips": "37119"}, None, "county", "Mecklenburg County NC"),
        ({"county_fips": "24033"}, None, "county", "Prince George's Co. MD"),
        ({"city": "Charlotte", "state": "NC"}, None, "city", "Charlotte NC"),
        ({"city": "New York", "state": "NY"}, None, "group", "New York City NY"),
        ({"city": "Queens", "state": "NY"}, None, "county", "Queens NY"),
        ({"latitude": 35.22, "longitude": -80.84}, 2, "radius", "Charlotte NC"),
        ({"latitude": 35, "longitude": -80}, 2, "radius", "Lilesville NC"),
        ({"zip": "92688"}, None, "zip", "ZIP 92688"),
        ({"city": "Bayamón", "state": "PR"}, None, "city", "Bayamon PR"),
        ({"county_fips": "35013"}, None, "county", "Doña Ana County NM"),
    ],
)
def test_regions_have_a_kind_and_a_short_name(gazetteer, place, miles, kind, label):
    region = region_of(place, miles, gazetteer)

    assert (region.kind, region.label) == (kind, label)
    assert len(region.label) <= 24
    assert set(region.label) <= GSM
    assert region.version == gazetteer.version


def test_a_zip_alone_is_one_ring(gazetteer):
    assert region_of({"zip": "28205"}, None, gazetteer).rings == (("28205", 0),)


def test_a_post_box_takes_in_an_ordinary_zip_of_its_city(gazetteer):
    boxes, ordinary = region_of({"zip": "28231"}, None, gazetteer).rings

    assert boxes == ("28231", 0)
    assert gazetteer.place(ordinary[0]).kind == "standard"
    assert gazetteer.place(ordinary[0]).city == "Charlotte"


def test_new_york_is_five_counties(gazetteer):
    codes = {
        code for code, _ in region_of({"city": "New York", "state": "NY"}, None, gazetteer).rings
    }

    assert {"10001", "11226", "11368", "10458", "10314"} <= codes


def test_a_county_keeps_the_clock_of_most_of_it(gazetteer):
    assert region_of({"county_fips": "48141"}, None, gazetteer).timezone == "America/Denver"


@patiently
@given(code=zips, miles=st.floats(0.5, 50))
def test_rings_follow_distance(gazetteer, code, miles):
    region = region_of({"zip": code}, miles, gazetteer)
    middle = gazetteer.place(code)

    for near, ring in region.rings:
        place = gazetteer.place(near)
        away = miles_between(middle.latitude, middle.longitude, (place.latitude, place.longitude))
        assert ring == sum(away > edge for edge in (2, 5, 10, 25))
    assert [ring for _, ring in region.rings] == sorted(ring for _, ring in region.rings)


@patiently
@given(code=zips, miles=st.floats(0.5, 25), more=st.floats(0, 25))
def test_a_wider_region_loses_nobody(gazetteer, code, miles, more):
    narrow = region_of({"zip": code}, miles, gazetteer).rings
    wide = region_of({"zip": code}, miles + more, gazetteer).rings

    assert set(narrow) <= set(wide)
    assert (code, 0) in narrow


@patiently
@given(code=zips, miles=st.floats(0.5, 50))
def test_zips_never_leave_their_circle_but_for_the_nearest_three(gazetteer, code, miles):
    middle = gazetteer.place(code)
    near = dict(gazetteer.within(middle.latitude, middle.longitude, miles))
    nearest = dict(gazetteer.within(middle.latitude, middle.longitude, 0))

    region = region_of({"zip": code}, miles, gazetteer)

    for each, _ in region.rings:
        assert near[each] <= miles or each in nearest


@patiently
@given(fips=st.sampled_from(["37119", "36081", "06037", "24510", "72127", "09120", "02016"]))
def test_zips_never_leave_their_county(gazetteer, fips):
    region = region_of({"county_fips": fips}, None, gazetteer)

    assert {code for code, _ in region.rings} == set(gazetteer.in_county(fips))
    assert all(fips in gazetteer.counties_of(code) for code, _ in region.rings)


@pytest.mark.parametrize(
    ("place", "miles"),
    [
        ({"zip": "09012"}, None),
        ({"zip": "99999"}, 5),
        ({"zip": "abcde"}, None),
        ({"zip": "28205"}, 0),
        ({"zip": "28205"}, 0.4),
        ({"zip": "28205"}, 500),
        ({"zip": "28205"}, float("nan")),
        ({"zip": 28205}, None),
        ({"county_fips": "99999"}, None),
        ({"county_fips": "x"}, None),
        ({"city": "Nowhere", "state": "NC"}, None),
        ({"city": "Charlotte", "state": "ZZ"}, None),
        ({"city": "x" * 1600, "state": "NC"}, None),
        ({"latitude": 48.85, "longitude": 2.35}, 5),
        ({"latitude": 19.43, "longitude": -99.13}, 5),
        ({"latitude": 91, "longitude": 0}, 5),
        ({"latitude": float("nan"), "longitude": 0.0}, 5),
        ({"latitude": float("inf"), "longitude": 0.0}, 5),
        ({"latitude": 35.22, "longitude": -80.84}, None),
        ({"latitude": 30.0, "longitude": -50.0}, 5),
        ({}, None),
    ],
)
def test_places_that_do_not_exist_are_refused_in_plain_words(gazetteer, place, miles):
    with pytest.raises(UnknownPlace) as refusal:
        region_of(place, miles, gazetteer)

    assert str(refusal.value).endswith(".")
    assert len(str(refusal.value)) < 120


@pytest.mark.parametrize(
    ("latitude", "longitude"),
    [(71.29, -156.79), (51.88, -176.6), (13.44, 144.79), (18.34, -64.93), (24.55, -81.78)],
)
def test_the_far_corners_are_inside(gazetteer, latitude, longitude):
    assert region_of({"latitude": latitude, "longitude": longitude}, 5, gazetteer).rings
