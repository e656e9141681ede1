"""The place picker as a plain form: a region, whom it would reach, and a map of it.

It reads and writes nothing down. There is no login yet, so it is there in practice only.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from rapidresponse.actions import audience
from rapidresponse.actions.audience import Share
from rapidresponse.messages import READING
from rapidresponse.places import Gazetteer, Region, areas_of, labels, maps
from rapidresponse.web import door, language
from rapidresponse.web.desk import picker
from rapidresponse.web.desk.picker import PICKERS, Picked
from rapidresponse.web.language import say
from rapidresponse.work import Work

bp = Blueprint("places", __name__, url_prefix="/practice/places")


@dataclass(frozen=True, slots=True)
class Ring:
    """A ring of a region: its ZIPs, and its people by how they read."""

    name: str
    zips: list[str]
    people: dict[str, int]


@dataclass(frozen=True, slots=True)
class Reach:
    """Whom a region would reach."""

    region: Region
    people: int
    rings: list[Ring]
    counties: list[tuple[str, str]]
    map: Markup


@bp.get("")
def show() -> ResponseReturnValue:
    """Show the form, and what it means once it is filled in."""
    asked = picker.read(request.args)
    picked, reach = Picked(), None
    if "value" in request.args:
        gazetteer = door.wiring().gazetteer
        with door.look() as work:
            picked = picker.pick(work, asked, gazetteer)
            reach = _reach(work, picked.region, gazetteer) if picked.region else None
    page = render_template("desk/places.html", asked=asked, picked=picked, reach=reach)
    return page, 422 if picked.problem else 200


@bp.context_processor
def words() -> dict[str, Any]:
    """Give templates the words, the language, and addresses that keep it."""
    return {
        **language.for_templates(),
        "link": lambda endpoint, **values: url_for(
            endpoint, **{"lang": language.chosen(), **values}
        ),
        "again": _again,
        "network": door.wiring().config.network_name,
        "kinds": list(PICKERS),
        "reading": READING,
    }


def _again(**changes: str) -> str:
    """Return the address of this page as it is, with something changed."""
    query: dict[str, Any] = {**request.args, "lang": language.chosen(), **changes}
    return url_for("places.show", **query)


def _reach(work: Work, region: Region, gazetteer: Gazetteer) -> Reach:
    """Count whom a region would reach, and draw it."""
    shares = audience.count(work, areas_of(region, gazetteer))
    people = audience.by_county(work, region, gazetteer)
    counties = [gazetteer.county(fips) for fips in people]
    told = [(labels.of_county(each), maps.told(people[each.fips])) for each in counties]
    total = audience.total(shares)
    title = say("pick.map", place=region.label)
    about = say("pick.map_about", people=total, counties=", ".join(name for name, _ in told[:12]))
    drawn = maps.draw(
        list(people), gazetteer, maps.Words(title, about), people=people, region=region
    )
    return Reach(region, total, _rings(region, shares), told, Markup(drawn))  # noqa: S704 - we drew it


def _rings(region: Region, shares: Iterable[Share]) -> list[Ring]:
    """Put the ZIPs and the people of a region into its rings."""
    rings: dict[int, Ring] = {}
    for code, ring in region.rings:
        rings.setdefault(ring, Ring(say(f"pick.ring{ring}"), [], dict.fromkeys(READING, 0)))
        rings[ring].zips.append(code)
    for share in shares:
        rings[share.ring].people[share.language] = share.people
    return [ring for _, ring in sorted(rings.items())]
