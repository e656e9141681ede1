"""Answers to those who come, go, and ask what this is."""

import hashlib

from rapidresponse import messages
from rapidresponse.actions import subscribers, threads
from rapidresponse.actions.conversation import Conversation
from rapidresponse.places import Match, Region, region_of_area, resolve
from rapidresponse.rules import intents

ROOM_FOR_CHOICES = 80


def join(talk: Conversation, intent: intents.Join | intents.BareZip) -> list[str]:
    """Ask for a yes to a place, or which place is meant."""
    wanted = intent.zip if isinstance(intent, intents.BareZip) else intent.place
    match = resolve(wanted, talk.gazetteer, near=talk.home())
    if match.region:
        return _offer(talk, match.region, intent.language, sure=match.decision == "accept")
    if choices := _choices(match):
        return talk.say("join.choose", intent.language, choices=choices)
    known = match.decision in {"state", "ask"} or not any(c.isdigit() for c in wanted)
    return talk.say("join.ask_place" if known else "join.unknown_place", intent.language)


def _offer(talk: Conversation, region: Region, spoken: str | None, *, sure: bool) -> list[str]:
    """Ask for a yes to a place that is named in the question, or first whether it is meant."""
    known = talk.person
    if known and known.state == subscribers.ACTIVE:
        followed = subscribers.areas(talk.work, known)
        if region.area in followed:
            return talk.say("join.already", spoken, place=region.label)
        if len(followed) >= subscribers.MOST_AREAS:
            return talk.say("join.full", spoken)
    question = subscribers.YES if sure else subscribers.IS_IT
    language = talk.language(spoken)
    subscribers.ask(talk.work, talk.sender, question, area=region.area, language=language)
    return talk.say("join.confirm" if sure else "join.confirm_place", spoken, place=region.label)


def _choices(match: Match) -> str:
    """Return the likeliest places in a line, as many as one text has room for; or nothing."""
    for most in range(len(match.choices), 1, -1):
        line = ", ".join(match.choices[:most])
        if len(line) <= ROOM_FOR_CHOICES:
            return line
    return ""


def join_nowhere(talk: Conversation, intent: intents.JoinNowhere | intents.Start) -> list[str]:
    """Ask which place."""
    return talk.say("join.ask_place", intent.language)


def agree(talk: Conversation, intent: intents.Yes) -> list[str]:
    """Take a yes to the question that is open."""
    person, question = talk.person, subscribers.asked(talk.work, talk.person)
    if person is None or person.asked_area is None or question is None:
        return talk.say("fallback.fallback", intent.language)
    language = talk.language(intent.language)
    place = region_of_area(person.asked_area, talk.gazetteer).label
    if question == subscribers.IS_IT:
        person.asked = subscribers.YES
        return talk.say("join.confirm", language, place=place)
    subscribers.confirm(
        talk.work, person, language=language, wording=_wording("join.confirm", language)
    )
    return talk.say("join.welcome", language, place=place)


def refuse(talk: Conversation, intent: intents.No) -> list[str]:
    """Take a no to the question that is open."""
    person, question = talk.person, subscribers.asked(talk.work, talk.person)
    if person is None or question is None:
        return talk.say("fallback.fallback", intent.language)
    language = talk.language(intent.language)
    subscribers.decline(talk.work, person)
    if person.state != subscribers.ACTIVE and question != subscribers.IS_IT:
        threads.let_go(talk.work, talk.thread)
    return talk.say(
        "join.ask_place" if question == subscribers.IS_IT else "join.declined", language
    )


def leave(talk: Conversation, intent: intents.Stop) -> list[str]:
    """Let a phone go, at once and with one confirmation."""
    language = talk.language(intent.language)
    subscribers.opt_out(talk.work, talk.sender)
    threads.let_go(talk.work, talk.thread)
    return talk.say("stop.goodbye", language)


def come_back(talk: Conversation, intent: intents.Start) -> list[str]:
    """Let a phone that left come back."""
    if talk.person and talk.person.state == subscribers.ACTIVE:
        return talk.say("help.help", intent.language)
    return talk.say("start.back", intent.language)


def explain(talk: Conversation, intent: intents.Help) -> list[str]:
    """Say what this number is."""
    return talk.say("help.help", intent.language)


def show_rights(talk: Conversation, intent: intents.Rights) -> list[str]:
    """Send the card of rights that was asked for."""
    return talk.say(f"rights.{intent.situation or 'menu'}", intent.language)


def choose_language(talk: Conversation, intent: intents.Language) -> list[str]:
    """Write to a phone in another language from now on."""
    talk.thread.language = intent.language
    if talk.person:
        subscribers.read_in(talk.work, talk.person, intent.language)
    return talk.say("language.set", intent.language)


def place_alone(talk: Conversation) -> list[str] | None:
    """Take a text that is a place and nothing else as the answer to "which area?"."""
    if _is_joining(talk) and resolve(talk.said, talk.gazetteer).is_all:
        return join(talk, intents.Join(talk.said))
    return None


def _is_joining(talk: Conversation) -> bool:
    """Say whether a text that is a place and nothing else would be the answer to "which area?"."""
    person = talk.person
    is_new = person is None or person.state != subscribers.ACTIVE
    return is_new or subscribers.asked(talk.work, person) is not None


def _wording(key: str, language: str) -> str:
    """Name the exact words a person said yes to, so that consent can be shown later."""
    digest = hashlib.sha256(messages.catalogue(language)[key].encode()).hexdigest()
    return f"{key}@{digest[:12]}"
