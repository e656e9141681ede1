"""Incidents: reports of one place and time put together, and what became of them."""

from collections import Counter
from typing import Any

import sqlalchemy as sa

from rapidresponse.errors import NotFound
from rapidresponse.rules import limits
from rapidresponse.rules.incidents import OPEN, IncidentState, check_move
from rapidresponse.store.models import Incident, IncidentEntry, Reputation, Sighting, Thread
from rapidresponse.store.sealed import ENTRY_WORDS, INCIDENT_WHERE, MARK_REPUTATION, SIGHTING_WHERE
from rapidresponse.work import Work

LATEST = 30  # reports whose facts are weighed; an incident may have a thousand
SAME_TOWN = 3  # digits that ZIP codes of one town share
MONTH_LETTERS = 7  # of an ISO date


def find(work: Work, incident_id: int) -> Incident:
    """Return an incident, or raise NotFound."""
    incident = work.session.get(Incident, incident_id, with_for_update=True)
    if incident is None:
        raise NotFound(f"There is no incident {incident_id}.")
    return incident


def under_way(work: Work) -> list[Incident]:
    """Return what a person should look at: the urgent first, then whoever waits longest."""
    rows = sa.select(Incident).where(Incident.state.in_(OPEN))
    return list(work.session.scalars(rows.order_by(Incident.urgent.desc(), Incident.first_at)))


def place(work: Work, sighting: Sighting) -> Incident:
    """Put a report with others of the same place and time, or open an incident for it."""
    incident = _like(work, sighting) or _open(work, sighting)
    sighting.incident_id = incident.id
    work.session.add(sighting)
    work.session.flush()
    tell_of(work, incident, "report", sighting=sighting)
    recount(work, incident)
    return incident


def place_again(work: Work, sighting: Sighting) -> Incident:
    """Look again where a report belongs, now that more is known of its place."""
    here = find(work, sighting.incident_id)
    other = _like(work, sighting, but=here.id)
    if other is None or here.sightings > 1:
        _settle_place(work, here, sighting)
        recount(work, here)
        return here
    sighting.incident_id = other.id
    work.session.flush()
    move(work, here, IncidentState.DUPLICATE)
    here.same_as = other.id
    tell_of(work, other, "report", sighting=sighting)
    recount(work, here)
    recount(work, other)
    return other


def move(
    work: Work,
    incident: Incident,
    state: IncidentState,
    *,
    staff_id: int | None = None,
    why: str = "",
) -> None:
    """Move an incident to another state, if that is legal, and write it into its timeline."""
    check_move(IncidentState(incident.state), state)
    incident.state = state
    incident.decided_at = None if state in OPEN else work.moment
    incident.version += 1
    tell_of(work, incident, state, staff_id=staff_id, words=why)


def tell_of(
    work: Work,
    incident: Incident,
    kind: str,
    *,
    staff_id: int | None = None,
    sighting: Sighting | None = None,
    words: str = "",
) -> None:
    """Write a line into an incident's timeline; words are sealed."""
    entry = IncidentEntry(
        incident_id=incident.id,
        at=work.moment,
        kind=kind,
        staff_id=staff_id,
        sighting_id=sighting.id if sighting else None,
        facts={},
    )
    work.session.add(entry)
    work.session.flush()
    if words:
        entry.words = work.vault.seal_long(words.encode(), ENTRY_WORDS, entry.id)


def door_alarm(incident_id: int) -> str:
    """Return the name of the alarm that somebody is at a door."""
    return f"door {incident_id}"


def timeline(work: Work, incident_id: int) -> list[IncidentEntry]:
    """Return what happened with an incident, in order."""
    rows = sa.select(IncidentEntry).where(IncidentEntry.incident_id == incident_id)
    return list(work.session.scalars(rows.order_by(IncidentEntry.id)))


def sightings(work: Work, incident_id: int) -> list[Sighting]:
    """Return the reports of an incident, in order."""
    rows = sa.select(Sighting).where(Sighting.incident_id == incident_id)
    return list(work.session.scalars(rows.order_by(Sighting.at)))


