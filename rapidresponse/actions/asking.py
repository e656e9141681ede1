"""Answers to those who ask: is it true, is this alert yours?"""

from datetime import UTC, datetime

from rapidresponse.actions import checks
from rapidresponse.actions.conversation import Conversation
from rapidresponse.actions.words import clock
from rapidresponse.places import resolve
from rapidresponse.rules import intents, limits


def check(talk: Conversation, intent: intents.Check) -> list[str]:
    """Say what is known of a place now, from the record alone."""
    wanted = intent.place.strip() or talk.home() or ""
    match = resolve(wanted, talk.gazetteer, near=talk.home())
    if match.region is None or match.decision != "accept":
        return talk.say("check.ask", intent.language)
    known = checks.look(talk.work, match.region, talk.gazetteer)
    at = datetime.fromtimestamp(known.at, UTC)
    return talk.say(
        f"check.{known.state}",
        intent.language,
        place=match.region.label,
        time=clock(at, match.region.timezone),
    )


def whose(talk: Conversation, intent: intents.Code) -> list[str]:
    """Say whether an alert is ours and when it was sent; guessing ends after some tries."""
    if talk.thread.wrong_codes > limits.WRONG_CODES:
        return []
    alert = checks.alert_called(talk.work, intent.ref)
    if alert is not None and alert.started_at is not None:
        sent = clock(datetime.fromtimestamp(alert.started_at, UTC), alert.timezone)
        return talk.say("code.ours", intent.language, ref=alert.ref, time=sent, area=alert.area)
    talk.thread.wrong_codes += 1
    if talk.thread.wrong_codes > limits.WRONG_CODES:
        return talk.say("code.many", intent.language)
    return talk.say("code.not_ours", intent.language, ref=intent.ref)
