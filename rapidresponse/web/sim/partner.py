"""A partner's form: a report built, signed and really posted to our own web hook."""

import json
import secrets
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.exc import IntegrityError

from rapidresponse.actions import stage
from rapidresponse.rules import hooks
from rapidresponse.rules.cast import HOME_ZIP
from rapidresponse.rules.report import ACTIVITIES, AGENCIES, FOUND, VERIFIED_HOW
from rapidresponse.web import door
from rapidresponse.web.language import knows, say

WAIT_SECONDS = 10
BAD_REQUEST, NOBODY = 400, 0
FOLLOW_UPS = ("update", "ended", "corrected")
TYPES = {"update": "report.updated", "ended": "report.ended", "corrected": "report.corrected"}

# Each field of the form, what it says at first, and where the payload has it.
USUAL = {
    "activity": "street",
    "zip": HOME_ZIP,
    "radius": "3",
    "where": "Central Ave & The Plaza",
    "agency": "ICE",
    "people": "4",
    "vehicles": "2",
    "how": "on_scene",
    "minutes": "60",
}
POINTERS = {
    "/activity": "activity",
    "/place": "zip",
    "/place/zip": "zip",
    "/radius_miles": "radius",
    "/where": "where",
    "/agency": "agency",
    "/people": "people",
    "/vehicles": "vehicles",
    "/verified/how": "how",
    "/expires_in_minutes": "minutes",
}
CHOICES = {
    "activity": ACTIVITIES,
    "agency": AGENCIES,
    "how": VERIFIED_HOW,
}
NUMBERS = ("radius", "people", "vehicles", "minutes")


@dataclass(frozen=True, slots=True)
class Answer:
    """What the web hook answered, in its own words and in the reader's."""

    status: int
    body: dict[str, Any]
    words: str = ""
    marked: dict[str, tuple[str, str]] = field(default_factory=dict)  # field → pointer, words
    rest: list[tuple[str, str]] = field(default_factory=list)

    @property
    def taken(self) -> bool:
        """Whether the report was written down."""
        return "alert" in self.body


@dataclass(frozen=True, slots=True)
class Desk:
    """The partner's corner of the page: the form as filled in, and what came of it."""

    values: Mapping[str, str]
    answer: Answer | None
    last: str
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: CHOICES)
    found: tuple[str, ...] = FOUND
    follow_ups: tuple[str, ...] = FOLLOW_UPS


def desk(values: Mapping[str, str] | None = None, answer: Answer | None = None) -> Desk:
    """Return the partner's corner; the form keeps what was written into it."""
    with door.look() as work:
        last = stage.last_report(work)
        name = last.name if last else ""
    return Desk({**USUAL, **(values or {})}, answer, name)


def report(form: Mapping[str, str]) -> Answer:
    """Post a new report, made of the form."""
    return _post(_payload(form))


def follow_up(kind: str, name: str, found: str) -> Answer:
    """Post what became of an earlier report."""
    payload = {"type": TYPES.get(kind, kind), "report": name, "at": _now()}
    if kind == "corrected":
        payload["found"] = found
    return _post(payload)


def _payload(form: Mapping[str, str]) -> dict[str, Any]:
    given = {name: form.get(name, "").strip() for name in USUAL}
    now = _now()
    payload = {
        "type": "report.verified",
        "report": f"sim-{secrets.token_hex(4)}",
        "activity": given["activity"],
        "seen_at": now,
        "place": {"zip": given["zip"]},
        "verified": {"how": given["how"], "at": now, "by": "r-17", "approved_by": "d-4"},
    }
    may = {
        "radius_miles": _number(given["radius"]),
        "where": given["where"],
        "agency": given["agency"],
        "people": _number(given["people"]),
        "vehicles": _number(given["vehicles"]),
        "expires_in_minutes": _number(given["minutes"]),
    }
    return payload | {name: value for name, value in may.items() if value != ""}


def _number(written: str) -> float | str:
    """Return a number as a number; what is none goes as it is, for the web hook to refuse."""
    if written.isascii() and written.isdigit():
        return int(written[:9])
    try:
        value = float(written)
    except ValueError:
        return written
    return value if abs(value) < float("inf") else written


def _post(payload: dict[str, Any]) -> Answer:
    body = json.dumps(payload).encode()
    key, secret = _partner()
    url = f"{door.wiring().config.public_url.rstrip('/')}/hooks/reports/{key}"
    headers = hooks.signed_headers(secret, body, now=door.wiring().clock().timestamp())
    call = urllib.request.Request(url, body, headers, method="POST")  # noqa: S310 - our own address
    try:
        with urllib.request.urlopen(call, timeout=WAIT_SECONDS) as answer:  # noqa: S310 - our own address
            return _taken(answer.status, json.load(answer))
    except urllib.error.HTTPError as refusal:
        with refusal:
            return _refused(refusal.code, refusal.read())
    except (OSError, ValueError):
        return Answer(NOBODY, {}, say("answer.nobody"))


def _partner() -> tuple[int, str]:
    for _ in range(2):
        try:
            with door.work() as work:
                return stage.partner(work)
        except IntegrityError:  # another tab was first to add it
            continue
    raise RuntimeError("the practice partner can be neither added nor found")


def _taken(status: int, body: dict[str, Any]) -> Answer:
    return Answer(status, body)


def _refused(status: int, raw: bytes) -> Answer:
    try:
        body = dict(json.loads(raw))
    except (ValueError, TypeError):
        body = {}
    marked: dict[str, tuple[str, str]] = {}
    rest = []
    for problem in body.get("errors", []):
        at, words = str(problem["at"]), str(problem["problem"])
        if name := POINTERS.get(at):
            marked[name] = (at, say(f"problem.{name}"))
        elif at:
            rest.append((at, words))
    return Answer(status, body, _headline(status, marked=bool(marked)), marked, rest)


def _headline(status: int, *, marked: bool) -> str:
    if status == BAD_REQUEST and marked:
        return say("answer.mend")
    key = f"answer.{status}"
    return say(key) if knows(key) else say("answer.refused", status=status)


def _now() -> str:
    return door.wiring().clock().strftime("%Y-%m-%dT%H:%M:%SZ")
