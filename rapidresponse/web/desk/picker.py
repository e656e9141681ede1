"""What a form that picks a place means: a region, a choice to make, or what is wrong with it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from rapidresponse.actions import regions
from rapidresponse.errors import NotFound, UnknownPlace
from rapidresponse.places import Gazetteer, Match, Region, region_of, resolve
from rapidresponse.places.region import LEAST_RADIUS, MOST_RADIUS
from rapidresponse.work import Work

LONGEST = 200
CIRCLES = frozenset({"zip", "point"})


@dataclass(frozen=True, slots=True)
class Asked:
    """A form as it was filled in."""

    kind: str
    value: str
    miles: str
    neighbours: bool


@dataclass(frozen=True, slots=True)
class Picked:
    """What came of it. `problem` and `note` name words of the page."""

    region: Region | None = None
    problem: str = ""
    field: str = "value"
    note: str = ""
    choices: tuple[str, ...] = ()


def read(query: Mapping[str, str]) -> Asked:
    """Read a form; what it does not say is as usual."""
    kind = query.get("kind", "text")
    return Asked(
        kind if kind in PICKERS else "text",
        query.get("value", "").strip(),
        query.get("miles", "").strip(),
        bool(query.get("neighbours")),
    )


def pick(work: Work, asked: Asked, gazetteer: Gazetteer) -> Picked:
    """Return the region that a form means; nothing is written down."""
    if not asked.value:
        return Picked(problem="empty")
    if len(asked.value) > LONGEST:
        return Picked(problem="long")
    miles = _miles(asked.miles)
    if isinstance(miles, str):
        return Picked(problem=miles, field="miles")
    if miles is not None and asked.kind not in CIRCLES | {"text"}:
        return Picked(problem="no_circle", field="miles")
    try:
        return PICKERS[asked.kind](work, asked, miles, gazetteer)
    except (UnknownPlace, NotFound):
        return Picked(problem=_refusal(asked, gazetteer))


def _refusal(asked: Asked, gazetteer: Gazetteer) -> str:
    """Name the words for a place that there is none of."""
    reason = gazetteer.refusal(asked.value) if asked.kind in {"zip", "text"} else None
    return reason or f"no_{asked.kind}"


def _miles(written: str) -> float | str | None:
    """Read a radius, or name what is wrong with it."""
    if not written:
        return None
    try:
        miles = float(written.replace(",", "."))
    except ValueError:
        return "bad_miles"
    return miles if LEAST_RADIUS <= miles <= MOST_RADIUS else "bad_miles"


def _text(work: Work, asked: Asked, miles: float | None, gazetteer: Gazetteer) -> Picked:
    """Read a place in somebody's own words."""
    match = resolve(asked.value, gazetteer)
    if match.region is None:
        return _undecided(match, asked, gazetteer)
    kind, _, where = match.region.area.partition(":")
    note = "" if match.decision == "accept" else "is_it"
    if kind == "zip" or (kind == "county" and miles is None):
        picked = PICKERS[kind](work, Asked(kind, where, "", asked.neighbours), miles, gazetteer)
        return Picked(picked.region, note=note)
    if miles is not None:
        return Picked(problem="no_circle", field="miles")
    return Picked(match.region, note=note)


def _undecided(match: Match, asked: Asked, gazetteer: Gazetteer) -> Picked:
    """Offer the choices, or say that there are none."""
    if match.choices:
        return Picked(problem="which", choices=match.choices)
    return Picked(problem="state" if match.decision == "state" else _refusal(asked, gazetteer))


def _zip(_work: Work, asked: Asked, miles: float | None, gazetteer: Gazetteer) -> Picked:
    return Picked(region_of({"zip": asked.value}, miles, gazetteer))


def _zips(_work: Work, asked: Asked, _miles: float | None, gazetteer: Gazetteer) -> Picked:
    codes = asked.value.replace(",", " ").split()
    return Picked(region_of({"zips": codes}, None, gazetteer))


def _county(_work: Work, asked: Asked, _miles: float | None, gazetteer: Gazetteer) -> Picked:
    place = {"county_fips": asked.value, "neighbours": asked.neighbours}
    return Picked(region_of(place, None, gazetteer))


def _city(_work: Work, asked: Asked, _miles: float | None, gazetteer: Gazetteer) -> Picked:
    city, _, state = asked.value.replace(",", " ").strip().rpartition(" ")
    return Picked(region_of({"city": city, "state": state.upper()}, None, gazetteer))


def _point(_work: Work, asked: Asked, miles: float | None, gazetteer: Gazetteer) -> Picked:
    if miles is None:
        return Picked(problem="needs_miles", field="miles")
    try:
        latitude, longitude = (float(part) for part in asked.value.replace(",", " ").split())
    except ValueError:
        return Picked(problem="no_point")
    return Picked(region_of({"latitude": latitude, "longitude": longitude}, miles, gazetteer))


def _named(work: Work, asked: Asked, _miles: float | None, _gazetteer: Gazetteer) -> Picked:
    return Picked(regions.named(work, asked.value))


PICKERS: dict[str, Callable[[Work, Asked, float | None, Gazetteer], Picked]] = {
    "text": _text,
    "zip": _zip,
    "zips": _zips,
    "county": _county,
    "city": _city,
    "point": _point,
    "named": _named,
}
