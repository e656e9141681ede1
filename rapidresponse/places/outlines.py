"""How a county's outline is packed into a few bytes, and unpacked again."""

from collections.abc import Sequence
from itertools import accumulate
from struct import calcsize, pack, unpack_from

from rapidresponse.places.geometry import Point

# An outline is drawn on a grid of a thousandth of a degree: about a hundred paces.
GRID = 1000
Outline = tuple[tuple[Point, ...], ...]


def pack_outline(rings: Sequence[Sequence[Point]]) -> bytes:
    """Write each ring as its length, then steps from one corner to the next."""
    parts = []
    for ring in rings:
        corners = [(round(lat * GRID), round(lon * GRID)) for lat, lon in ring]
        before = [(0, 0), *corners]
        steps = [
            b - a for p, q in zip(before, corners, strict=False) for a, b in zip(p, q, strict=True)
        ]
        parts.append(pack(f"<H{len(steps)}i", len(corners), *steps))
    return b"".join(parts)


def unpack_outline(packed: bytes) -> Outline:
    """Read the rings back as (latitude, longitude) corners."""
    rings = []
    at = 0
    while at < len(packed):
        (count,) = unpack_from("<H", packed, at)
        steps = unpack_from(f"<{2 * count}i", packed, at + 2)
        at += 2 + calcsize(f"<{2 * count}i")
        lats, lons = accumulate(steps[::2]), accumulate(steps[1::2])
        rings.append(tuple((a / GRID, b / GRID) for a, b in zip(lats, lons, strict=True)))
    return tuple(rings)
