"""Reports of the community: taken at once, asked about a little, and answered when it is known."""

import secrets
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from rapidresponse.actions import alarms, incidents, names, threads
from rapidresponse.places import Gazetteer, resolve
from rapidresponse.rules import limits, sighting
from rapidresponse.store.models import Sighting, Thread
from rapidresponse.store.models.base import fresh_id
from rapidresponse.store.sealed import MARK_PLACE, MARK_WORDS, SIGHTING_WHERE
from rapidresponse.work import Work

LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # none that look alike
CODE_LETTERS = 4
PLACE_KEY = "where"


@dataclass(frozen=True, slots=True)
class Told:
    """A report after a text about it: whether it is new, and what to ask next."""

    sighting: Sighting
    is_new: bool
    is_repeat: bool = False
    ask: str | None = None  # where, doing, many, when, vests


@dataclass(frozen=True, slots=True)
class Words:
    """What a phone said without what we never keep, how it reads, and where it is at home."""

    body: str = field(repr=False)
    is_masked: bool  # something was taken out
    language: str
    home: str | None
    gazetteer: Gazetteer


def open_one(work: Work, thread: Thread) -> Sighting | None:
    """Return the report that a phone is still telling us about."""
    recent = sa.select(Sighting).where(
        Sighting.thread_id == thread.id, Sighting.at > work.moment - limits.ANSWER_SECONDS
    )
    return work.session.scalar(recent.order_by(Sighting.at.desc()).limit(1))


def has_room(thread: Thread) -> bool:
    """Say whether a phone may open one more report in this window."""
    return thread.reports < limits.REPORTS_A_WINDOW


def tell(work: Work, thread: Thread, words: Words) -> Told:
    """Take a description: a new report, more of the open one, or the same again."""
    seen = sighting.see(words.body)
    mark = work.vault.index(" ".join(words.body.casefold().split()), MARK_WORDS)
    known = open_one(work, thread)
    if known is not None and known.mark == mark:
        known.repeats += 1
        return Told(known, is_new=False, is_repeat=True, ask=known.asked)
    if known is not None and _is_about(work, known, seen):
        threads.keep(work, thread, words.body, "more", known)
        _learn(work, known, sighting.facts(seen), seen.where, words)
        return Told(known, is_new=False, ask=_next(work, known))
    thread.reports += 1
    return _take(work, thread, words, seen, mark)


def answer(work: Work, thread: Thread, words: Words) -> Told | None:
    """Take an answer to the question that is open; None when there is no such question."""
    known = open_one(work, thread)
    if known is None or known.asked is None:
        return None
    seen = sighting.see(words.body)
    if seen.is_sighting and not _is_about(work, known, seen):
        return None  # of another place: a report of its own
    threads.keep(work, thread, words.body, "answer", known)
    said = sighting.answer(known.asked, words.body)
    where = said.pop(PLACE_KEY, None)
    _learn(work, known, said, str(where) if where else None, words)
    return Told(known, is_new=False, ask=_next(work, known))


def skip(work: Work, thread: Thread) -> Told | None:
    """Leave the open question unanswered, and go on."""
    known = open_one(work, thread)
    if known is None or known.asked is None:
        return None
    return Told(known, is_new=False, ask=_next(work, known))


def _take(
    work: Work,
    thread: Thread,
    words: Words,
    seen: sighting.Seen,
    mark: bytes,
) -> Told:
    new = Sighting(
        id=fresh_id(),
        code=names.fresh(work, Sighting.code, _code),
        thread_id=thread.id,
        source="text",
        language=words.language,
        guessed=False,
        facts={},
        urgent=seen.is_urgent,
        questions=[],
        repeats=0,
        mark=mark,
        at=work.moment,
    )
    _locate(work, new, seen.where, words)
    new.facts = sighting.facts(seen)
    incidents.place(work, new)
    threads.keep(work, thread, words.body, "report", new)
    if new.urgent:
        said = f"report {new.code}: somebody says that agents are at a door; incident"
        alarm = incidents.door_alarm(new.incident_id)
        alarms.raise_one(work, alarm, f"{said} {new.incident_id}")
        return Told(new, is_new=True)
    return Told(new, is_new=True, ask=None if threads.is_flood(work) else _next(work, new))


def _learn(
    work: Work,
    known: Sighting,
    said: dict[str, Any],
    where: str | None,
    words: Words,
) -> None:
    """Add what was said to a report, and see whether it belongs to another incident now."""
    known.facts = {**known.facts, **said}
    if _locate(work, known, where, words):
        incidents.place_again(work, known)
    else:
        incidents.recount(work, incidents.find(work, known.incident_id))


def _locate(work: Work, one: Sighting, where: str | None, words: Words) -> bool:
    """Write down the place that a text names; say whether anything new is known of it."""
    before = (one.zip, one.guessed, one.place_mark)
    match = resolve(words.body, words.gazetteer, near=words.home)
    if match.region and match.decision == "accept":
        one.zip, one.guessed = match.region.rings[0][0], False
    elif one.zip is None and words.home:
        one.zip, one.guessed = words.home, True
    if where:
        key = sighting.crossing_key(where)
        one.where = work.vault.seal_long(where.encode(), SIGHTING_WHERE, one.id)
        one.place_mark = work.vault.index(key, MARK_PLACE) if key else None
    return before != (one.zip, one.guessed, one.place_mark)


def _next(work: Work, one: Sighting) -> str | None:
    """Return the next question, at most three in all and none twice, and remember it."""
    known: dict[str, object] = dict(one.facts)
    if one.where is not None or (one.zip is not None and not one.guessed):
        known[PLACE_KEY] = True
    open_ones = [each for each in sighting.missing(known) if each not in one.questions]
    one.asked = None
    if open_ones and len(one.questions) < limits.QUESTIONS_A_REPORT:
        one.asked, one.asked_at = open_ones[0], work.moment
        one.questions = [*one.questions, one.asked]
    return one.asked


def _is_about(work: Work, known: Sighting, seen: sighting.Seen) -> bool:
    """Say whether a text goes on about the report before it, rather than naming another place."""
    if seen.where is None or known.where is None:
        return True
    key = sighting.crossing_key(seen.where)
    return not key or work.vault.index(key, MARK_PLACE) == known.place_mark


def _code() -> str:
    return "R" + "".join(secrets.choice(LETTERS) for _ in range(CODE_LETTERS))
