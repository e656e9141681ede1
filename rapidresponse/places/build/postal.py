"""Every ZIP made whole: a centre, a county and a clock for each, and a reason for each refusal."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from rapidresponse.places.build import sources
from rapidresponse.places.build.grid import Grid
from rapidresponse.places.build.sources import PostalCode
from rapidresponse.places.geometry import Point
from rapidresponse.places.states import BY_CODE

City = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Zip:
    """A ZIP with nothing missing. `shares` are (county, share of its addresses)."""

    zip: str
    city: str
    state: str
    kind: str
    timezone: str
    point: Point
    area: bool
    shares: tuple[tuple[str, float], ...]

    @property
    def county(self) -> str:
        """The county where most of its addresses are."""
        return self.shares[0][0]


def refused(codes: Iterable[PostalCode]) -> list[tuple[str, str]]:
    """Return the ZIPs we know and cannot serve, each with the reason."""
    return [(code.zip, reason) for code in codes if (reason := _refusal(code))]


def _refusal(code: PostalCode) -> str:
    """Return why a ZIP cannot be a place, or nothing."""
    if code.kind == "military":
        return "military"
    if code.state not in BY_CODE:
        return "abroad"
    return "" if code.active else "retired"


def complete(root: Path) -> list[Zip]:
    """Return every ZIP that can be a place, with its gaps filled from its nearest neighbour."""
    codes = [code for code in sources.postal_codes(root) if not _refusal(code)]
    centres = sources.census_centres(root)
    points = _points(codes, centres)
    shares = sources.shares(root)
    counties = {state: Grid(points) for state, points in _by_state(codes, points, shares).items()}
    zones = Grid({code.zip: points[code.zip] for code in codes if code.timezone})
    clocks = {code.zip: code.timezone for code in codes}
    return [
        Zip(
            zip=code.zip,
            city=code.city,
            state=code.state,
            kind=code.kind,
            timezone=code.timezone or clocks[zones.nearest(points[code.zip])],
            point=points[code.zip],
            area=code.zip in centres,
            shares=_shares(code, points, shares, counties),
        )
        for code in codes
    ]


def _points(codes: list[PostalCode], centres: dict[str, Point]) -> dict[str, Point]:
    """Return a centre for each ZIP: the Census one, else the post's, else its city's."""
    known = {c.zip: point for c in codes if (point := centres.get(c.zip) or c.point)}
    cities: dict[City, list[Point]] = defaultdict(list)
    for code in codes:
        if code.zip in known:
            cities[code.city, code.state].append(known[code.zip])
    return {c.zip: known.get(c.zip) or _stand_in(c, known, cities) for c in codes}


def _stand_in(code: PostalCode, known: dict[str, Point], cities: dict[City, list[Point]]) -> Point:
    """Return the middle of a ZIP's city, else the centre of the ZIP that is next by number."""
    if points := cities.get((code.city, code.state)):
        return middle(points)
    return known[min(known, key=lambda other: abs(int(other) - int(code.zip)))]


def middle(points: list[Point]) -> Point:
    """Return the average of some points."""
    lats, lons = zip(*points, strict=True)
    return sum(lats) / len(lats), sum(lons) / len(lons)


def _by_state(
    codes: list[PostalCode], points: dict[str, Point], shares: dict[str, list[tuple[str, float]]]
) -> dict[str, dict[str, Point]]:
    """Return the centres of the ZIPs whose county is known, state by state."""
    found: dict[str, dict[str, Point]] = defaultdict(dict)
    for code in codes:
        if code.zip in shares:
            found[code.state][code.zip] = points[code.zip]
    return found


def _shares(
    code: PostalCode,
    points: dict[str, Point],
    shares: dict[str, list[tuple[str, float]]],
    counties: dict[str, Grid],
) -> tuple[tuple[str, float], ...]:
    """Return a ZIP's county shares; a ZIP without any takes its nearest neighbour's county."""
    if code.zip in shares:
        return tuple((county, share) for county, share in shares[code.zip] if share > 0)
    neighbour = counties[code.state].nearest(points[code.zip])
    return ((shares[neighbour][0][0], 1.0),)
