"""The page put together: whole, or the one part that was asked for."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from rapidresponse.rules.cast import PHONES
from rapidresponse.web.language import chosen
from rapidresponse.web.sim import partner, progress, screens, weather
from rapidresponse.web.sim.partner import Answer, Desk
from rapidresponse.web.sim.screens import Screen

REFUSED = HTTPStatus.UNPROCESSABLE_ENTITY


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the page after something was asked of it."""

    name: str  # of its template
    anchor: str
    context: dict[str, Any]
    refused: bool = False


def whole(**given: Any) -> str:
    """Return the whole page; what is given stands in for what would be looked up."""
    one: Screen | None = given.get("screen")
    known = {one.phone.key: one} if one else {}
    return render_template(
        "sim/page.html",
        screens=[known.get(phone.key) or screens.look(phone) for phone in PHONES],
        desk=given.get("desk") or partner.desk(answer=answered()),
        alert=given.get("alert") or progress.latest(),
        weather=given.get("weather") or weather.now(),
        reloads=not given and "still" not in request.args,  # nobody loses what was refused
    )


def after(part: Part, **query: object) -> ResponseReturnValue:
    """Answer a form: its part alone to a script; else the page, by way of a redirect."""
    status = REFUSED if part.refused else HTTPStatus.OK
    if request.headers.get("HX-Request"):
        return render_template(f"sim/_{part.name}.html", **part.context), status
    if part.refused:
        return whole(**part.context), status
    return redirect(link("sim.show", _anchor=part.anchor, **query), HTTPStatus.SEE_OTHER)


def link(endpoint: str, **values: Any) -> str:
    """Return an address of this page in the reader's language, reloading or not as now."""
    still = {"still": "1"} if "still" in request.args else {}
    return url_for(endpoint, **{"lang": chosen(), **still, **values})


def answered() -> Answer | None:
    """Return the answer that a redirect came from: which alert a report became."""
    key = request.args.get("alert", type=int)
    return of_alert(key) if key and 0 < key < 2**31 else None


def of_alert(key: int) -> Answer | None:
    """Return the web hook's answer for an alert, with what the record says of it."""
    told = progress.told(key)
    if told is None:
        return None
    state = "waiting" if told["state"] == "waiting" else "sending"
    body = {"alert": key, "state": state, "audience": told["audience"], "ref": told["ref"]}
    return Answer(HTTPStatus.ACCEPTED, body)


def corner(answer: Answer, values: dict[str, str] | None = None) -> Desk:
    """Return the partner's corner after its call was answered."""
    if answer.taken:
        answer = of_alert(int(answer.body["alert"])) or answer
    return partner.desk(values, answer)
