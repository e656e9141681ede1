"""Time "who would this reach" for a million subscribers: `python -m benchmarks.audience`."""

import argparse
import random
import secrets
import statistics
import sys
import tempfile
import time
from collections import Counter

import sqlalchemy as sa

from rapidresponse.actions import audience, following
from rapidresponse.places import areas_of, open_gazetteer, region_of
from rapidresponse.store import database
from rapidresponse.store.queries import audience as questions
from rapidresponse.vault import Keyring, Vault
from rapidresponse.work import Work, utc_now
from tests.servers import Postgres

# Where people live: a county and its share of them; the rest live anywhere.
HOMES = {
    "06037": 20,  # Los Angeles
    "37119": 15,  # Mecklenburg, with Charlotte
    "17031": 10,  # Cook, with Chicago
    "48201": 10,  # Harris, with Houston
    "36081": 8,  # Queens
    "36047": 7,  # Brooklyn
    "48113": 8,  # Dallas
    "12086": 6,  # Miami-Dade
    "04013": 6,  # Maricopa, with Phoenix
}
ANYWHERE = 10
LANGUAGES = ("es", "en", "es", "en", "es", "both", "es", "en", "es", "en")
# What people follow: their ZIP, their town, their county, or several places.
KINDS, SHARES = ("zip", "city", "county", "several"), (55, 10, 10, 25)
REGIONS = {
    "a ZIP and 3 miles": ({"zip": "28205"}, 3),
    "a ZIP of Queens": ({"zip": "11368"}, None),
    "a city: Charlotte": ({"city": "Charlotte", "state": "NC"}, None),
    "a county: Mecklenburg": ({"county_fips": "37119"}, None),
    "a county: Los Angeles": ({"county_fips": "06037"}, None),
    "25 miles of Los Angeles": ({"zip": "90012"}, 25),
    "New York City": ({"city": "New York", "state": "NY"}, None),
}
SCAN = """
SELECT count(DISTINCT a.subscriber_id) FROM ({region}) r JOIN areas a ON a.area = r.area
"""
PAGE = 50_000
TABLES = {
    "subscribers": ("id", "phone", "phone_index", "state", "language", "consent_by"),
    "areas": ("subscriber_id", "area", "language"),
    "followers": ("area", "together", "language", "n"),
}


class Homes:
    """Where made-up people live and what they follow."""

    def __init__(self, gazetteer, seed=4):
        self._dice = random.Random(seed)  # noqa: S311 - no secret
        everywhere = [code for (code,) in gazetteer.ask("select printf('%05d', zip) from zip")]
        self._zips = {fips: gazetteer.in_county(fips) for fips in HOMES} | {"": everywhere}
        self._towns = {}
        self._gazetteer = gazetteer

    def follow(self):
        """Return what one person follows."""
        county = self._dice.choices([*HOMES, ""], [*HOMES.values(), ANYWHERE])[0]
        home = self._dice.choice(self._zips[county])
        kind = self._dice.choices(KINDS, SHARES)[0]
        if kind == "several":
            return self._several(home, county)
        return [self._area(kind, home)]

    def _several(self, home, county):
        """Return a home with one to four more: the town, the county, ZIPs of work and family."""
        more = self._dice.choices((1, 2, 3, 4), (60, 25, 10, 5))[0]
        kinds = self._dice.choices(("zip", "city", "county"), (70, 15, 15), k=more)
        others = [self._area(kind, self._dice.choice(self._zips[county])) for kind in kinds]
        return sorted({f"zip:{home}", *others})

    def _area(self, kind, code):
        if kind == "zip":
            return f"zip:{code}"
        if code not in self._towns:
            place = self._gazetteer.place(code)
            found = areas_of(region_of({"zip": code}, None, self._gazetteer), self._gazetteer)
            town = next((key for key, _ in found if key.startswith("city:")), f"zip:{code}")
            self._towns[code] = {"city": town, "county": f"county:{place.county}"}
        return self._towns[code][kind]


def fill(url, people, gazetteer):
    """Fill a record with people, in bulk."""
    database.upgrade(url)
    record = database.connect(url)
    homes = Homes(gazetteer)
    moves: Counter[tuple[str, int, str]] = Counter()
    shared: dict[str, int] = {}
    for done in range(0, people, PAGE):
        subscribers, areas = [], []
        for at in range(done, min(done + PAGE, people)):
            key, reads, followed = secrets.randbits(52) + 1, LANGUAGES[at % 10], homes.follow()
            line = " ".join(followed)
            same = shared.get(line) or shared.setdefault(line, following.together(followed))
            index = secrets.token_bytes(32)
            subscribers.append((key, index, index, "active", reads, "practice"))
            areas += [(key, area, reads) for area in followed]
            moves.update((area, same, reads) for area in followed)
        put(record, "subscribers", subscribers)
        put(record, "areas", areas)
    put(record, "followers", [(*key, n) for key, n in moves.items()])
    tidy(record)
    return record


