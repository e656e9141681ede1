"""Time the places file: `python benchmarks/places.py`."""

import gc
import random
import resource
import statistics
import sys
import time
from pathlib import Path

from rapidresponse.places import open_gazetteer, region_of, resolve

ROUNDS = 2000
CITIES = ("charlotte", "springfield", "nueva york", "jackson heights", "el paso", "memphis")
TEXTS = {
    "resolve a ZIP": "JOIN 28205",
    "resolve a city": "UNIRSE Charlotte",
    "resolve a misspelt city": "UNIRSE Charlote",
    "resolve a report": "hay migra en jackson heights en la roosevelt",
}


def memory():
    """Return the memory this process holds now, in MB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


def median(work, choices, rounds=ROUNDS):
    """Return the median of one piece of work over many choices, in microseconds."""
    chosen = random.Random(1).choices(choices, k=rounds)  # noqa: S311 - no secret
    taken = []
    for choice in chosen:
        start = time.perf_counter()
        work(choice)
        taken.append(time.perf_counter() - start)
    return statistics.median(taken) * 1e6


def show(name, work, choices, rounds=ROUNDS):
    """Print the median of one piece of work."""
    print(f"{name:32}{median(work, choices, rounds):10.1f} µs")


def main():
    """Print the medians and the memory."""
    open_gazetteer()
    gc.collect()
    before = memory()
    show("open, already unpacked", lambda _: open_gazetteer(), [None], 20)
    gazetteer = open_gazetteer()
    counties = ["37119", "36081", "06037", "30017"]
    zips = [code for fips in counties for code in gazetteer.in_county(fips)]
    points = [(place.latitude, place.longitude) for place in map(gazetteer.place, zips)]

    show("a ZIP", gazetteer.place, zips)
    show("a name", gazetteer.towns, CITIES)
    show("5 miles around", lambda at: gazetteer.within(at[0], at[1], 5), points)
    show("25 miles around", lambda at: gazetteer.within(at[0], at[1], 25), points, 200)
    show("the county of a point", lambda at: gazetteer.county_at(*at), points, 200)
    show(
        "the region of a county",
        lambda fips: region_of({"county_fips": fips}, None, gazetteer),
        counties,
        200,
    )
    for name, text in TEXTS.items():
        show(name, lambda said: resolve(said, gazetteer), [text], 200)
    print(f"{'memory held by all of this':32}{memory() - before:10.1f} MB")


if __name__ == "__main__":
    sys.exit(main())
