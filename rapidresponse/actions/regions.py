"""Regions that an admin drew once and named, for use again and again."""

import re

import sqlalchemy as sa

from rapidresponse.errors import Invalid, NotFound
from rapidresponse.places import Region, labels
from rapidresponse.store.models import NamedRegion
from rapidresponse.work import Work

KIND = "named"
NAME = re.compile(r"[^\W_][\w .'&-]{0,22}[^\W_]")


def define(work: Work, name: str, region: Region) -> NamedRegion:
    """Keep a region under a name; a region that had this name before is replaced."""
    name = " ".join(name.split())
    if not NAME.fullmatch(name):
        raise Invalid("A region's name has 2 to 24 letters, digits and spaces.")
    kept = work.session.get(NamedRegion, _key(name)) or NamedRegion(name=_key(name))
    kept.label = labels.plain(name)
    kept.timezone = region.timezone
    kept.zips = [list(ring) for ring in region.rings]
    kept.places_version = region.version
    kept.made_at = work.now
    work.session.add(kept)
    return kept


def named(work: Work, name: str) -> Region:
    """Return a region by its name: the very ZIP codes it was made of."""
    kept = work.session.get(NamedRegion, _key(name))
    if kept is None:
        raise NotFound("There is no region of that name; see: rapidresponse places list")
    rings = tuple((str(code), int(ring)) for code, ring in kept.zips)
    return Region(KIND, kept.label, rings, kept.timezone, kept.places_version)


def every(work: Work) -> list[NamedRegion]:
    """Return all named regions, by name."""
    return list(work.session.scalars(sa.select(NamedRegion).order_by(NamedRegion.name)))


def _key(name: str) -> str:
    return " ".join(name.split()).casefold()[:40]
