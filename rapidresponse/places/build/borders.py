"""From one drawing with shared borders: each county's outline, and who touches whom."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import accumulate
from math import cos, hypot, radians
from typing import Any

from rapidresponse.places.geometry import Point

# A corner may be dropped when the border moves by less than this, in degrees: a third of a mile.
SLACK = 0.005


def county_names(drawn: dict[str, Any]) -> dict[str, str]:
    """Return every county drawn, with its short name."""
    return {shape["id"]: shape["properties"]["name"] for shape in _counties(drawn)}


def neighbours(drawn: dict[str, Any]) -> dict[str, list[str]]:
    """Return the counties that share a stretch of border with each county."""
    owners: dict[int, set[str]] = defaultdict(set)
    for shape in _counties(drawn):
        for arc in _flat(shape.get("arcs", [])):
            owners[arc if arc >= 0 else ~arc].add(shape["id"])
    found: dict[str, set[str]] = defaultdict(set)
    for touching in owners.values():
        for county in touching:
            found[county] |= touching - {county}
    return {county: sorted(others) for county, others in sorted(found.items())}


def outlines(drawn: dict[str, Any]) -> dict[str, list[list[Point]]]:
    """Return the simplified rings of each county."""
    (scale_x, scale_y), (left, bottom) = drawn["transform"].values()
    arcs = []
    for arc in drawn["arcs"]:
        lons = [x * scale_x + left for x in accumulate(step[0] for step in arc)]
        lats = [y * scale_y + bottom for y in accumulate(step[1] for step in arc)]
        arcs.append(list(zip(lats, lons, strict=True)))
    simple = [_simpler(arc) for arc in arcs]
    # The smallest cities simplify to nothing; those keep every corner.
    return {shape["id"]: _rings(shape, simple) or _rings(shape, arcs) for shape in _counties(drawn)}


def _rings(shape: dict[str, Any], arcs: Sequence[list[Point]]) -> list[list[Point]]:
    """Join a county's stretches of border into rings; islets that simplify to nothing go."""
    polygons = shape.get("arcs", [])
    if shape.get("type") == "Polygon":
        polygons = [polygons]
    rings = [_joined(ring, arcs) for polygon in polygons for ring in polygon]
    return [ring for ring in rings if len(ring) >= 3]  # noqa: PLR2004 - a triangle


def _joined(ring: list[int], arcs: Sequence[list[Point]]) -> list[Point]:
    """Follow a ring's stretches one after another; a negative number is walked backwards."""
    corners: list[Point] = []
    for arc in ring:
        stretch = arcs[arc] if arc >= 0 else arcs[~arc][::-1]
        corners += stretch[:-1]
    return corners


def _simpler(line: list[Point]) -> list[Point]:
    """Drop the corners that hardly bend a line, keeping its ends (Douglas and Peucker)."""
    first, last = line[0], line[-1]
    away = [_distance(point, first, last) for point in line[1:-1]]
    if not away or max(away) < SLACK:
        return [first, last]
    turn = away.index(max(away)) + 1
    return _simpler(line[: turn + 1])[:-1] + _simpler(line[turn:])


def _distance(point: Point, first: Point, last: Point) -> float:
    """Return how far a point is from the line between two others, in degrees of latitude."""
    narrow = cos(radians(point[0]))
    y, x = point[0] - first[0], (point[1] - first[1]) * narrow
    dy, dx = last[0] - first[0], (last[1] - first[1]) * narrow
    length = dx * dx + dy * dy
    along = min(1.0, max(0.0, (x * dx + y * dy) / length)) if length else 0.0
    return hypot(x - along * dx, y - along * dy)


def _counties(drawn: dict[str, Any]) -> Sequence[dict[str, Any]]:
    """Return the counties' shapes."""
    shapes: Sequence[dict[str, Any]] = drawn["objects"]["counties"]["geometries"]
    return shapes


def _flat(arcs: Any) -> Iterator[int]:
    """Walk through numbers nested to any depth."""
    if isinstance(arcs, int):
        yield arcs
    else:
        for inner in arcs:
            yield from _flat(inner)
