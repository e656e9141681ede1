"""Miles between points, and whether a point is inside an outline."""

from collections.abc import Iterable, Sequence
from math import asin, cos, radians, sin, sqrt

EARTH_MILES = 3958.8
MILES_PER_DEGREE = 69.1

Point = tuple[float, float]
Ring = Sequence[Point]


def miles_between(latitude: float, longitude: float, other: Point) -> float:
    """Return the miles from a point to another, as the crow flies."""
    lat_a, lat_b = radians(latitude), radians(other[0])
    across = sin(radians(other[1] - longitude) / 2) ** 2
    h = sin((lat_b - lat_a) / 2) ** 2 + cos(lat_a) * cos(lat_b) * across
    return 2 * EARTH_MILES * asin(sqrt(min(1.0, h)))


def inside(latitude: float, longitude: float, rings: Iterable[Ring]) -> bool:
    """Say whether a point is inside an outline; a ring inside a ring is a hole."""
    return sum(_crossings(latitude, longitude, ring) for ring in rings) % 2 == 1


def _crossings(latitude: float, longitude: float, ring: Ring) -> int:
    """Count the sides of a ring that lie to the east of a point."""
    count = 0
    for (lat_a, lon_a), (lat_b, lon_b) in zip(ring, (*ring[1:], ring[0]), strict=True):
        if (lat_a > latitude) != (lat_b > latitude):
            share = (latitude - lat_a) / (lat_b - lat_a)
            count += longitude < lon_a + share * (lon_b - lon_a)
    return count
