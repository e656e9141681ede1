"""What a check found: the incident moves on, and everyone who reported it hears, once."""

from rapidresponse import messages
from rapidresponse.actions import alarms, incidents, notices, threads
from rapidresponse.config import Config
from rapidresponse.errors import Conflict
from rapidresponse.rules.incidents import OUTCOMES, IncidentState
from rapidresponse.store.models import Incident, Sighting, Thread
from rapidresponse.work import Work

TELLING = (IncidentState.CONFIRMED, IncidentState.NOT_ENFORCEMENT)  # whether a report was right


def decide(
    work: Work,
    incident_id: int,
    state: IncidentState,
    *,
    config: Config,
    staff_id: int | None = None,
    why: str = "",
) -> int:
    """Decide what an incident was; return how many of its reporters are told.

    Raises NotFound, IllegalMove, or Conflict when there is not enough to confirm it.
    """
    incident = incidents.find(work, incident_id)
    if state == IncidentState.CONFIRMED and not why and not has_proof(work, incident):
        raise Conflict("Two people must have reported it, or say why it is confirmed without.")
    incidents.move(work, incident, state, staff_id=staff_id, why=why)
    alarms.end(work, incidents.door_alarm(incident.id))
    if state not in OUTCOMES:
        return 0
    return _tell(work, incident, state, config)


def has_proof(work: Work, incident: Incident) -> bool:
    """Say whether an incident has the least that a confirmation needs: two people who saw it."""
    seen = [
        one
        for one in incidents.sightings(work, incident.id)
        if one.facts.get("firsthand") is not False
    ]
    return len({one.thread_id or one.id for one in seen}) > 1


def _tell(work: Work, incident: Incident, state: IncidentState, config: Config) -> int:
    """Text each phone that reported, in its language, whatever number of reports it sent."""
    letters: dict[int, notices.Letter] = {}
    for one in incidents.sightings(work, incident.id):
        thread = work.session.get(Thread, one.thread_id) if one.thread_id else None
        if thread is None or one.told == state:
            continue
        one.told = state
        if state in TELLING:
            incidents.reward(work, thread, confirmed=state == IncidentState.CONFIRMED)
        if threads.phone_of(work, thread):  # nobody who left is texted
            letters.setdefault(thread.id, _letter(work, thread, one, state, config))
    notices.post(work, "outcome", list(letters.values()), incident_id=incident.id)
    return len(letters)


def _letter(
    work: Work, thread: Thread, one: Sighting, state: IncidentState, config: Config
) -> notices.Letter:
    body = messages.say(
        f"outcome.{state}",
        one.language,
        org=config.network_name,
        hot=config.hotline,
        rep=one.code,
    )
    return notices.Letter(threads.phone_of(work, thread), body, thread_id=thread.id)
