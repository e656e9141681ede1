from dataclasses import replace

import pytest

from rapidresponse.actions import regions
from rapidresponse.places import region_of
from rapidresponse.web import create_app
from tests.rows import queued, rows

PAGE = "/practice/places"


@pytest.fixture
def page(network):
    def ask(language="en", **query):
        return network.call(PAGE, method="GET", query_string={"lang": language, **query})

    return ask


@pytest.mark.parametrize(
    ("query", "label", "people"),
    [
        ({"value": "28205", "miles": "3"}, "Charlotte 28205", 40),
        ({"value": "Charlotte NC"}, "Charlotte NC", 40),
        ({"kind": "county", "value": "37119", "neighbours": "1"}, "Mecklenburg County NC", 40),
        ({"kind": "city", "value": "Charlotte, nc"}, "Charlotte NC", 40),
        ({"kind": "zips", "value": "28205, 28202"}, "Charlotte NC", 40),
        ({"kind": "point", "value": "35.22, -80.78", "miles": "2,5"}, "Charlotte NC", 40),
        ({"value": "Queens"}, "Queens NY", 0),
        ({"value": "Charlote"}, "Is it Charlotte NC", 40),
    ],
)
def test_a_place_is_shown_with_whom_it_reaches_and_a_map(network, page, query, label, people):
    network.people(40)

    answer = page(**query)

    shown = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert label in shown
    assert f"would reach {people:,} people" in shown
    assert "<svg" in shown


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"value": ""}, "Write a place first"),
        ({"value": "a" * 1600}, "too long"),
        ({"value": "abcde"}, "no place in that"),
        ({"value": "Texas"}, "whole state"),
        ({"value": "09012"}, "military"),
        ({"kind": "zip", "value": "abcde"}, "five digits"),
        ({"kind": "zip", "value": "28205", "miles": "0"}, "0.5 to 50"),
        ({"kind": "zip", "value": "28205", "miles": "500"}, "0.5 to 50"),
        ({"kind": "zip", "value": "28205", "miles": "many"}, "0.5 to 50"),
        ({"kind": "zip", "value": "28205", "miles": "nan"}, "0.5 to 50"),
        ({"kind": "zips", "value": "28205 abcde"}, "At least one"),
        ({"kind": "county", "value": "99999"}, "that county"),
        ({"kind": "county", "value": "37119", "miles": "5"}, "Miles go with"),
        ({"kind": "city", "value": "Nowhere NC"}, "that city"),
        ({"kind": "point", "value": "48.85 2.35", "miles": "5"}, "inside the United States"),
        ({"kind": "point", "value": "here", "miles": "5"}, "inside the United States"),
        ({"kind": "point", "value": "35.2 -80.8"}, "needs miles"),
        ({"kind": "named", "value": "Atlantis"}, "no region of that name"),
        ({"value": "Charlotte NC", "miles": "5"}, "Miles go with"),
    ],
)
def test_what_is_wrong_is_said_in_words_and_nothing_is_kept(network, page, query, words):
    before = rows(network.wiring)

    english, spanish = page(**query), page("es", **query)

    assert (english.status_code, spanish.status_code) == (422, 422)
    assert words in english.get_data(as_text=True)
    assert 'aria-invalid="true"' in spanish.get_data(as_text=True)
    assert words not in spanish.get_data(as_text=True)
    assert rows(network.wiring) == before
    assert queued(network.wiring) == 0


def test_several_places_of_a_name_are_offered(page):
    shown = page(value="Springfield").get_data(as_text=True)

    assert "value=Springfield+MA" in shown


def test_a_region_with_a_name_is_found_by_it(network, page):
    with network.wiring.work() as work:
        regions.define(work, "East Side", region_of({"zip": "28205"}, 2, network.wiring.gazetteer))

    assert "East Side" in page(kind="named", value="east side").get_data(as_text=True)


def test_the_form_is_there_before_anything_is_asked(page):
    answer = page("es")

    assert answer.status_code == 200
    assert "Elegir un lugar" in answer.get_data(as_text=True)


def test_what_was_written_is_never_more_than_text(page):
    shown = page(value='"><script>alert(1)</script>').get_data(as_text=True)

    assert "<script" not in shown


def test_there_is_no_such_page_in_live_mode(wiring):
    wiring.config = replace(wiring.config, mode="live")

    assert create_app(wiring).test_client().get(PAGE).status_code == 404
