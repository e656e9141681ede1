import gzip
import random
import re
from xml.etree import ElementTree as ET

import pytest

from rapidresponse.places import maps, region_of

SVG = "{http://www.w3.org/2000/svg}"


def state(gazetteer, code):
    """Draw a whole state with every ZIP, and people in most counties."""
    dice = random.Random(1)
    counties = [county.fips for county in gazetteer.counties_in(code)]
    people = {fips: int(10 ** dice.uniform(0, 5)) for fips in counties if dice.random() < 0.8}
    zips = [each for fips in counties for each in gazetteer.in_county(fips)]
    region = region_of({"zips": zips}, None, gazetteer)
    words = maps.Words(f"Map of {code}", "People by county & ZIP codes")
    return maps.draw(counties, gazetteer, words, people=people, region=region)


@pytest.mark.parametrize("code", ["TX", "CA", "NY", "AK", "HI", "DC", "PR", "GU"])
def test_a_state_is_a_small_picture(gazetteer, code):
    assert len(gzip.compress(state(gazetteer, code).encode())) < 10_000


def test_a_map_asks_nobody_for_anything(gazetteer):
    drawn = state(gazetteer, "NJ").replace('xmlns="http://www.w3.org/2000/svg"', "")

    assert not re.search(r"http|href|src=|@import|style=|<script", drawn)


def test_a_map_is_told_to_those_who_do_not_see_it(gazetteer):
    drawn = ET.fromstring(state(gazetteer, "NJ"))  # noqa: S314 - our own drawing

    named = drawn.attrib["aria-labelledby"].split()
    told = {part.attrib.get("id"): part.text for part in drawn}
    assert drawn.attrib["role"] == "img"
    assert [told[name] for name in named] == ["Map of NJ", "People by county & ZIP codes"]


def test_each_shade_is_a_pattern_of_its_own_and_is_in_the_legend(gazetteer):
    drawn = ET.fromstring(state(gazetteer, "NJ"))  # noqa: S314 - our own drawing

    patterns = {ET.tostring(p[0]) + p.attrib["width"].encode() for p in drawn.iter(SVG + "pattern")}
    words = [text.text for text in drawn.iter(SVG + "text")]
    assert len(patterns) == len(maps.SHADES)
    assert words[-len(maps.SHADE_NAMES) :] == list(maps.SHADE_NAMES)


@pytest.mark.parametrize(
    ("people", "told"), [(0, "0"), (1, "<5"), (4, "<5"), (5, "5"), (1234, "1,234")]
)
def test_so_few_people_that_they_could_be_told_apart_are_not_counted_out(people, told):
    assert maps.told(people) == told


def test_a_map_shows_a_region_with_the_counties_beside_it(gazetteer):
    region = region_of({"zip": "28205"}, 3, gazetteer)
    counties = maps.counties_of(region, gazetteer)

    drawn = maps.draw(counties, gazetteer, maps.Words("a", "b"), people={"37119": 7}, region=region)

    assert counties == ["37119"]
    assert drawn.count("<path") > len(gazetteer.county("37119").neighbours)
    assert ">7<" in drawn