def put(record, table, rows):
    """Write rows the fast way of each database."""
    names = TABLES[table]
    with record.engine.begin() as connection:
        if record.is_sqlite:
            marks = ", ".join("?" * len(names))
            into = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})"  # noqa: S608 - ours
            connection.exec_driver_sql(into, rows)
            return
        cursor = connection.connection.cursor()
        with cursor.copy(f"COPY {table} ({', '.join(names)}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)


def tidy(record):
    """Do what the database does by itself now and then: look at its own tables."""
    with record.engine.connect() as connection:
        free = connection.execution_options(isolation_level="AUTOCOMMIT")
        free.exec_driver_sql("ANALYZE" if record.is_sqlite else "VACUUM ANALYZE")


def measure(record, areas, rounds=15):
    """Return the answer and the median of the milliseconds it took."""
    taken, shares = [], []
    with record.reading.begin() as session:
        work = Work(session, utc_now(), Vault(Keyring.fresh()))
        for _ in range(rounds):
            start = time.perf_counter()
            shares = audience.count(work, areas)
            taken.append((time.perf_counter() - start) * 1e3)
    return shares, statistics.median(taken)


def scan(record, areas):
    """Count the people themselves, to compare."""
    region = questions.REGION_SQLITE if record.is_sqlite else questions.REGION_POSTGRESQL
    with record.engine.connect() as connection:
        start = time.perf_counter()
        asked = sa.text(SCAN.format(region=region))
        people = connection.execute(
            asked, audience.given(areas, is_sqlite=record.is_sqlite)
        ).scalar_one()
        return people, (time.perf_counter() - start) * 1e3


def plan(record, areas):
    """Return how the database goes about it."""
    explain = "EXPLAIN QUERY PLAN " if record.is_sqlite else "EXPLAIN (ANALYZE, COSTS OFF) "
    asked = questions.COUNT_SQLITE if record.is_sqlite else questions.COUNT_POSTGRESQL
    with record.engine.connect() as connection:
        rows = connection.execute(
            sa.text(explain + asked), audience.given(areas, is_sqlite=record.is_sqlite)
        )
        return [str(row[-1]) for row in rows]


def show(record, gazetteer):
    """Print the figures and the plans of one database."""
    for name, (place, miles) in REGIONS.items():
        region = region_of(place, miles, gazetteer)
        start = time.perf_counter()
        areas = areas_of(region, gazetteer)
        drawn = (time.perf_counter() - start) * 1e3
        shares, taken = measure(record, areas)
        people, scanned = scan(record, areas)
        if people != audience.total(shares):
            raise SystemExit(f"{name}: {people} people, but {audience.total(shares)} counted")
        print(
            f"{name:24}{len(areas):6} areas in {drawn:4.1f} ms {people:9,} people"
            f" {taken:7.1f} ms (by scanning {scanned:7.1f} ms)"
        )
    for name in ("a ZIP and 3 miles", "a county: Los Angeles"):
        place, miles = REGIONS[name]
        print(f"\nplan for {name}")
        print("\n".join(plan(record, areas_of(region_of(place, miles, gazetteer), gazetteer))))


def main():
    """Fill both databases, and time both."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=1_000_000)
    parser.add_argument("--only", choices=("sqlite", "postgresql"))
    asked = parser.parse_args()
    gazetteer = open_gazetteer()
    with tempfile.TemporaryDirectory(prefix="rapidresponse-audience-") as home:
        if asked.only != "postgresql":
            run("SQLite", f"sqlite:///{home}/record.sqlite", asked.people, gazetteer)
        if asked.only != "sqlite":
            server = Postgres()
            try:
                run("PostgreSQL", server.create("audience"), asked.people, gazetteer)
            finally:
                server.remove()


def run(name, url, people, gazetteer):
    """Fill one database and print its figures."""
    start = time.perf_counter()
    record = fill(url, people, gazetteer)
    with record.engine.connect() as connection:
        kept = connection.exec_driver_sql("SELECT count(*) FROM followers").scalar_one()
        followed = connection.exec_driver_sql("SELECT count(*) FROM areas").scalar_one()
    print(f"\n{name}: {people:,} people follow {followed:,} places, counted in {kept:,} rows;")
    print(f"filled in {time.perf_counter() - start:.0f} s\n")
    show(record, gazetteer)
    record.engine.dispose()


if __name__ == "__main__":
    sys.exit(main())
