"""The practice page: three phones, a partner's form, the alert as it goes, the carrier's weather.

Everything here goes through the real doors: texts through the carrier to our web hook,
reports through a signed call. Without a script, forms post and redirect; with one, the
same addresses answer with the part of the page that changed.
"""

from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException, NotFound

from rapidresponse import errors
from rapidresponse.rules.cast import BY_KEY, Phone
from rapidresponse.web import door, language, origin
from rapidresponse.web.errors import CODES
from rapidresponse.web.sim import page, partner, progress, screens, weather
from rapidresponse.web.sim.page import Part

front = Blueprint("front", __name__)
bp = Blueprint("sim", __name__, url_prefix="/sim")
bp.before_request(origin.refuse_others)

ALERT_ID = "<int(max=2147483647):alert_id>"


@front.get("/")
def home() -> ResponseReturnValue:
    """Lead whoever comes in practice to the practice page."""
    return redirect(page.link("sim.show"), HTTPStatus.SEE_OTHER)


@bp.get("")
def show() -> ResponseReturnValue:
    """Show everything."""
    return page.whole()


@bp.get("/phones/<key>")
@bp.get("/reports")
@bp.get("/reports/follow-up")
@bp.get("/weather")
def back(key: str = "") -> ResponseReturnValue:
    """Lead back whoever reloads the page that a form was refused on."""
    anchor = f"phone-{_phone(key).key}" if key else ""
    return redirect(page.link("sim.show", _anchor=anchor), HTTPStatus.SEE_OTHER)


@bp.get("/phones/<key>/screen")
def screen(key: str) -> ResponseReturnValue:
    """Show what is on one phone now."""
    return render_template("sim/_screen.html", screen=screens.look(_phone(key)))


@bp.post("/phones/<key>")
def text(key: str) -> ResponseReturnValue:
    """Text the network from a phone: what was written, or what a button says."""
    phone, typed = _phone(key), request.form.get("body", "")
    chip = request.form.get("chip")
    problem = screens.text(phone, typed if chip is None else chip)
    kept = "" if chip is None and not problem else typed  # what a button did not send stays written
    seen = screens.look(phone, problem=problem, typed=kept)
    return page.after(Part("phone", f"phone-{key}", {"screen": seen}, bool(problem)))


@bp.post("/reports")
def report() -> ResponseReturnValue:
    """Post a partner's new report."""
    return _posted(partner.report(request.form), request.form.to_dict())


@bp.post("/reports/follow-up")
def follow_up() -> ResponseReturnValue:
    """Post what became of a partner's earlier report."""
    form = request.form
    kind, name, found = (form.get(name, "") for name in ("kind", "report", "found"))
    return _posted(partner.follow_up(kind, name, found))


@bp.get("/progress")
def alert() -> ResponseReturnValue:
    """Show where the latest alert is now."""
    return render_template("sim/_progress.html", alert=progress.latest())


@bp.post(f"/alerts/{ALERT_ID}/halt")
def halt(alert_id: int) -> ResponseReturnValue:
    """Stop an alert."""
    problem = progress.halt(alert_id)
    found = {"alert": progress.latest(problem)}
    return page.after(Part("alert", "alert", found, bool(problem)))


@bp.post("/weather")
def turn() -> ResponseReturnValue:
    """Change how the carrier behaves."""
    found = weather.turn(request.form)
    return page.after(Part("weather", "carrier", {"weather": found}, found.refused))


@bp.errorhandler(HTTPException)
def refused(error: HTTPException) -> ResponseReturnValue:
    """Say in the reader's language what was wrong with a request."""
    return _wrong(error.code or HTTPStatus.INTERNAL_SERVER_ERROR)


@bp.errorhandler(errors.RapidResponseError)
def ours(error: errors.RapidResponseError) -> ResponseReturnValue:
    """Say in the reader's language what could not be done."""
    return _wrong(next((CODES[kind] for kind in type(error).__mro__ if kind in CODES), 500))


@bp.after_request
def let_browsers_say_where_from(answer: Response) -> Response:
    """Have browsers name our own pages as the origin of our own forms."""
    answer.headers["Referrer-Policy"] = "same-origin"
    return answer


@bp.context_processor
def words() -> dict[str, Any]:
    """Give templates the words, the language, and addresses that keep it."""
    return {
        **language.for_templates(),
        "link": page.link,
        "network": door.wiring().config.network_name,
    }


def _phone(key: str) -> Phone:
    if key not in BY_KEY:
        raise NotFound
    return BY_KEY[key]


def _posted(answer: partner.Answer, values: dict[str, str] | None = None) -> ResponseReturnValue:
    corner = page.corner(answer, values)
    query = {"alert": answer.body["alert"]} if answer.taken else {}
    return page.after(Part("partner", "partner", {"desk": corner}, not answer.taken), **query)


def _wrong(code: int) -> ResponseReturnValue:
    key = f"wrong.{code}" if language.knows(f"wrong.{code}") else "wrong.other"
    return render_template("sim/wrong.html", words=language.say(key)), code
