"""Time the places file: `python benchmarks/places.py`."""

import gc
import random
import resource
import statistics
import sys
import time
from pathlib import Path

from rapidresponse.places import areas_of, open_gazetteer, region_of, resolve

ROUNDS = 2000
COUNTIES, MANHATTAN = ("37119", "36081", "06037", "30017"), "36061"
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
    look_up(gazetteer)
    for name, text in TEXTS.items():
        show(name, lambda said: resolve(said, gazetteer), [text], 200)
    print(f"{'memory held by all of this':32}{memory() - before:10.1f} MB")


def look_up(gazetteer):
    """Print the medians of looking up ZIPs, names, distances, counties and regions."""

    def around(miles):
        return lambda place: gazetteer.within(place.latitude, place.longitude, miles)

    zips = [code for fips in COUNTIES for code in gazetteer.in_county(fips)]
    places = [gazetteer.place(code) for code in zips]
    dense = [gazetteer.place(code) for code in gazetteer.in_county(MANHATTAN)]
    show("a ZIP", gazetteer.place, zips)
    show("a name", gazetteer.towns, CITIES)
    show("5 miles around", around(5), places)
    show("5 miles around, in Manhattan", around(5), dense)
    show("25 miles around", around(25), places, 200)
    draw_regions(gazetteer, zips)


def draw_regions(gazetteer, zips):
    """Print the medians of drawing a county, and a circle with the areas that people follow."""

    def county(fips):
        return region_of({"county_fips": fips}, None, gazetteer)

    def circle(code):
        return areas_of(region_of({"zip": code}, 3, gazetteer), gazetteer)

    def county_at(code):
        place = gazetteer.place(code)
        return gazetteer.county_at(place.latitude, place.longitude)

    show("the county of a point", county_at, zips, 200)
    show("the region of a county", county, COUNTIES, 200)
    show("3 miles, with their areas", circle, zips, 200)


if __name__ == "__main__":
    sys.exit(main())
