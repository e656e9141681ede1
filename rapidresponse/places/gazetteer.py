"""Look places up by ZIP, by county, by name and by distance."""

import json
import sqlite3
import threading
import weakref
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from rapidresponse.errors import UnknownPlace
from rapidresponse.places.facts import County, Place, Town
from rapidresponse.places.geometry import inside, miles_from
from rapidresponse.places.names import filed
from rapidresponse.places.outlines import Outline, unpack_outline
from rapidresponse.places.shipped import unpack
from rapidresponse.places.squares import reach_in_degrees, rows_around

REFUSALS = {
    "military": "{} is a military or diplomatic ZIP code, which has no place on the map.",
    "retired": "{} is a ZIP code that the post no longer uses.",
    "abroad": "{} is outside the United States and its territories.",
}
# On the edge of a city the nearest centre is often the next ZIP's; the right one is in the
# nearest three nineteen times in twenty.
NEAREST = 3
# A neighbourhood without ZIPs of its own takes in at most this many.
MOST_BORROWED = 8
WHOLE_EARTH = 13_000.0

_TOWN = """place.id, place.name, state, printf('%05d', county), latitude / 1e4, longitude / 1e4,
    population, ifnull(zips, ''), ifnull(counties, ''), ifnull(reach, 0) / 10.0 from place"""
_TOWNS = f"""select name.name, {_TOWN} join name on name.place = place.id
    where name.name in (select value from json_each(?)) order by population desc, id"""  # noqa: S608 - our own words

# Longitude goes round: a step from one side of the date line to the other is a short one.
_IN_SQUARES = """select zip, latitude / 1e4, longitude / 1e4, area from zip
    where square between ? and ? and latitude between ? and ?
    and (abs(longitude - ?) <= ? or 3600000 - abs(longitude - ?) <= ?)"""