def where(work: Work, incident: Incident) -> str:
    """Return the crossing or landmark of an incident, as its first reporter wrote it."""
    if incident.where is None:
        return ""
    return work.vault.open_long(incident.where, INCIDENT_WHERE, incident.id).decode()


def recount(work: Work, incident: Incident) -> None:
    """Count the reports and their distinct senders, and take what most of the last ones say."""
    work.session.flush()
    of_it = Sighting.incident_id == incident.id
    sender = sa.func.coalesce(Sighting.thread_id, Sighting.id)
    told, senders, last_at = work.session.execute(
        sa.select(
            sa.func.count(), sa.func.count(sa.distinct(sender)), sa.func.max(Sighting.at)
        ).where(of_it)
    ).one()
    latest = sa.select(Sighting.facts, Sighting.urgent).where(of_it)
    rows = work.session.execute(latest.order_by(Sighting.at.desc()).limit(LATEST)).all()
    incident.sightings, incident.senders = told, senders
    incident.last_at = last_at or incident.last_at
    incident.urgent = bool(told) and (incident.urgent or any(row.urgent for row in rows))
    incident.facts = _agreed([row.facts for row in reversed(rows)])


def reward(work: Work, thread: Thread, *, confirmed: bool) -> None:
    """Remember for this month what a phone's report turned out to be."""
    month = work.now.isoformat()[:MONTH_LETTERS]
    mark = work.vault.index(f"{month} {thread.id}", MARK_REPUTATION)
    known = work.session.get(Reputation, mark)
    if known is None:
        known = Reputation(mark=mark, month=month, confirmed=0, mistaken=0)
        work.session.add(known)
    known.confirmed += confirmed
    known.mistaken += not confirmed


def _agreed(told: list[dict[str, Any]]) -> dict[str, Any]:
    """Return what most reports say of each fact; of equals, what was said last."""
    agreed: dict[str, Any] = {}
    for name in {name for facts in told for name in facts}:
        said = [facts[name] for facts in told if name in facts]
        votes = Counter(map(repr, said))
        agreed[name] = max(reversed(said), key=lambda value: votes[repr(value)])
    return agreed


def _like(work: Work, sighting: Sighting, but: int = 0) -> Incident | None:
    """Return the incident that a report is about: the same crossing, else the only one there."""
    recent = sa.select(Incident).where(
        Incident.state.in_(OPEN),
        Incident.id != but,
        Incident.last_at > work.moment - limits.SAME_INCIDENT_SECONDS,
    )
    if sighting.place_mark is not None:
        marked = recent.where(Incident.place_mark == sighting.place_mark)
        same = work.session.scalars(marked.order_by(Incident.last_at.desc()).with_for_update())
        return next((one for one in same if _may_be_near(one.zip, sighting.zip)), None)
    if sighting.zip is None or sighting.guessed:
        return None
    here = work.session.scalars(recent.where(Incident.zip == sighting.zip).with_for_update()).all()
    return here[0] if len(here) == 1 else None


def _may_be_near(one: str | None, other: str | None) -> bool:
    """Say whether two ZIP codes may be of one town; what is not known speaks against nothing."""
    return one is None or other is None or one[:SAME_TOWN] == other[:SAME_TOWN]


def _open(work: Work, sighting: Sighting) -> Incident:
    incident = Incident(
        state=IncidentState.RECEIVED,
        urgent=sighting.urgent,
        facts={},
        first_at=work.moment,
        last_at=work.moment,
        sightings=0,
        senders=0,
        version=1,
    )
    work.session.add(incident)
    work.session.flush()
    _settle_place(work, incident, sighting)
    return incident


def _settle_place(work: Work, incident: Incident, sighting: Sighting) -> None:
    """Take over what a report says of the place, where the incident does not know it yet."""
    if incident.zip is None or (sighting.zip and not sighting.guessed):
        incident.zip = sighting.zip or incident.zip
    if incident.where is None and sighting.where is not None:
        words = work.vault.open_long(sighting.where, SIGHTING_WHERE, sighting.id)
        incident.where = work.vault.seal_long(words, INCIDENT_WHERE, incident.id)
        incident.place_mark = sighting.place_mark
