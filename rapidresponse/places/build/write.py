"""Write the places file: the same input always gives the same bytes."""

import gzip
import hashlib
import sqlite3
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from rapidresponse.places.build import borders, sources
from rapidresponse.places.build.gather import Gathering, Named
from rapidresponse.places.build.postal import Zip, complete, middle, refused
from rapidresponse.places.gazetteer import Gazetteer
from rapidresponse.places.geometry import Point
from rapidresponse.places.names import filed
from rapidresponse.places.outlines import pack_outline
from rapidresponse.places.squares import square
from rapidresponse.places.states import BY_FIPS

SCHEMA = Path(__file__).with_name("schema.sql")


def make(root: Path, version: str, into: Path) -> None:
    """Write a places database from unpacked packages."""
    into.unlink(missing_ok=True)
    database = sqlite3.connect(into)
    database.executescript(SCHEMA.read_text(encoding="utf-8"))
    database.execute("insert into meta values ('version', ?)", [version])
    zips = complete(root)
    places = Gathering(zips, sources.named_places(root)).places()
    _write_places(database, places)
    _write_zips(database, zips, places)
    _write_counties(database, root, zips, places)
    left_out = refused(sources.postal_codes(root))
    database.executemany("insert into refused values (?, ?)", left_out)
    database.execute("create index zip_square on zip (square, latitude, longitude, area)")
    database.execute("create index zip_place on zip (place)")
    database.execute("create index share_zip on share (zip)")
    database.commit()
    _write_members(database, Gazetteer(into))
    database.commit()
    database.execute("vacuum")
    database.close()
    _forget_the_writer(into)


def pack(database: Path, into: Path) -> dict[str, str]:
    """Compress a places database, and return the checksums of both files by name."""
    plain = database.read_bytes()
    packed = gzip.compress(plain, 9, mtime=0)
    into.write_bytes(packed)
    return {
        into.name: hashlib.sha256(packed).hexdigest(),
        into.stem: hashlib.sha256(plain).hexdigest(),
    }


def _write_places(database: sqlite3.Connection, places: list[Named]) -> None:
    """Write the places and the names they go by."""
    rows = (
        (
            number,
            place.name,
            place.state,
            int(place.county),
            *_whole(place.point),
            place.population,
            " ".join(place.zips) or None,
            " ".join(place.counties) or None,
            round(place.reach * 10) or None,
            bool(place.names),
        )
        for number, place in enumerate(places)
    )
    database.executemany("insert into place values (?,?,?,?,?,?,?,?,?,?,?)", rows)
    names = {(name, number) for number, place in enumerate(places) for name in place.names if name}
    database.executemany("insert into name values (?, ?)", sorted(names))


def _write_zips(database: sqlite3.Connection, zips: list[Zip], places: list[Named]) -> None:
    """Write the ZIPs and their shares of counties."""
    cities = {place.postal: number for number, place in enumerate(places) if place.postal}
    clocks = sorted({z.timezone for z in zips})
    database.executemany("insert into timezone values (?, ?)", enumerate(clocks))
    rows = (
        (
            int(z.zip),
            cities[z.city, z.state],
            int(z.county),
            *_whole(z.point),
            square(*z.point),
            z.kind,
            z.area,
            clocks.index(z.timezone),
        )
        for z in zips
    )
    database.executemany("insert into zip values (?,?,?,?,?,?,?,?,?)", rows)
    shares = ((int(c), int(z.zip), round(share * 1000)) for z in zips for c, share in z.shares)
    database.executemany("insert into share values (?, ?, ?)", sorted(shares))


def _write_members(database: sqlite3.Connection, gazetteer: Gazetteer) -> None:
    """Write which places a ZIP is in, and which ZIPs without residents lean on it."""
    named = gazetteer.ask("select id from place where named order by id")
    for (number,) in named:
        town = gazetteer.numbered(number)
        if town.zips or town.counties or town.reach:
            rows = ((int(code), number) for code in gazetteer.zips_of(town))
            database.executemany("insert into inside values (?, ?)", sorted(rows))
    empty = gazetteer.ask(
        "select printf('%05d', zip) from zip where kind != 'standard' order by zip"
    )
    for (code,) in empty:
        if ordinary := gazetteer.ordinary(gazetteer.place(code)):
            database.execute("insert into box values (?, ?)", (int(ordinary), int(code)))


def _write_counties(
    database: sqlite3.Connection, root: Path, zips: list[Zip], places: list[Named]
) -> None:
    """Write the counties, their outlines and their neighbours."""
    drawn = sources.topology(root)
    full, touching = sources.county_names(root), borders.neighbours(drawn)
    rings, people = borders.outlines(drawn), _people(places)
    inside = _centres(zips)
    for fips, short in sorted(borders.county_names(drawn).items()):
        # One city is too small to be drawn at all; its ZIPs stand in for its corners.
        corners = [corner for ring in rings[fips] for corner in ring] or inside[fips]
        # Connecticut's planning regions are newer than the list of full names.
        name = full.get(fips, f"{short} Planning Region")
        row = (
            *(int(fips), name, BY_FIPS[fips[:2]].code),
            *_whole(middle(inside.get(fips) or corners)),
            people[fips],
            *_box(corners),
            " ".join(touching.get(fips, ())),
            pack_outline(rings[fips]),
        )
        database.execute("insert into county values (?,?,?,?,?,?,?,?,?,?,?,?)", row)
        names = sorted((filed(spelling), int(fips)) for spelling in {name, short})
        database.executemany("insert or ignore into county_name values (?, ?)", names)


def _people(places: Iterable[Named]) -> Counter[str]:
    """Add up the people of a county's towns: a rough count, for telling namesakes apart."""
    people: Counter[str] = Counter()
    for place in places:
        if not place.counties:
            people[place.county] += place.population
    return people


def _centres(zips: Iterable[Zip]) -> dict[str, list[Point]]:
    """Return the centres of the ZIPs with an area in each county."""
    found: dict[str, list[Point]] = {}
    for z in zips:
        if z.area:
            found.setdefault(z.county, []).append(z.point)
    return found


def _box(corners: list[Point]) -> tuple[int, int, int, int]:
    """Return the south, west, north and east edges of an outline."""
    lats, lons = zip(*corners, strict=True)
    return *_whole((min(lats), min(lons))), *_whole((max(lats), max(lons)))


def _whole(point: Point) -> tuple[int, int]:
    """Return a point in ten-thousandths of a degree: about ten paces."""
    return round(point[0] * 10_000), round(point[1] * 10_000)


def _forget_the_writer(path: Path) -> None:
    """Blank the fields of the header that record which SQLite wrote the file, and how often."""
    content = bytearray(path.read_bytes())
    for at in (24, 92):
        content[at : at + 4] = (1).to_bytes(4, "big")
    content[96:100] = (3_040_000).to_bytes(4, "big")
    path.write_bytes(content)
