"""Places by name: postal cities, towns and neighbourhoods, and the names we add by hand."""

import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from math import pi, sqrt
from pathlib import Path

from rapidresponse.places.build.grid import Grid
from rapidresponse.places.build.postal import City, Zip, middle
from rapidresponse.places.build.sources import NamedPlace
from rapidresponse.places.geometry import Point, miles_between
from rapidresponse.places.names import filed

NAMES = Path(__file__).with_name("names.toml")
# A town this far from its own ZIPs is another town of the same name.
ELSEWHERE = 40.0
# People to the square mile, to guess how far a place reaches that has no ZIPs of its own.
DENSITY = 3000
NEIGHBOURHOOD = 40_000


@dataclass(frozen=True, slots=True)
class Named:
    """A place with names. Its ZIPs are its postal ones, those listed, or those within reach."""

    name: str
    state: str
    county: str
    point: Point
    population: int
    names: tuple[str, ...]
    postal: City | None = None
    zips: tuple[str, ...] = ()
    counties: tuple[str, ...] = ()
    reach: float = 0.0


class Gathering:
    """Every place by name, gathered from the ZIPs, from GeoNames and from our own list."""

    def __init__(self, zips: list[Zip], towns: list[NamedPlace]) -> None:
        self._zips = {z.zip: z for z in zips}
        self._grid = Grid({z.zip: z.point for z in zips if z.area})
        self._towns = towns
        self._by_hand = tomllib.loads(NAMES.read_text(encoding="utf-8"))
        self._people = {(filed(t.name), t.state): t.population for t in reversed(towns)}

    def places(self) -> list[Named]:
        """Return all places in a fixed order; our own list goes before the public data."""
        ours = [*self._whole_counties(), *self._neighbourhoods()]
        taken = {(name, place.state) for place in ours for name in place.names}
        cities = self._postal_cities()
        claimed = {id(town) for _, town in cities.values() if town}
        theirs = [self._city(city, *found) for city, found in sorted(cities.items())]
        theirs += [self._town(town) for town in self._towns if id(town) not in claimed]
        return _told_apart(self._with_aliases([*ours, *_unless_taken(theirs, taken)]))

    def _whole_counties(self) -> Iterator[Named]:
        """Read the places that are one or more whole counties."""
        for row in self._by_hand["counties"]:
            inside = [z.point for z in self._zips.values() if z.county in row["counties"]]
            yield Named(
                name=row["name"],
                state=row["state"],
                county=row["counties"][0],
                point=middle(inside),
                population=row["population"],
                names=tuple(dict.fromkeys(map(filed, row["names"]))),
                counties=tuple(row["counties"]),
            )

    def _neighbourhoods(self) -> Iterator[Named]:
        """Read the neighbourhoods that we list by ZIP."""
        for city, listed in self._by_hand["neighbourhood"].items():
            state = city.rpartition(", ")[2]
            for names, zips in listed.items():
                yield self._neighbourhood(names.split("|"), state, zips)

    def _neighbourhood(self, names: list[str], state: str, zips: list[str]) -> Named:
        """Read one neighbourhood of our list."""
        people = self._people.get((filed(names[0]), state), 0)
        return Named(
            name=names[0],
            state=state,
            county=self._zips[zips[0]].county,
            point=middle([self._zips[z].point for z in zips]),
            population=max(people, NEIGHBOURHOOD),
            names=tuple(dict.fromkeys(map(filed, names))),
            zips=tuple(zips),
        )

    def _postal_cities(self) -> dict[City, tuple[list[Zip], NamedPlace | None]]:
        """Return each postal city with its ZIPs and the town that bears its name."""
        cities: dict[City, list[Zip]] = defaultdict(list)
        for z in self._zips.values():
            cities[z.city, z.state].append(z)
        towns: dict[City, list[NamedPlace]] = defaultdict(list)
        for town in self._towns:
            towns[filed(town.name), town.state].append(town)
        return {
            city: (zips, _bearer(zips, towns[filed(city[0]), city[1]]))
            for city, zips in cities.items()
        }

    def _city(self, city: City, zips: list[Zip], town: NamedPlace | None) -> Named:
        """Return a postal city, at the town's own centre when there is one."""
        return Named(
            name=city[0],
            state=city[1],
            county=_most(zips),
            point=town.point if town else middle([z.point for z in zips]),
            population=town.population if town else 0,
            names=(filed(city[0]),),
            postal=city,
        )

    def _town(self, town: NamedPlace) -> Named:
        """Return a town or neighbourhood that has no ZIP of its own."""
        reach = max(1.0, min(6.0, sqrt(max(town.population, 500) / DENSITY / pi)))
        return Named(
            name=town.name,
            state=town.state,
            county=self._zips[self._grid.nearest(town.point)].county,
            point=town.point,
            population=town.population,
            names=(filed(town.name),),
            reach=round(reach, 1),
        )

    def _with_aliases(self, places: list[Named]) -> list[Named]:
        """Give places the other names that our list has for them; an unknown one stops us."""
        extra: dict[City, list[str]] = defaultdict(list)
        for alias, place in self._by_hand["alias"].items():
            name, _, state = place.rpartition(", ")
            extra[filed(name), state].append(filed(alias))
        found = [_renamed(place, extra) for place in places]
        if extra:
            raise ValueError(f"Our list names places that do not exist: {sorted(extra)}")
        return found


def _renamed(place: Named, extra: dict[City, list[str]]) -> Named:
    """Give a place its other names, once."""
    if not place.names:
        return place
    more = extra.pop((place.names[0], place.state), ())
    return replace(place, names=(*place.names, *more))


def _unless_taken(places: Iterable[Named], taken: set[City]) -> Iterator[Named]:
    """Leave out towns that our own list has; a postal city stays, without its name."""
    for place in places:
        if (place.names[0], place.state) not in taken:
            yield place
        elif place.postal:
            yield replace(place, names=())


def _told_apart(places: list[Named]) -> list[Named]:
    """Leave a name to the largest that bears it in a county: the rest are mostly that town."""
    largest: dict[City, Named] = {}
    for place in sorted(places, key=lambda place: -place.population):
        if place.names:
            largest.setdefault((filed(place.name), place.county), place)
    kept = set(map(id, largest.values()))
    return [place if id(place) in kept else replace(place, names=()) for place in places]


def _bearer(zips: list[Zip], towns: list[NamedPlace]) -> NamedPlace | None:
    """Return the largest town of that name near the ZIPs."""
    centre = middle([z.point for z in zips])
    near = [town for town in towns if miles_between(*centre, town.point) < ELSEWHERE]
    return max(near, key=lambda town: town.population, default=None)


def _most(zips: list[Zip]) -> str:
    """Return the county that most of some ZIPs are in; standard ZIPs count ten times."""
    votes: Counter[str] = Counter()
    for z in sorted(zips, key=lambda z: z.zip):
        votes[z.county] += 10 if z.kind == "standard" else 1
    return votes.most_common(1)[0][0]
