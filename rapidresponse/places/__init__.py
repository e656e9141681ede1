"""Where things are. Every region, however drawn, comes down to a set of ZIPs."""

from rapidresponse.places.areas import areas_of, nearest_of, region_of_area
from rapidresponse.places.facts import County, Place
from rapidresponse.places.gazetteer import Gazetteer, open_gazetteer
from rapidresponse.places.region import Region, region_of
from rapidresponse.places.resolver import Match, resolve

__all__ = [
    "County",
    "Gazetteer",
    "Match",
    "Place",
    "Region",
    "areas_of",
    "nearest_of",
    "open_gazetteer",
    "region_of",
    "region_of_area",
    "resolve",
]
