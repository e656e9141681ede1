"""Maps drawn by the server: counties shaded by how many people, and ZIPs as dots.

A picture asks nobody for anything, so nobody learns where we look. It is read without
colour: every shade is also a pattern, and the numbers stand in it.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from math import cos, radians

from rapidresponse.places.gazetteer import Gazetteer
from rapidresponse.places.geometry import Point
from rapidresponse.places.region import Region

# The longer side of a few counties, of a state, and of a state of very many, in pixels.
CLOSE, SIZE, COARSE = 400, 600, 460
LEGEND, LEGEND_WIDE, LEGEND_STEP = 36, 400, 64
FONT = 13
FEW, MANY = 20, 120  # so few counties are drawn with those beside them; so many, coarsely
# How many people begin each shade; fewer than five are never told apart.
SHADES = (1, 5, 50, 500, 5000)
SHADE_NAMES = ("0", "<5", "5+", "50+", "500+", "5,000+")
PATTERNS = (
    (10, "M2 2h2"),
    (6, "M1 1h2M4 4h2"),
    (8, "M0 8L8 0"),
    (4, "M0 4L4 0"),
    (4, "M0 4L4 0M0 0L4 4"),
)
DOT, MANY_DOTS = 4, 500  # so many pixels apart, and twice as many on a crowded sheet
LETTER = 4  # half of it, in pixels: a county shows its number where that fits
FAR_EAST = 100.0  # Alaska's last islands lie across the date line


@dataclass(frozen=True, slots=True)
class Words:
    """What a map says to those who do not see it, in the reader's language."""

    title: str
    about: str


@dataclass(frozen=True, slots=True)
class Frame:
    """Where on the sheet a point of the earth goes."""

    north: float
    west: float
    narrow: float
    scale: float
    width: int
    height: int

    def at(self, point: Point) -> tuple[int, int]:
        """Return the pixel of a point."""
        across = (_turned(point[1]) if self.west < -FAR_EAST else point[1]) - self.west
        return round(across * self.narrow * self.scale), round((self.north - point[0]) * self.scale)


@dataclass(frozen=True, slots=True)
class Shape:
    """One county as it is drawn: its borders, its middle and half its width."""

    fips: str
    path: str
    middle: tuple[int, int]
    half: int


def counties_of(region: Region, gazetteer: Gazetteer) -> list[str]:
    """Return the counties that a region's ZIPs are mostly in, the nearest first."""
    mostly = gazetteer.main_counties(code for code, _ in region.rings)
    return list(dict.fromkeys(mostly.values()))


def draw(
    counties: Sequence[str],
    gazetteer: Gazetteer,
    words: Words,
    *,
    people: Mapping[str, int] | None = None,
    region: Region | None = None,
) -> str:
    """Draw counties, shaded by how many people are in each, with the ZIPs of a region as dots.

    Of a few counties, those that touch them are drawn too, as far as there is room.
    """
    outlines = {fips: gazetteer.outline(fips) for fips in _drawn(counties, gazetteer)}
    corners = [corner for fips in counties for ring in outlines[fips] for corner in ring]
    frame = _frame(corners, _size(len(counties)))
    shapes = [_shape(fips, rings, frame) for fips, rings in outlines.items() if rings]
    sheet = [*_counties(shapes, people or {}), *_dots(region, frame, gazetteer)]
    sheet += _numbers(shapes, people or {})
    named = f'<title id="map-title">{escape(words.title)}</title>'
    named += f'<desc id="map-about">{escape(words.about)}</desc>'
    parts = [_opening(frame), named, *_patterns(), _window(frame), *sheet, "</svg>"]
    return "".join([*parts, *_legend(frame), "</svg>"])


def _size(counties: int) -> int:
    """Return how large to draw so many counties."""
    if counties <= FEW:
        return CLOSE
    return SIZE if counties < MANY else COARSE


def _drawn(counties: Sequence[str], gazetteer: Gazetteer) -> list[str]:
    """Return the counties to draw, with those beside a few of them."""
    beside: set[str] = set()
    if len(counties) <= FEW:
        beside.update(*(gazetteer.county(fips).neighbours for fips in counties))
    return list(dict.fromkeys([*counties, *sorted(beside)]))


def _opening(frame: Frame) -> str:
    """Write the first tag, with room for the legend."""
    return (
        '<svg class="map" xmlns="http://www.w3.org/2000/svg" role="img"'
        ' aria-labelledby="map-title map-about"'
        f' viewBox="-4 -4 {max(frame.width, LEGEND_WIDE) + 8} {frame.height + LEGEND + 12}">'
    )


def _window(frame: Frame) -> str:
    """Write the tag that cuts off what lies beyond the sheet."""
    wide, high = frame.width + 8, frame.height + 8
    place = f'x="-4" y="-4" width="{wide}" height="{high}"'
    return f'<svg {place} viewBox="-4 -4 {wide} {high}">'


def _frame(corners: Sequence[Point], size: int) -> Frame:
    """Fit the sheet around some corners, as wide or as high as it may be."""
    lats = [lat for lat, _ in corners]
    lons = [lon for _, lon in corners]
    if min(lons) < -FAR_EAST:
        lons = [_turned(lon) for lon in lons]
    high, narrow = max(lats) - min(lats), cos(radians((max(lats) + min(lats)) / 2))
    wide = (max(lons) - min(lons)) * narrow
    scale = size / max(high, wide)
    return Frame(
        max(lats), min(lons), narrow, scale, round(wide * scale), max(round(high * scale), 60)
    )


