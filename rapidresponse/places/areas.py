"""What a person may follow: a ZIP, a county, a town or a group, each by a key that lasts.

A key says where it is, so that it still means the same place in next year's file:
`zip:28205`, `county:37119`, `city:37119/charlotte`, `group:36047/new-york-city`.
"""

import json
from collections.abc import Iterator

from rapidresponse.errors import UnknownPlace
from rapidresponse.places import region
from rapidresponse.places.facts import Town
from rapidresponse.places.gazetteer import Gazetteer
from rapidresponse.places.names import filed
from rapidresponse.places.region import Region

# The position of a region's nearest ZIP in each place; positions begin at 0, the nearest.
_BOXES = """select printf('%05d', box.zip), min(key) from json_each(?)
    join box on box.ordinary = value group by box.zip"""
_COUNTIES = """select printf('%05d', county), min(key) from json_each(?)
    join share on zip = value where share >= 10 group by county"""
_TOWNS = """select name, printf('%05d', county), ifnull(counties, '') like '% %', min(near)
    from (select zip.place as town, key as near from json_each(?1) join zip on zip = value
          union all
          select inside.place, key from json_each(?1) join inside on zip = value)
    join place on place.id = town where named group by place.id"""


def areas_of(of: Region, gazetteer: Gazetteer) -> list[tuple[str, int]]:
    """Return every area that shares a ZIP with a region, with its ring, nearest first.

    Whoever follows any of these is in the region's audience.
    """
    return [(key, of.rings[at][1]) for key, at in nearest_of(of, gazetteer)]


def nearest_of(of: Region, gazetteer: Gazetteer) -> list[tuple[str, int]]:
    """Return every area that shares a ZIP with a region, with the position of the nearest."""
    near = {f"zip:{code}": at for at, (code, _) in enumerate(of.rings)}
    for key, at in _beside(of, gazetteer):
        near[key] = min(at, near.get(key, at))
    return sorted(near.items(), key=lambda each: each[1])


def county_in(key: str) -> str:
    """Return the county that the key of a county or a town names, or nothing."""
    kind, _, where = key.partition(":")
    return where.partition("/")[0] if kind in {"county", "city"} else ""


def region_of_area(key: str, gazetteer: Gazetteer) -> Region:
    """Return the region of an area by its key."""
    kind, _, where = key.partition(":")
    fips, _, name = where.partition("/")
    match kind:
        case "zip":
            return region.of_zip(gazetteer.place(where), gazetteer)
        case "county":
            return region.of_county(fips, gazetteer)
        case "city" | "group":
            return region.of_town(_bearer(name.replace("-", " "), fips, gazetteer), gazetteer)
    raise UnknownPlace("There is no area by that name.")


def _beside(of: Region, gazetteer: Gazetteer) -> Iterator[tuple[str, int]]:
    """Walk the areas that hold some ZIP of a region, each with the position of the nearest."""
    zips = json.dumps([int(code) for code, _ in of.rings])
    for code, at in gazetteer.ask(_BOXES, zips):
        yield f"zip:{code}", at
    for fips, at in gazetteer.ask(_COUNTIES, zips):
        yield f"county:{fips}", at
    for name, fips, many, at in gazetteer.ask(_TOWNS, zips):
        yield region.key_of_town(name, fips, is_group=bool(many)), at


def _bearer(name: str, fips: str, gazetteer: Gazetteer) -> Town:
    """Return the place that bears a name in a county."""
    for _, town in gazetteer.towns(name):
        if town.county == fips and filed(town.name) == name:
            return town
    raise UnknownPlace("There is no place of that name any more.")
