"""What is known of a place now, and whether an alert is ours: said from the record only."""

from dataclasses import dataclass

import sqlalchemy as sa

from rapidresponse.places import Gazetteer, Region, areas_of
from rapidresponse.rules import limits
from rapidresponse.rules.incidents import IncidentState
from rapidresponse.store.models import Alert, AlertArea, Incident
from rapidresponse.work import Work

WEEK_SECONDS = 7 * 24 * 3600.0
BEING_CHECKED = (IncidentState.RECEIVED, IncidentState.CHECKING)
CONFIRMED = (IncidentState.CONFIRMED, IncidentState.ACTIVE)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a place: confirmed, checking, other or nothing; and since when."""

    state: str
    at: float


def look(work: Work, region: Region, gazetteer: Gazetteer) -> Known:
    """Return the most that is known of a region in the last hours. It never says "safe"."""
    since = work.moment - limits.CHECK_SECONDS
    zips = [code for code, _ in region.rings]
    areas = [area for area, _ in areas_of(region, gazetteer)]
    alerts = _alerts(work, areas, since)
    running = [one for one in alerts if one.kind in {"alert", "update"}]
    over = {one.report_id for one in alerts if one.kind in {"ended", "corrected"}}
    lasting = [one for one in running if one.expires_at > work.moment]
    if confirmed := [one for one in lasting if one.report_id not in over]:
        return Known("confirmed", max(one.created_at.timestamp() for one in confirmed))
    found = _incidents(work, zips, since)
    for state, word in ((CONFIRMED, "confirmed"), (BEING_CHECKED, "checking")):
        if at := [one.last_at for one in found if one.state in state]:
            return Known(word, max(at))
    other = [one.last_at for one in found if one.state == IncidentState.NOT_ENFORCEMENT]
    other += [one.created_at.timestamp() for one in alerts if one.kind == "corrected"]
    return Known("other", max(other)) if other else Known("nothing", work.moment)


def alert_called(work: Work, ref: str) -> Alert | None:
    """Return the alert with this short name, if we sent one in the last week."""
    recent = sa.select(Alert).where(
        Alert.ref == ref, Alert.kind == "alert", Alert.started_at > work.moment - WEEK_SECONDS
    )
    return work.session.scalar(recent.order_by(Alert.id.desc()).limit(1))


def _alerts(work: Work, areas: list[str], since: float) -> list[Alert]:
    """Return what was sent about some areas, with what followed it."""
    about = sa.select(AlertArea.alert_id).where(AlertArea.area.in_(areas))
    recent = sa.select(Alert).where(Alert.started_at > since)
    firsts = list(work.session.scalars(recent.where(Alert.id.in_(about))))
    reports = {one.report_id for one in firsts if one.report_id is not None}
    followed = recent.where(Alert.report_id.in_(reports), Alert.about_id.is_not(None))
    return [*firsts, *(work.session.scalars(followed) if reports else ())]


def _incidents(work: Work, zips: list[str], since: float) -> list[Incident]:
    rows = sa.select(Incident).where(Incident.zip.in_(zips), Incident.last_at > since)
    return list(work.session.scalars(rows))
