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


def main():
    """Print the medians and the memory."""
    open_gazetteer()
    gc.collect()
    before = memory()
    start = time.perf_counter()
    gazetteer = open_gazetteer()
    opened = time.perf_counter() - start
    zips = [
        code for fips in ("37119", "36081", "06037", "30017") for code in gazetteer.in_county(fips)
    ]
    points = [(place.latitude, place.longitude) for place in map(gazetteer.place, zips)]

    print(f"{'open, already unpacked':32}{opened * 1e6:10.0f} µs")
    print(f"{'a ZIP':32}{median(gazetteer.place, zips):10.1f} µs")
    print(f"{'a name':32}{median(gazetteer.towns, CITIES):10.1f} µs")
    print(f"{'5 miles around':32}{median(lambda at: gazetteer.within(*at, 5), points):10.1f} µs")
    print(
        f"{'25 miles around':32}{median(lambda at: gazetteer.within(*at, 25), points, 200):10.1f} µs"
    )
    print(
        f"{'a point`s county':32}{median(lambda at: gazetteer.county_at(*at), points, 200):10.1f} µs"
    )
    county = median(lambda fips: region_of({"county_fips": fips}, None, gazetteer), ["37119"], 200)
    print(f"{'the region of a county':32}{county:10.1f} µs")
    for name, text in TEXTS.items():
        print(f"{name:32}{median(lambda said: resolve(said, gazetteer), [text], 200):10.1f} µs")
    print(f"{'memory held by all of this':32}{memory() - before:10.1f} MB")


if __name__ == "__main__":
    sys.exit(main())
