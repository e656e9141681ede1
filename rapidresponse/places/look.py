"""The answer to "what would this text resolve to?", for people to read."""

from collections.abc import Iterator

from rapidresponse.places import labels
from rapidresponse.places.gazetteer import Gazetteer
from rapidresponse.places.reading import read
from rapidresponse.places.resolver import Match, resolve

MOST_ZIPS = 12


def look(text: str, gazetteer: Gazetteer) -> str:
    """Say what a text resolves to and how sure we are, one fact a line."""
    return "\n".join(_lines(text, resolve(text, gazetteer), gazetteer))


def _lines(text: str, match: Match, gazetteer: Gazetteer) -> Iterator[str]:
    """Write the lines that apply."""
    yield f"decision   {match.decision}"
    for code in read(text).codes:
        if reason := gazetteer.refusal(code):
            yield f"refused    {code} ({reason})"
    if match.label:
        yield f"label      {match.label}"
    if match.region:
        counties = _counties(match, gazetteer)
        yield f"region     {match.region.kind}, {len(match.region.rings)} ZIPs"
        yield f"nearest    {' '.join(code for code, _ in match.region.rings[:MOST_ZIPS])}"
        yield f"followed   as {match.region.area}"
        yield f"county     {', '.join(counties)}"
        yield f"time zone  {match.region.timezone}"
    if match.choices:
        yield f"choices    {', '.join(match.choices)}"
    yield f"places     {gazetteer.version}"


def _counties(match: Match, gazetteer: Gazetteer) -> list[str]:
    """Return the labels of the counties that a region's ZIPs are mostly in."""
    rings = match.region.rings if match.region else ()
    fips = sorted({gazetteer.place(code).county for code, _ in rings})
    return [labels.of_county(gazetteer.county(each)) for each in fips]
