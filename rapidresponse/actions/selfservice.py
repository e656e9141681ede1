"""Answers to those who change what they get: where, when, in which language, and whether at all."""

from datetime import UTC, datetime

from rapidresponse.actions import forgetting, subscribers, threads
from rapidresponse.actions.conversation import Conversation
from rapidresponse.actions.joining import join, leave
from rapidresponse.places import region_of_area, resolve
from rapidresponse.rules import intents

FORGET, STOP = "forget", "stop"
UNSURE = "unsure_stop"
WAIT_DAYS = 30  # how long nothing is sent while we wait to hear whether somebody wants to leave
ROOM_FOR_PLACES = 80


def move(talk: Conversation, intent: intents.Zip) -> list[str]:
    """Have a person follow another place instead; who follows nothing yet is asked to join."""
    person = talk.person
    match = resolve(intent.place, talk.gazetteer, near=talk.home())
    if person is None or person.state != subscribers.ACTIVE or not match.region:
        return join(talk, intents.Join(intent.place, intent.language))
    if match.decision != "accept":
        return join(talk, intents.Join(intent.place, intent.language))
    subscribers.move(talk.work, person, match.region.area)
    return talk.say("self.moved", intent.language, place=match.region.label)


def pause(talk: Conversation, intent: intents.Pause) -> list[str]:
    """Send nothing for some days."""
    if talk.person is None or talk.person.state != subscribers.ACTIVE:
        return talk.say("self.status_none", intent.language)
    until = subscribers.pause(talk.work, talk.person, intent.days)
    return talk.say("self.paused", intent.language, until=_day(until))


def resume(talk: Conversation, intent: intents.Resume) -> list[str]:
    """Send again."""
    if talk.person is None or talk.person.state != subscribers.ACTIVE:
        return talk.say("self.status_none", intent.language)
    is_back = subscribers.resume(talk.work, talk.person)
    return talk.say("self.resumed" if is_back else "self.not_paused", intent.language)


def status(talk: Conversation, intent: intents.Status) -> list[str]:
    """Say what a person follows; a status is never an immigration status here."""
    person = talk.person
    if person is None or person.state != subscribers.ACTIVE:
        return talk.say("self.status_none", intent.language)
    followed = subscribers.followed(talk.work, person)
    names = ", ".join(region_of_area(area, talk.gazetteer).label for area in followed)
    places = names if len(names) <= ROOM_FOR_PLACES else f"{names[: ROOM_FOR_PLACES - 3]}..."
    if person.paused_until is not None:
        until = _day(person.paused_until)
        return talk.say("self.status_paused", intent.language, places=places, until=until)
    return talk.say("self.status", intent.language, places=places)


def ask_to_forget(talk: Conversation, intent: intents.Forget) -> list[str]:
    """Ask once, since it cannot be undone."""
    threads.ask(talk.work, talk.thread, FORGET)
    return talk.say("self.forget_ask", intent.language)


def maybe_leave(talk: Conversation, intent: intents.Unsure) -> list[str]:
    """Send nothing until we know whether a person wants to leave; somebody reads it too."""
    threads.keep(talk.work, talk.thread, talk.said, UNSURE)
    threads.wait_for_person(talk.work, talk.thread, UNSURE)
    if talk.person is not None and talk.person.state == subscribers.ACTIVE:
        subscribers.pause(talk.work, talk.person, WAIT_DAYS)
    threads.ask(talk.work, talk.thread, STOP)
    return talk.say("self.maybe_stop", intent.language)


def stay(talk: Conversation, intent: intents.Stay | intents.No) -> list[str]:
    """Keep a person who was asked whether they want to leave."""
    threads.close_question(talk.thread)
    if talk.thread.waits == UNSURE:
        talk.thread.waits = talk.thread.waits_since = None
    if talk.person is None or talk.person.state != subscribers.ACTIVE:
        return talk.say("self.status_none", intent.language)
    subscribers.resume(talk.work, talk.person)
    return talk.say("self.stay", intent.language)


def settle(talk: Conversation, question: str, intent: intents.Intent) -> list[str] | None:
    """Take the answer to a question of ours, or None if the text is no answer to it."""
    match (question, intent):
        case ("stop", intents.Yes(language)):
            return leave(talk, intents.Stop(language))
        case ("stop", intents.No() | intents.Stay()):
            return stay(talk, intent)
        case ("forget", intents.Yes(language)):
            words = talk.say("self.forgotten", language)
            _forget(talk)
            return words
        case ("forget", intents.No(language)):
            threads.close_question(talk.thread)
            return talk.say("self.kept", language)
        case _:
            return None


def _forget(talk: Conversation) -> None:
    """Forget a person, and the conversation that asked for it."""
    talk.work.session.flush()
    forgetting.forget(talk.work, talk.sender)
    if talk.thread in talk.work.session:
        talk.work.session.expunge(talk.thread)


def _day(moment: float) -> str:
    """Return a day as texts write it, such as Dec 31."""
    at = datetime.fromtimestamp(moment, UTC)
    return f"{at:%b} {at.day}"