class Gazetteer:
    """The places file, opened to read; any thread may ask."""

    def __init__(self, path: Path) -> None:
        self._address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        self._local = threading.local()
        self._opened: list[sqlite3.Connection] = []
        weakref.finalize(self, _close, self._opened)
        self._clocks: dict[int, str] = dict(self.ask("select id, name from timezone"))
        self.version: str = self.ask("select value from meta where key = 'version'")[0][0]

    def place(self, zip_code: str) -> Place:
        """Return a ZIP's place, or say kindly why there is none."""
        if found := self.find(zip_code):
            return found
        if not _is_zip(zip_code):
            raise UnknownPlace("A ZIP code is five digits, such as 28205.")
        rows = self.ask("select reason from refused where zip = ?", int(zip_code))
        sentence = REFUSALS[rows[0][0]] if rows else "{} is not a ZIP code we know."
        raise UnknownPlace(sentence.format(zip_code))

    def find(self, zip_code: str) -> Place | None:
        """Return a ZIP's place, if it is one that we can serve."""
        if not _is_zip(zip_code):
            return None
        rows = self.ask(
            "select place.name, place.state, printf('%05d', zip.county), zip.latitude / 1e4,"
            " zip.longitude / 1e4, timezone.name, kind from zip"
            " join place on place.id = zip.place join timezone on timezone.id = zip.timezone"
            " where zip = ?",
            int(zip_code),
        )
        return Place(zip_code, *rows[0]) if rows else None

    def refusal(self, zip_code: str) -> str | None:
        """Return why a ZIP that exists cannot be served: military, retired or abroad."""
        rows = self.ask("select reason from refused where zip = ?", _number(zip_code))
        return rows[0][0] if rows else None

    def counties_of(self, zip_code: str, least_share: float = 0.01) -> list[str]:
        """Return the counties a ZIP is in, the one with most of its addresses first."""
        rows = self.ask(
            "select county from share where zip = ? and share >= ? order by share desc, county",
            _number(zip_code),
            least_share * 1000,
        )
        return [f"{fips:05}" for (fips,) in rows]

    def within(self, latitude: float, longitude: float, miles: float) -> list[tuple[str, float]]:
        """Return (ZIP, miles) around a point, nearest first; the nearest three are always there."""
        reach = max(miles, 4.0)
        while reach < WHOLE_EARTH:
            found = sorted(self._circle(latitude, longitude, reach))
            nearest = [away for away, _, area in found if area][:NEAREST]
            if len(nearest) == NEAREST:
                limit = max(miles, nearest[-1])
                return [(f"{code:05}", away) for away, code, _ in found if away <= limit]
            reach *= 2
        return []

    def is_near_any(self, latitude: float, longitude: float, miles: float) -> bool:
        """Say whether the middle of any ZIP is this near to a point."""
        return bool(self._circle(latitude, longitude, miles))

    def county(self, fips: str) -> County:
        """Return a county by its five-digit number."""
        rows = self.ask(
            "select name, state, latitude / 1e4, longitude / 1e4, population, neighbours"
            " from county where fips = ?",
            _number(fips),
        )
        if not rows:
            raise UnknownPlace("We do not know a county by that number.")
        name, state, y, x, people, neighbours = rows[0]
        return County(fips, name, state, y, x, people, tuple(neighbours.split()))

    def counties_in(self, state: str) -> list[County]:
        """Return the counties of a state by name, for a person to choose from."""
        rows = self.ask(
            "select printf('%05d', fips) from county where state = ? order by name", state
        )
        return [self.county(fips) for (fips,) in rows]

    def in_county(self, fips: str, least_share: float = 0.01) -> list[str]:
        """Return the ZIPs that have at least this share of their addresses in a county."""
        rows = self.ask(
            "select zip from share where county = ? and share >= ? order by zip",
            _number(fips),
            least_share * 1000,
        )
        return [f"{code:05}" for (code,) in rows]

    def county_at(self, latitude: float, longitude: float) -> str | None:
        """Return the county a point is in, as near as our simplified outlines tell."""
        at = (latitude * 10_000, longitude * 10_000)
        rows = self.ask(
            "select fips, outline from county"
            " where ? between south and north and ? between west and east",
            *at,
        )
        for fips, outline in rows:
            if inside(latitude, longitude, unpack_outline(outline)):
                return f"{fips:05}"
        return None

    def outline(self, fips: str) -> Outline:
        """Return a county's outline as rings of (latitude, longitude), for drawing."""
        rows = self.ask("select outline from county where fips = ?", _number(fips))
        return unpack_outline(rows[0][0]) if rows else ()

    def in_city(self, city: str, state: str) -> list[str]:
        """Return the ZIPs of a city, borough or neighbourhood."""
        return self.zips_of(self.town(city, state))

    def town(self, city: str, state: str) -> Town:
        """Return the largest place of a name in a state."""
        found = [town for _, town in self.towns(filed(city)) if town.state == state]
        if not found:
            raise UnknownPlace("We do not know a place of that name in that state.")
        return found[0]

    def towns(self, *names: str) -> list[tuple[str, Town]]:
        """Return the places filed under some names, each with that name, largest first."""
        rows = self.ask(_TOWNS, json.dumps(names))
        return [(name, _town(row)) for name, *row in rows]

    def numbered(self, number: int) -> Town:
        """Return a place by its number in this version of the file."""
        [row] = self.ask(f"select {_TOWN} where id = ?", number)
        return _town(row)

    def counties_named(self, *names: str) -> list[tuple[str, str]]:
        """Return (name, number) for the counties filed under some names, with or without County."""
        return self.ask(
            "select name, printf('%05d', county) from county_name"
            " where name in (select value from json_each(?)) order by name, county",
            json.dumps(names),
        )

    def zips_of(self, town: Town) -> list[str]:
        """Return the ZIPs of a place by name."""
        if town.counties:
            return sorted({z for fips in town.counties for z in self.in_county(fips)})
        if town.zips:
            return list(town.zips)
        if town.reach:
            near = self.within(town.latitude, town.longitude, town.reach)
            return sorted(code for code, _ in near[:MOST_BORROWED])
        rows = self.ask("select zip from zip where place = ? order by zip", town.id)
        return [f"{code:05}" for (code,) in rows]

    def ordinary(self, place: Place) -> str | None:
        """Return the nearest standard ZIP that the post delivers under the same city as a ZIP."""
        rows = self.ask(
            "select printf('%05d', zip) from zip where kind = 'standard' and area"
            " and place = (select place from zip where zip = ?)",
            int(place.zip),
        )
        near = self.distances(place.latitude, place.longitude, (code for (code,) in rows))
        return next((code for _, code, _ in near if code != place.zip), None)

    def distances(
        self, latitude: float, longitude: float, zips: Iterable[str]
    ) -> list[tuple[float, str, str]]:
        """Return (miles, ZIP, time zone) for each of some ZIPs, nearest to a point first."""
        rows = self.ask(
            "select zip, latitude / 1e4, longitude / 1e4, timezone from zip"
            " where zip in (select value from json_each(?))",
            json.dumps([int(code) for code in zips]),
        )
        away = miles_from(latitude, longitude)
        return sorted((away(y, x), f"{code:05}", self._clocks[clock]) for code, y, x, clock in rows)

    def points(self, zips: Iterable[str]) -> list[tuple[float, float]]:
        """Return the middles of some ZIPs."""
        return self.ask(
            "select latitude / 1e4, longitude / 1e4 from zip"
            " where zip in (select value from json_each(?))",
            json.dumps([int(code) for code in zips]),
        )

    def main_counties(self, zips: Iterable[str]) -> dict[str, str]:
        """Return the county of most of each ZIP's addresses, in the order given."""
        rows = self.ask(
            "select printf('%05d', zip), printf('%05d', county) from json_each(?)"
            " join zip on zip = value order by key",
            json.dumps([int(code) for code in zips]),
        )
        return dict(rows)

    def large_names(self, population: int) -> list[str]:
        """Return the names of places with at least so many people."""
        rows = self.ask(
            "select distinct name.name from name join place on place.id = name.place"
            " where population >= ? order by name.name",
            population,
        )
        return [name for (name,) in rows]

    def _circle(
        self, latitude: float, longitude: float, miles: float
    ) -> list[tuple[float, int, int]]:
        """Return (miles, ZIP, has an area) for the ZIPs in a circle."""
        up, across = reach_in_degrees(latitude, miles)
        south, north, middle, wide = (
            degrees * 10_000 for degrees in (latitude - up, latitude + up, longitude, across)
        )
        box = (south, north, middle, wide, middle, wide)
        away = miles_from(latitude, longitude)
        found = [
            (away(y, x), code, area)
            for first, last in rows_around(latitude, longitude, miles)
            for code, y, x, area in self.ask(_IN_SQUARES, first, last, *box)
        ]
        return [each for each in found if each[0] <= miles]

    def ask(self, question: str, *values: float | str) -> list[Any]:
        """Put a question to the file, over this thread's own connection."""
        connection = getattr(self._local, "connection", None)
        if connection is None:
            connection = sqlite3.connect(self._address, uri=True, check_same_thread=False)
            connection.execute("pragma mmap_size = 16777216")
            self._local.connection = connection
            self._opened.append(connection)
        rows: list[Any] = connection.execute(question, values).fetchall()
        return rows


def open_gazetteer(directory: Path | None = None) -> Gazetteer:
    """Open the places file we ship, unpacking it the first time."""
    return Gazetteer(unpack(directory))


def _number(digits: str) -> int:
    """Return five digits as a number, and anything else as one that nothing has."""
    return int(digits) if _is_zip(digits) else -1


def _is_zip(text: str) -> bool:
    """Say whether a text is five plain digits."""
    return len(text) == 5 and text.isascii() and text.isdigit()  # noqa: PLR2004 - a ZIP is five


def _town(row: list[Any]) -> Town:
    """Make a town of a row."""
    number, name, state, county, y, x, people, zips, counties, reach = row
    listed, whole = tuple(zips.split()), tuple(counties.split())
    return Town(number, name, state, county, y, x, people, listed, whole, reach)


def _close(opened: list[sqlite3.Connection]) -> None:
    """Close the connections of a gazetteer that nobody uses any more."""
    for connection in opened:
        connection.close()
