"""The nearest of many points, found by looking only in the squares around."""

from collections import defaultdict
from collections.abc import Iterable
from math import floor

from rapidresponse.places.geometry import Point, miles_between


class Grid:
    """Points with names, kept in squares of half a degree."""

    def __init__(self, points: dict[str, Point]) -> None:
        self._points = points
        self._squares: dict[tuple[int, int], list[str]] = defaultdict(list)
        for name, point in sorted(points.items()):
            self._squares[_square(point)].append(name)

    def nearest(self, point: Point) -> str:
        """Return the name of the point that is nearest to another."""
        for reach in (1, 2, 4, 16, 64, 256):
            names = list(self._around(point, reach))
            if names:
                return min(names, key=lambda name: miles_between(*point, self._points[name]))
        raise ValueError(f"There is nothing near {point}.")

    def _around(self, point: Point, reach: int) -> Iterable[str]:
        """Walk the points in the squares within reach."""
        row, column = _square(point)
        for y in range(row - reach, row + reach + 1):
            for x in range(column - reach, column + reach + 1):
                yield from self._squares.get((y, x), ())


def _square(point: Point) -> tuple[int, int]:
    """Return the square a point is in."""
    return floor(point[0] * 2), floor(point[1] * 2)
