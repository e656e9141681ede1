"""The squares of a tenth of a degree that ZIP centres are filed under."""

from collections.abc import Iterator
from math import ceil, cos, floor, radians

from rapidresponse.places.geometry import MILES_PER_DEGREE

PER_DEGREE = 10
ROW = 360 * PER_DEGREE


def square(latitude: float, longitude: float) -> int:
    """Return the number of the square a point is in."""
    row = floor((latitude + 90) * PER_DEGREE)
    return row * ROW + floor((longitude + 180) * PER_DEGREE) % ROW


def reach_in_degrees(latitude: float, miles: float) -> tuple[float, float]:
    """Return how far a circle reaches up and across, in degrees."""
    up = miles / MILES_PER_DEGREE * 1.001
    return up, up / max(0.05, cos(radians(min(89.0, abs(latitude) + up))))


def rows_around(latitude: float, longitude: float, miles: float) -> Iterator[tuple[int, int]]:
    """Return, row by row, the first and last square that a circle may touch."""
    up, across = reach_in_degrees(latitude, miles)
    width = min(ROW - 1, ceil(2 * across * PER_DEGREE))
    first = floor((longitude - across + 180) * PER_DEGREE) % ROW
    last = first + width
    bottom, top = (floor((y + 90) * PER_DEGREE) for y in (latitude - up, latitude + up))
    for row in range(bottom, top + 1):
        yield row * ROW + first, row * ROW + min(last, ROW - 1)
        if last >= ROW:  # The circle crosses the date line: Alaska and the Pacific islands do.
            yield row * ROW, row * ROW + last - ROW
