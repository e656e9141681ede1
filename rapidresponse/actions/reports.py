"""A partner's verified report, taken: it becomes an alert, or news for those who had one."""

from datetime import timedelta

import sqlalchemy as sa

from rapidresponse.actions import alerts, partners, words
from rapidresponse.config import Config
from rapidresponse.errors import Conflict, InvalidReport, UnknownPlace
from rapidresponse.places import Gazetteer, Region, region_of
from rapidresponse.rules import report as payloads
from rapidresponse.rules.hooks import Signed
from rapidresponse.rules.lifecycle import AlertState
from rapidresponse.store.models import Alert, Partner, Report
from rapidresponse.work import Work


def take(
    work: Work, partner_id: str, call: Signed, *, gazetteer: Gazetteer, config: Config
) -> dict[str, object]:
    """Take a signed call; return the answer, which is the same however often it comes.

    Raises NotAllowed, InvalidReport, Conflict or TooMany; then nothing is written.
    """
    partner = partners.recognise(work, partner_id, call)
    if (before := partners.answered(work, partner, call.id)) is not None:
        return before
    partners.check_pace(work, partner)
    payload = payloads.read(call.body, now=work.now)
    if payload.kind == "alert":
        alert = _open_alert(work, partner, payload, gazetteer, config)
    else:
        alert = _open_follow_up(work, partner, payload, config)
    _start_or_wait(work, partner, alert)
    answer: dict[str, object] = {
        "alert": alert.id,
        "state": str(alert.state),
        "audience": alert.audience,
    }
    partners.remember(work, partner, call.id, answer)
    return answer


def _open_alert(
    work: Work, partner: Partner, payload: payloads.Call, gazetteer: Gazetteer, config: Config
) -> Alert:
    if _reported(work, partner, payload.report):
        raise Conflict("This report was taken already; send report.updated to change it.")
    region = _region(payload, gazetteer)
    report = Report(
        partner_id=partner.id,
        name=payload.report,
        received_at=work.now,
        facts=_kept(payload),
    )
    work.session.add(report)
    work.session.flush()
    about = words.About(
        alerts.fresh_ref(work),
        region.label,
        region.timezone,
        payloads.moment(payload.facts["seen_at"]),
    )
    draft = _draft(work, "alert", payload.facts, about, config)
    return alerts.open_for_region(work, draft, region, gazetteer, report_id=report.id)


def _open_follow_up(work: Work, partner: Partner, payload: payloads.Call, config: Config) -> Alert:
    report = _reported(work, partner, payload.report)
    first = _first_alert(work, report) if report else None
    if report is None or first is None:
        raise InvalidReport([("/report", "There is no report of yours by that name.")])
    if first.state == AlertState.WAITING:
        raise Conflict("The first alert of this report still waits for a person.")
    facts = {**report.facts, **_kept(payload)}
    when = payload.facts.get("at") or payload.facts.get("seen_at")
    about = words.About(
        first.ref, first.area, first.timezone, payloads.moment(when) if when else work.now
    )
    draft = _draft(work, payload.kind, facts, about, config)
    if payload.kind in ("ended", "corrected"):
        _stop_what_is_on_its_way(work, report)
    return alerts.open_for_reached(work, draft, first, report_id=report.id)


def _stop_what_is_on_its_way(work: Work, report: Report) -> None:
    """Halt what an ending or a correction takes back: nobody hears the old news after it."""
    for alert in work.session.scalars(
        sa.select(Alert).where(
            Alert.report_id == report.id,
            Alert.state.in_([AlertState.SENDING, AlertState.PAUSED, AlertState.WAITING]),
        )
    ).all():
        alerts.halt(work, alert.id, why="taken back")


def _start_or_wait(work: Work, partner: Partner, alert: Alert) -> None:
    """Send at once what a trusted partner verified, inside the caps; else a person decides.

    A follow-up is never held back by a cap: those who heard the first must hear the rest.
    """
    if partner.trust != partners.PUBLISH:
        alert.why = "for review"
    elif alert.about_id is None and not partners.has_room(work, partner):
        alert.why = "a cap was met"
    else:
        alerts.start(work, alert)


def _region(payload: payloads.Call, gazetteer: Gazetteer) -> Region:
    try:
        return region_of(payload.facts["place"], payload.facts.get("radius_miles"), gazetteer)
    except UnknownPlace as unknown:
        raise InvalidReport([("/place", str(unknown))]) from None


def _draft(
    work: Work, kind: str, facts: dict[str, object], about: words.About, config: Config
) -> alerts.Draft:
    minutes = int(str(facts.get("expires_in_minutes", payloads.USUAL_MINUTES)))
    expires = work.now + timedelta(minutes=minutes)
    return alerts.Draft(
        kind,
        words.of_alert(kind, facts, about, config, next_by=expires),
        about.ref,
        expires.timestamp(),
        config.mode,
    )


def _kept(payload: payloads.Call) -> dict[str, object]:
    left_out = ("type", "report")
    return {name: value for name, value in payload.facts.items() if name not in left_out}


def _reported(work: Work, partner: Partner, name: str) -> Report | None:
    return work.session.scalar(
        sa.select(Report).where(Report.partner_id == partner.id, Report.name == name)
    )


def _first_alert(work: Work, report: Report) -> Alert | None:
    return work.session.scalar(
        sa.select(Alert).where(Alert.report_id == report.id, Alert.kind == "alert")
    )
