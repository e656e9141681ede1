"""Alerts: opened, started, stopped, finished, and told about."""

import secrets
from dataclasses import dataclass

import sqlalchemy as sa

from rapidresponse.actions import alarms, audience, counts, names
from rapidresponse.errors import Conflict
from rapidresponse.messages import READING
from rapidresponse.places import Gazetteer, Region, areas_of
from rapidresponse.queue import Job
from rapidresponse.rules.lifecycle import (
    HANDED_OVER,
    OPEN,
    AlertState,
    DeliveryState,
    check_alert_move,
)
from rapidresponse.rules.limits import REF_LETTERS, REF_NUMBERS
from rapidresponse.rules.segments import measure
from rapidresponse.store.models import Alert, AlertArea, AlertRegion, AlertText, Batch, Expansion
from rapidresponse.store.queries import audience as questions
from rapidresponse.work import Work

HELD_BACK_PAGE = 2000
CANARY_FROM, CANARY_TO = 20, 200  # how many texts tell, and after how many it is no canary


@dataclass(frozen=True, slots=True)
class Draft:
    """All that an alert is made of: its kind, its words in every language, when it ends."""

    kind: str
    words: dict[str, str]
    ref: str
    expires_at: float
    mode: str


def fresh_ref(work: Work) -> str:
    """Return a short name for an alert that no other has: a letter and up to three digits."""
    return names.fresh(work, Alert.ref, _ref)


def open_for_region(
    work: Work, draft: Draft, region: Region, gazetteer: Gazetteer, *, report_id: int
) -> Alert:
    """Write an alert for everyone who follows a region; it waits until it is started."""
    alert = _open(
        work, draft, report_id, region.label, region.timezone, places_version=region.version
    )
    areas = areas_of(region, gazetteer)
    work.session.add(AlertRegion(alert_id=alert.id, kind=region.kind, zips=region.rings))
    turns = [
        {"alert_id": alert.id, "turn": turn, "ring": ring, "area": area}
        for turn, (area, ring) in enumerate(areas, start=1)
    ]
    work.session.execute(sa.insert(AlertArea), turns)
    alert.audience = audience.total(audience.count(work, areas))
    return alert


def open_for_reached(work: Work, draft: Draft, about: Alert, *, report_id: int) -> Alert:
    """Write a follow-up for everyone whom an earlier alert reached, or may have."""
    alert = _open(
        work,
        draft,
        report_id,
        about.area,
        about.timezone,
        places_version=about.places_version,
        about_id=about.id,
    )
    alert.audience = work.run(questions.REACHED_COUNT, about=about.id).scalar_one()
    return alert


def start(work: Work, alert: Alert) -> None:
    """Let an alert go out, if everything it needs is there; else raise Conflict with the reason."""
    if problem := _unfit(work, alert):
        raise Conflict(f"Alert {alert.id} cannot be sent: {problem}.")
    move(alert, AlertState.SENDING)
    alert.started_at = work.moment
    alert.why = None
    work.then(Job.EXPAND, alert.id, first=True)


def _unfit(work: Work, alert: Alert) -> str | None:
    words_of = words(work, alert.id)
    if missing := [language for language in READING if not words_of.get(language)]:
        return f"it has no text in {', '.join(missing)}"
    if alert.expires_at <= work.moment:
        return "its time is over"
    return None


def move(alert: Alert, state: AlertState, *, why: str | None = None) -> None:
    """Move an alert to another state, if that is legal, and say why."""
    check_alert_move(AlertState(alert.state), state)
    alert.state = state
    alert.why = why


def halt(work: Work, alert_id: int, *, why: str = "stopped by hand") -> int:
    """Stop an alert: nothing that has not left will leave. Return how many had left."""
    alert = work.get(Alert, alert_id)
    if alert.state != AlertState.HALTED:
        move(alert, AlertState.HALTED, why=why)
    work.session.flush()
    hold_back(work, alert_id, DeliveryState.CANCELLED)
    found = counts.by_state(work, alert_id)
    return sum(found.get(state, 0) for state in HANDED_OVER)


