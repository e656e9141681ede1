"""The area an alert speaks to. Every region, however drawn, comes down to a set of ZIPs."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from statistics import fmean

from rapidresponse.errors import UnknownPlace
from rapidresponse.places import labels
from rapidresponse.places.facts import Place, Town
from rapidresponse.places.gazetteer import Gazetteer
from rapidresponse.places.names import filed

# The miles at which one ring ends and the next begins; the nearest ring hears first.
RING_EDGES = (2.0, 5.0, 10.0, 25.0)
LEAST_RADIUS, MOST_RADIUS = 0.5, 50.0
# A point outside every county outline still counts this near a ZIP: piers, beaches, borders.
OFFSHORE = 5.0


@dataclass(frozen=True, slots=True)
class Region:
    """A set of ZIPs with a short name, each ZIP in a ring; ring 0 is nearest the middle."""

    kind: str
    label: str
    rings: tuple[tuple[str, int], ...]
    timezone: str
    version: str
    area: str = ""  # the key under which a person may follow it, if it is a place


def region_of(
    place: Mapping[str, object], radius_miles: float | None, gazetteer: Gazetteer
) -> Region:
    """Return the region that a payload's place means."""
    _check_radius(radius_miles)
    match place:
        case {"zip": str(code)}:
            return _around_zip(gazetteer.place(code), radius_miles, gazetteer)
        case {"latitude": float() | int() as y, "longitude": float() | int() as x}:
            return _around_point(float(y), float(x), radius_miles, gazetteer)
    return _drawn(place, gazetteer)


def _drawn(place: Mapping[str, object], gazetteer: Gazetteer) -> Region:
    """Return the region of a place that has borders of its own, whatever the distance."""
    match place:
        case {"county_fips": str(fips), "neighbours": True}:
            return with_neighbours(fips, gazetteer)
        case {"county_fips": str(fips)}:
            return of_county(fips, gazetteer)
        case {"zips": [*codes]}:
            return of_parts(map(str, codes), (), gazetteer)
        case {"city": str(city), "state": str(state)}:
            return of_town(gazetteer.town(city, state), gazetteer)
    raise UnknownPlace("A place is a ZIP, a county, a city with its state, or a point.")


def of_zip(place: Place, gazetteer: Gazetteer) -> Region:
    """Return the region of one ZIP.

    Nobody lives in a PO box: such a ZIP takes in the nearest ordinary one of its city.
    """
    zips = [place.zip]
    if place.kind != "standard" and (nearby := gazetteer.ordinary(place)):
        zips.append(nearby)
    rings = tuple((code, 0) for code in zips)
    label, area = labels.of_zip(place), f"zip:{place.zip}"
    return Region("zip", label, rings, place.timezone, gazetteer.version, area)


def of_county(fips: str, gazetteer: Gazetteer) -> Region:
    """Return the region of a county."""
    county = gazetteer.county(fips)
    middle = (county.latitude, county.longitude)
    label = labels.of_county(county)
    whole = _region("county", label, middle, gazetteer.in_county(fips), gazetteer)
    return replace(whole, area=f"county:{fips}")


def with_neighbours(fips: str, gazetteer: Gazetteer) -> Region:
    """Return the region of a county and those that touch it, under the county's own name."""
    county = gazetteer.county(fips)
    zips = {code for each in (fips, *county.neighbours) for code in gazetteer.in_county(each)}
    middle = (county.latitude, county.longitude)
    return _region("counties", labels.of_county(county), middle, zips, gazetteer)


def of_parts(zips: Iterable[str], counties: Iterable[str], gazetteer: Gazetteer) -> Region:
    """Return the region of some ZIPs and counties together, named after the city in its middle."""
    codes = {gazetteer.place(code).zip for code in zips}
    codes |= {
        code for fips in counties for code in gazetteer.in_county(gazetteer.county(fips).fips)
    }
    if not codes:
        raise UnknownPlace("Name at least one ZIP or county.")
    points = [gazetteer.place(code) for code in codes]
    middle = (fmean(p.latitude for p in points), fmean(p.longitude for p in points))
    drawn = _region("zips", "", middle, codes, gazetteer)
    nearest = gazetteer.place(drawn.rings[0][0])
    return replace(drawn, label=labels.of_city(nearest.city, nearest.state))


def of_town(town: Town, gazetteer: Gazetteer) -> Region:
    """Return the region of a city, borough or neighbourhood."""
    kind = ("city", "county", "group")[min(2, len(town.counties))]
    label = labels.of_city(town.name, town.state)
    middle = (town.latitude, town.longitude)
    whole = _region(kind, label, middle, gazetteer.zips_of(town), gazetteer)
    key = key_of_town(town.name, town.county, is_group=kind == "group")
    return replace(whole, area=key)


def key_of_town(name: str, fips: str, *, is_group: bool) -> str:
    """Return the key of a town, or of a group of counties with a name."""
    return f"{'group' if is_group else 'city'}:{fips}/{filed(name).replace(' ', '-')}"


def _check_radius(miles: float | None) -> None:
    """Refuse a circle that is too small to hold anyone or too large to mean anything."""
    if miles is not None and not LEAST_RADIUS <= miles <= MOST_RADIUS:
        raise UnknownPlace(f"A radius is from {LEAST_RADIUS} to {MOST_RADIUS:.0f} miles.")


def _around_zip(place: Place, miles: float | None, gazetteer: Gazetteer) -> Region:
    """Return a ZIP alone, or the circle around its middle."""
    if miles is None:
        return of_zip(place, gazetteer)
    middle = (place.latitude, place.longitude)
    near = [code for code, _ in gazetteer.within(*middle, miles)]
    return _region("radius", labels.of_zip(place), middle, {place.zip, *near}, gazetteer)


def _around_point(
    latitude: float, longitude: float, miles: float | None, gazetteer: Gazetteer
) -> Region:
    """Return the circle around a point, named after the city there and nothing finer."""
    if miles is None:
        raise UnknownPlace("A point needs a radius in miles.")
    if not (abs(latitude) <= 90 and abs(longitude) <= 180):  # noqa: PLR2004 - the whole globe
        raise UnknownPlace("That point is not on the globe.")
    if not _is_american(latitude, longitude, gazetteer):
        raise UnknownPlace("That point is outside the United States and its territories.")
    zips = [code for code, _ in gazetteer.within(latitude, longitude, miles)]
    nearest = gazetteer.place(zips[0])
    label = labels.of_city(nearest.city, nearest.state)
    return _region("radius", label, (latitude, longitude), zips, gazetteer)


def _is_american(latitude: float, longitude: float, gazetteer: Gazetteer) -> bool:
    """Say whether a point is in a county, or just off its shore."""
    if gazetteer.county_at(latitude, longitude):
        return True
    return gazetteer.is_near_any(latitude, longitude, OFFSHORE)


def _region(
    kind: str,
    label: str,
    middle: tuple[float, float],
    zips: Iterable[str],
    gazetteer: Gazetteer,
) -> Region:
    """Put some ZIPs into rings around a middle; most of them decide the clock."""
    near = gazetteer.distances(*middle, zips)
    if not near:
        raise UnknownPlace("There are no ZIP codes in that place.")
    rings = tuple((code, bisect_left(RING_EDGES, away)) for away, code, _ in near)
    clock = Counter(clock for _, _, clock in near).most_common(1)[0][0]
    return Region(kind, label, rings, clock, gazetteer.version)
