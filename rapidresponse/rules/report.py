"""A partner's verified report: what it must say, and everything that is wrong with one."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from rapidresponse.errors import InvalidReport
from rapidresponse.rules.wording import is_crossing

ACTIVITIES = ("home", "work", "street", "court", "checkpoint", "detention")
AGENCIES = ("ICE", "CBP", "HSI", "other", "unknown")
VERIFIED_HOW = ("on_scene", "two_sources", "photo")
FOUND = ("police", "other_agency", "private", "nothing")
KINDS = {
    "report.verified": "alert",
    "report.updated": "update",
    "report.ended": "ended",
    "report.corrected": "corrected",
}
LEAST_RADIUS, MOST_RADIUS = 0.5, 50.0
LEAST_MINUTES, MOST_MINUTES, USUAL_MINUTES = 5, 720, 60
MOST_SEEN = 500
OLDEST = timedelta(hours=24)
CLOCKS_DIFFER = timedelta(minutes=5)
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,63}")
WHEN = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:\d\d)")
CITY = re.compile(r"[^\W\d_][^\d_<>{}\[\]\x00-\x1f\x7f-\x9f\ud800-\udfff]{1,58}")
PLACES: dict[frozenset[str], str] = {
    frozenset({"zip"}): "zip",
    frozenset({"county_fips"}): "county",
    frozenset({"city", "state"}): "city",
    frozenset({"latitude", "longitude"}): "point",
}

Problems = list[tuple[str, str]]
Check = Callable[[Any], str | None]


@dataclass(frozen=True, slots=True)
class Call:
    """A payload whose shape is right: what kind it is, which report, and its facts."""

    kind: str
    report: str
    facts: dict[str, Any]


def read(body: bytes, *, now: datetime) -> Call:
    """Read a payload, or raise InvalidReport with every problem at once."""
    payload = _json(body)
    kind = payload.get("type")
    if not isinstance(kind, str) or kind not in KINDS:
        raise InvalidReport([("/type", "Must be one of " + ", ".join(KINDS) + ".")])
    members = VERIFIED if kind == "report.verified" else FOLLOW_UP
    problems = _members(payload, members, "", required=REQUIRED[KINDS[kind]])
    problems += _times(payload, now)
    problems += _radius_needed(payload)
    if problems:
        raise InvalidReport(problems)
    return Call(KINDS[kind], payload["report"], payload)


def moment(text: str) -> datetime:
    """Return the moment that a checked time means."""
    return datetime.fromisoformat(text).astimezone(UTC)


def _json(body: bytes) -> dict[str, Any]:
    try:
        found = json.loads(body.decode(), object_pairs_hook=_once, parse_constant=_no_constant)
    except UnicodeDecodeError:
        raise InvalidReport([("", "The body is not UTF-8.")]) from None
    except (ValueError, RecursionError):
        raise InvalidReport(
            [("", "The body is not JSON, or names a member twice, or is nested too deep.")]
        ) from None
    if not isinstance(found, dict):
        raise InvalidReport([("", "The body must be a JSON object.")])
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len({name for name, _ in pairs}) != len(pairs):
        raise ValueError("a member is named twice")
    return dict(pairs)


def _no_constant(name: str) -> Any:
    raise ValueError(name)


def _members(
    given: Mapping[str, Any], known: Mapping[str, Check], at: str, *, required: frozenset[str]
) -> Problems:
    problems = [
        (f"{at}/{_pointer(name)}", "There is no such member here.")
        for name in given
        if name not in known
    ]
    for name, check in known.items():
        if name not in given:
            if name in required:
                problems.append((f"{at}/{name}", "Is missing."))
        elif (problem := check(given[name])) is not None:
            problems.append((f"{at}/{name}", problem))
        elif name in NESTED:
            problems += NESTED[name](given[name], f"{at}/{name}")
    return problems


def _pointer(name: str) -> str:
    return name[:64].replace("~", "~0").replace("/", "~1")


def _word(*words: str) -> Check:
    return lambda value: None if value in words else "Must be one of " + ", ".join(words) + "."


def _name(value: Any) -> str | None:
    if isinstance(value, str) and NAME.fullmatch(value):
        return None
    return "Must be an id of 1 to 64 letters, digits and . _ : - only."


def _whole(least: int, most: int) -> Check:
    def check(value: Any) -> str | None:
        whole = isinstance(value, int) and not isinstance(value, bool) and least <= value <= most
        return None if whole else f"Must be a whole number from {least} to {most}."

    return check


def _number(least: float, most: float) -> Check:
    def check(value: Any) -> str | None:
        number = isinstance(value, int | float) and not isinstance(value, bool)
        return None if number and least <= value <= most else f"Must be {least:g} to {most:g}."

    return check


def _time(value: Any) -> str | None:
    problem = "Must be a time with its zone, such as 2026-11-24T10:31:00Z."
    if not isinstance(value, str) or not WHEN.fullmatch(value):
        return problem
    try:
        moment(value)
    except (ValueError, OverflowError):
        return problem
    return None


def _where(value: Any) -> str | None:
    return is_crossing(value) if isinstance(value, str) else "Must be text: a crossing or landmark."


def _object(value: Any) -> str | None:
    return None if isinstance(value, dict) else "Must be an object."


def _digits(count: int, what: str) -> Check:
    def check(value: Any) -> str | None:
        right = isinstance(value, str) and re.fullmatch(rf"[0-9]{{{count}}}", value)
        return None if right else f"Must be {what} of {count} digits, as text."

    return check


def _city(value: Any) -> str | None:
    right = isinstance(value, str) and CITY.fullmatch(value)
    return None if right else "Must be the name of a city."


def _state(value: Any) -> str | None:
    right = isinstance(value, str) and re.fullmatch(r"[A-Z]{2}", value)
    return None if right else "Must be two capital letters, such as NC."


def _place(value: dict[str, Any], at: str) -> Problems:
    if frozenset(value) not in PLACES:
        return [
            (at, "Must be exactly one of zip; county_fips; city and state; latitude and longitude.")
        ]
    return _members(value, PLACE, at, required=frozenset())


def _verified(value: dict[str, Any], at: str) -> Problems:
    problems = _members(
        value, VERIFIED_BY, at, required=frozenset({"how", "at", "by", "approved_by"})
    )
    if not problems and value["by"] == value["approved_by"]:
        problems.append((f"{at}/approved_by", "Must be another person than by."))
    return problems


def _times(payload: Mapping[str, Any], now: datetime) -> Problems:
    verified = payload.get("verified")
    given = {
        "/seen_at": payload.get("seen_at"),
        "/at": payload.get("at"),
        "/verified/at": verified.get("at") if isinstance(verified, dict) else None,
    }
    moments = {at: moment(value) for at, value in given.items() if value and not _time(value)}
    problems = [(at, "Lies in the future.") for at, t in moments.items() if t > now + CLOCKS_DIFFER]
    problems += [(at, "Is more than a day old.") for at, t in moments.items() if t < now - OLDEST]
    seen, checked = moments.get("/seen_at"), moments.get("/verified/at")
    if seen and checked and checked < seen:
        problems.append(("/verified/at", "Is earlier than seen_at."))
    return problems


def _radius_needed(payload: Mapping[str, Any]) -> Problems:
    place = payload.get("place")
    point = isinstance(place, dict) and "latitude" in place
    if point and "radius_miles" not in payload:
        return [("/radius_miles", "Is needed with latitude and longitude.")]
    whole = isinstance(place, dict) and ("county_fips" in place or "city" in place)
    if whole and "radius_miles" in payload:
        return [("/radius_miles", "Goes with a zip or a point only.")]
    return []


VERIFIED_BY: dict[str, Check] = {
    "how": _word(*VERIFIED_HOW),
    "at": _time,
    "by": _name,
    "approved_by": _name,
}
PLACE: dict[str, Check] = {
    "zip": _digits(5, "a ZIP code"),
    "county_fips": _digits(5, "a county code"),
    "city": _city,
    "state": _state,
    "latitude": _number(-90, 90),
    "longitude": _number(-180, 180),
}
NESTED: dict[str, Callable[[dict[str, Any], str], Problems]] = {
    "place": _place,
    "verified": _verified,
}
FACTS: dict[str, Check] = {
    "type": _word(*KINDS),
    "report": _name,
    "where": _where,
    "agency": _word(*AGENCIES),
    "people": _whole(0, MOST_SEEN),
    "vehicles": _whole(0, MOST_SEEN),
    "verified": _object,
    "expires_in_minutes": _whole(LEAST_MINUTES, MOST_MINUTES),
    "seen_at": _time,
}
VERIFIED: dict[str, Check] = {
    **FACTS,
    "activity": _word(*ACTIVITIES),
    "place": _object,
    "radius_miles": _number(LEAST_RADIUS, MOST_RADIUS),
}
FOLLOW_UP: dict[str, Check] = {**FACTS, "at": _time, "found": _word(*FOUND)}
REQUIRED: dict[str, frozenset[str]] = {
    "alert": frozenset({"type", "report", "activity", "seen_at", "place", "verified"}),
    "update": frozenset({"type", "report"}),
    "ended": frozenset({"type", "report"}),
    "corrected": frozenset({"type", "report"}),
}