def hold_back(work: Work, alert_id: int, state: DeliveryState) -> None:
    """Mark a page of what never left; the sweep does the rest, page by page."""
    rows = work.run(
        "UPDATE deliveries SET state = :state, since = :now WHERE alert_id = :alert"
        " AND state = 'pending' AND seq IN (SELECT seq FROM deliveries WHERE alert_id = :alert"
        " AND state = 'pending' ORDER BY seq LIMIT :page) RETURNING ring",
        state=state,
        now=work.moment,
        alert=alert_id,
        page=HELD_BACK_PAGE,
    ).all()
    moves = counts.Moves()
    for row in rows:
        counts.move(moves, row.ring, DeliveryState.PENDING, state)
    counts.keep(work, alert_id, moves)


def check_canary(work: Work, alert_id: int) -> None:
    """Pause an alert whose first texts are mostly refused: something is wrong with all of it."""
    found = counts.by_state(work, alert_id)
    refused = found.get(DeliveryState.FAILED, 0) + found.get(DeliveryState.UNDELIVERED, 0)
    tried = refused + sum(found.get(state, 0) for state in HANDED_OVER)
    if not CANARY_FROM <= tried <= CANARY_TO or refused * 2 <= tried:
        return
    alert = work.get(Alert, alert_id)
    if alert.state == AlertState.SENDING:
        move(alert, AlertState.PAUSED, why="most texts are refused")
        words = f"alert {alert_id} is paused: {refused} of its first {tried} texts were refused"
        alarms.raise_one(work, "canary", words, alert_id=alert_id)


def pause(work: Work, alert_id: int) -> None:
    """Hold an alert where it is, until it is resumed or its time is over."""
    move(work.get(Alert, alert_id), AlertState.PAUSED, why="paused by hand")


def resume(work: Work, alert_id: int) -> None:
    """Let a paused alert go on with those who have not been texted."""
    alert = work.get(Alert, alert_id)
    if alert.state != AlertState.PAUSED:
        raise Conflict(f"Alert {alert_id} is {alert.state}; only a paused one can be resumed.")
    move(alert, AlertState.SENDING)
    alarms.end(work, "canary", alert_id=alert_id)
    work.session.flush()
    for batch in work.session.scalars(
        sa.select(Batch).where(Batch.alert_id == alert_id, Batch.state == "open")
    ):
        work.then(Job.SEND, batch.id, batch.claims)
    work.then(Job.EXPAND, alert_id, int(work.moment))


def finish(work: Work, alert_id: int) -> bool:
    """Call an alert done, when nothing of it is waiting, leaving, or in doubt."""
    alert = work.get(Alert, alert_id)
    progress = work.session.get(Expansion, alert_id)
    if alert.state != AlertState.SENDING or progress is None or not progress.done:
        return False
    found = counts.by_state(work, alert_id)
    if any(found.get(state) for state in OPEN):
        return False
    move(alert, AlertState.DONE, why=None if progress.seq else "nobody follows this area")
    work.session.execute(sa.update(Batch).where(Batch.alert_id == alert_id).values(state="done"))
    return True


def words(work: Work, alert_id: int) -> dict[str, str]:
    """Return an alert's words in each language."""
    rows = work.session.scalars(sa.select(AlertText).where(AlertText.alert_id == alert_id))
    return {row.language: row.body for row in rows}


def languages(work: Work, alert_id: int) -> dict[str, int]:
    """Return how many of an alert's texts are in each language."""
    rows = work.run(
        "SELECT t.language, count(d.seq) AS n FROM alert_texts t LEFT JOIN deliveries d"
        " ON d.alert_id = t.alert_id AND d.language = t.language"
        " WHERE t.alert_id = :alert GROUP BY t.language",
        alert=alert_id,
    )
    return {row.language: row.n for row in rows}


def _open(
    work: Work,
    draft: Draft,
    report_id: int,
    area: str,
    timezone: str,
    *,
    places_version: str,
    about_id: int | None = None,
) -> Alert:
    alert = Alert(
        report_id=report_id,
        about_id=about_id,
        kind=draft.kind,
        mode=draft.mode,
        state=AlertState.WAITING,
        ref=draft.ref,
        area=area,
        timezone=timezone,
        places_version=places_version,
        audience=0,
        created_at=work.now,
        expires_at=draft.expires_at,
    )
    work.session.add(alert)
    work.session.flush()
    work.session.add(Expansion(alert_id=alert.id))
    work.session.add_all(
        AlertText(alert_id=alert.id, language=language, body=body, segments=measure(body).count)
        for language, body in draft.words.items()
    )
    return alert


def _ref() -> str:
    return f"{secrets.choice(REF_LETTERS)}{secrets.randbelow(REF_NUMBERS - 10) + 10}"
