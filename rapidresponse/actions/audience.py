"""Who would hear of an alert for a region: by ring, nearest first, and by language."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from rapidresponse.places import Gazetteer, Region, nearest_of
from rapidresponse.places.areas import county_in
from rapidresponse.store.queries import audience
from rapidresponse.work import Work


@dataclass(frozen=True, slots=True)
class Share:
    """So many people of a ring who read in one way."""

    ring: int
    language: str
    people: int


def count(work: Work, areas: Sequence[tuple[str, int]]) -> list[Share]:
    """Return who follows any of some areas, nearest ring first; each person is counted once."""
    question = audience.COUNT_SQLITE if work.is_sqlite else audience.COUNT_POSTGRESQL
    rows = work.run(question, **given(areas, is_sqlite=work.is_sqlite))
    return [Share(row.ring, row.language, int(row.n)) for row in rows]


def total(shares: Sequence[Share]) -> int:
    """Return how many people these are."""
    return sum(share.people for share in shares)


def given(areas: Sequence[tuple[str, int]], *, is_sqlite: bool) -> dict[str, object]:
    """Return areas with their rings as a question to either database takes them."""
    if is_sqlite:
        return {"areas": json.dumps(areas)}
    return {"areas": [area for area, _ in areas], "rings": [ring for _, ring in areas]}


def by_county(work: Work, region: Region, gazetteer: Gazetteer) -> dict[str, int]:
    """Return the people of a region by county, each in the nearest that they follow part of."""
    mostly = gazetteer.main_counties(code for code, _ in region.rings)
    counties = list(dict.fromkeys(mostly.values()))
    turns = {fips: turn for turn, fips in enumerate(counties)}
    areas = []
    for area, at in nearest_of(region, gazetteer):
        nearest = turns[mostly[region.rings[at][0]]]
        areas.append((area, turns.get(county_in(area), nearest)))
    people = dict.fromkeys(counties, 0)
    for share in count(work, areas):
        people[counties[share.ring]] += share.people
    return people
