"""Miles between points, and whether a point is inside an outline."""

from collections.abc import Callable, Iterable, Sequence
from math import asin, cos, pi, radians, sin, sqrt

EARTH_MILES = 3958.8
MILES_PER_DEGREE = 69.1
RADIAN = pi / 180

Point = tuple[float, float]
Ring = Sequence[Point]


def miles_between(latitude: float, longitude: float, other: Point) -> float:
    """Return the miles from a point to another, as the crow flies."""
    return miles_from(latitude, longitude)(*other)


def miles_from(latitude: float, longitude: float) -> Callable[[float, float], float]:
    """Return what measures miles from one point; hundreds of others may be asked about."""
    near, here, narrow = radians(latitude), radians(longitude), cos(radians(latitude))

    def miles(lat: float, lon: float) -> float:
        lat *= RADIAN
        up, across = sin((lat - near) / 2), sin((lon * RADIAN - here) / 2)
        h = up * up + narrow * cos(lat) * across * across
        return 2 * EARTH_MILES * asin(sqrt(min(1.0, h)))

    return miles


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