def _turned(longitude: float) -> float:
    """Return a longitude counted on past the date line."""
    return longitude - 360 if longitude > FAR_EAST else longitude


def _shape(fips: str, rings: Iterable[Sequence[Point]], frame: Frame) -> Shape:
    """Draw one county."""
    drawn = [list(_corners(ring, frame)) for ring in rings]
    largest = max(drawn, key=len)
    xs, ys = [x for x, _ in largest], [y for _, y in largest]
    middle = (round((min(xs) + max(xs)) / 2), round((min(ys) + max(ys)) / 2))
    path = "".join(_path(ring) for ring in drawn if len(ring) > 2)  # noqa: PLR2004 - a triangle
    return Shape(fips, path, middle, (max(xs) - min(xs)) // 2)


def _corners(ring: Sequence[Point], frame: Frame) -> Iterator[tuple[int, int]]:
    """Walk a ring pixel by pixel, without standing still."""
    before = None
    for corner in ring:
        pixel = frame.at(corner)
        if pixel != before:
            yield pixel
        before = pixel


def _path(ring: Sequence[tuple[int, int]]) -> str:
    """Write a ring as its first corner and steps from there; steps are short, and pack well."""
    (x, y), *rest = ring
    steps = []
    for right, down in rest:
        steps.append(_step(right - x, down - y))
        x, y = right, down
    return f"M{ring[0][0]} {ring[0][1]}l{''.join(steps).lstrip()}z"


def _step(right: int, down: int) -> str:
    """Write one step; a minus sign parts two numbers as well as a space does."""
    return f"{'' if right < 0 else ' '}{right}{'' if down < 0 else ' '}{down}"


def _patterns() -> Iterator[str]:
    """Write the patterns of the shades."""
    yield "<defs>"
    for shade, (size, strokes) in enumerate(PATTERNS, start=1):
        yield (
            f'<pattern id="shade{shade}" width="{size}" height="{size}"'
            f' patternUnits="userSpaceOnUse"><path d="{strokes}" stroke="currentColor"'
            f' stroke-opacity=".55"/></pattern>'
        )
    yield "</defs>"


def _counties(shapes: Iterable[Shape], people: Mapping[str, int]) -> Iterator[str]:
    """Write the counties, shade by shade."""
    shaded: dict[int, list[Shape]] = {}
    for shape in shapes:
        shaded.setdefault(bisect_right(SHADES, people.get(shape.fips, 0)), []).append(shape)
    for shade, group in sorted(shaded.items()):
        fill = f"url(#shade{shade})" if shade else "none"
        yield f'<g fill="{fill}" stroke="currentColor" stroke-width=".7">'
        yield from (f'<path d="{shape.path}"/>' for shape in group)
        yield "</g>"


def _dots(region: Region | None, frame: Frame, gazetteer: Gazetteer) -> Iterator[str]:
    """Write the ZIPs of a region, one dot for those that would cover each other."""
    if region is None:
        return
    pixels = {frame.at(point) for point in gazetteer.points(code for code, _ in region.rings)}
    apart = DOT if len(pixels) < MANY_DOTS else 2 * DOT
    cells = {(y // apart, x // apart): (x, y) for x, y in sorted(pixels)}
    steps, before = [], (0, 0)
    for x, y in (cells[cell] for cell in sorted(cells)):
        steps.append(f"m{x - before[0]}{_step(0, y - before[1])[2:]}h0")
        before = (x, y)
    dots = "".join(steps)
    wide = 3.5 if apart == DOT else 2.5
    yield f'<path d="{dots}" stroke="currentColor" stroke-width="{wide}" stroke-linecap="round"/>'


def _numbers(shapes: Iterable[Shape], people: Mapping[str, int]) -> Iterator[str]:
    """Write how many people, where there is room."""
    yield f'<g font-size="{FONT}" text-anchor="middle" fill="currentColor" class="numbers">'
    for shape in shapes:
        count = people.get(shape.fips, 0)
        if count and shape.half >= LETTER * len(told(count)):
            x, y = shape.middle
            yield f'<text x="{x}" y="{y}">{escape(told(count))}</text>'
    yield "</g>"


def told(count: int) -> str:
    """Write a number of people; fewer than five could be told apart, so they are not told."""
    return SHADE_NAMES[1] if 0 < count < SHADES[1] else f"{count:,}"


def _legend(frame: Frame) -> Iterator[str]:
    """Write what each pattern stands for."""
    y = frame.height + 12
    yield f'<g font-size="{FONT}" stroke-width=".7" fill="currentColor">'
    for shade, name in enumerate(SHADE_NAMES):
        x = shade * LEGEND_STEP
        fill = f"url(#shade{shade})" if shade else "none"
        yield f'<path d="M{x} {y}h20v14h-20z" fill="{fill}" stroke="currentColor"/>'
        yield f'<text x="{x + 24}" y="{y + 11}">{escape(name)}</text>'
    yield "</g>"
