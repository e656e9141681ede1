"""What we know about a ZIP, a county and a place by name."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """One ZIP: its city, its middle, the county of most of its addresses, and its clock.

    Its kind is standard, po_box or unique (one organisation). A military ZIP is never a
    place: it moves with a unit, so nobody can be near it.
    """

    zip: str
    city: str
    state: str
    county: str
    latitude: float
    longitude: float
    timezone: str
    kind: str


@dataclass(frozen=True, slots=True)
class County:
    """One county, parish, municipio or independent city, with those that touch it."""

    fips: str
    name: str
    state: str
    latitude: float
    longitude: float
    population: int
    neighbours: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Town:
    """A city, town, borough or neighbourhood by name.

    Its ZIPs are those of its counties, those listed, those within its reach, or, when it has
    none of these, the ZIPs that the post delivers under its name.
    """

    id: int
    name: str
    state: str
    county: str
    latitude: float
    longitude: float
    population: int
    zips: tuple[str, ...]
    counties: tuple[str, ...]
    reach: float
