"""What the network answers to a text that came in."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from rapidresponse import messages
from rapidresponse.actions import subscribers
from rapidresponse.config import Config
from rapidresponse.places import Gazetteer, Match, Region, region_of_area, resolve
from rapidresponse.rules import intents
from rapidresponse.store import models
from rapidresponse.store.models import Subscriber
from rapidresponse.work import Work

NO_PLACE = ""
ROOM_FOR_CHOICES = 80


@dataclass(frozen=True, slots=True)
class TextIn:
    """A text that came in: the carrier's name for it, who sent it, and what it says."""

    sid: str
    sender: str = field(repr=False)
    body: str = field(repr=False)
    carrier_did: str = ""  # STOP, START or HELP, when the carrier has answered by itself


@dataclass(frozen=True, slots=True)
class Conversation:
    """Whom we are talking to, and in which words."""

    work: Work
    sender: str = field(repr=False)
    person: Subscriber | None
    gazetteer: Gazetteer
    config: Config
    said: str = field(default="", repr=False)

    def language(self, spoken: str | None) -> str:
        """Return the language of the keyword, else the stored one, else both."""
        return spoken or (self.person.language if self.person else "both")

    def say(self, key: str, language: str | None, **blanks: str) -> list[str]:
        """Return one reply."""
        host = urlsplit(self.config.public_url).netloc
        names = {"org": self.config.network_name, "hot": self.config.hotline, "url": host}
        return [messages.say(key, self.language(language), **names, **blanks)]


def answer(work: Work, text: TextIn, *, gazetteer: Gazetteer, config: Config) -> list[str]:
    """Do what a text asks, once, and return the replies to it."""
    if work.session.get(models.TextIn, text.sid) is not None:
        return []  # the carrier told us twice
    work.session.add(models.TextIn(sid=text.sid, at=work.now))
    person = subscribers.find(work, text.sender)
    talk = Conversation(work, text.sender, person, gazetteer, config, text.body)
    if text.carrier_did == "STOP":
        subscribers.opt_out(work, text.sender, source="carrier")
        return []  # it has confirmed already, and one confirmation is enough
    intent = intents.read(text.body)
    replies = ANSWERS[type(intent)](talk, intent)
    return [] if text.carrier_did == "HELP" else replies


def _join(talk: Conversation, intent: intents.Join | intents.BareZip) -> list[str]:
    wanted = intent.zip if isinstance(intent, intents.BareZip) else intent.place
    match = resolve(wanted, talk.gazetteer, near=_near(talk))
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


def _near(talk: Conversation) -> str | None:
    """Return a ZIP of what the person follows already: a namesake near it is likelier."""
    followed = subscribers.areas(talk.work, talk.person) if talk.person else []
    return region_of_area(followed[0], talk.gazetteer).rings[0][0] if followed else None


def _join_nowhere(talk: Conversation, intent: intents.JoinNowhere | intents.Start) -> list[str]:
    return talk.say("join.ask_place", intent.language)


def _yes(talk: Conversation, intent: intents.Yes) -> list[str]:
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


def _no(talk: Conversation, intent: intents.No) -> list[str]:
    person, question = talk.person, subscribers.asked(talk.work, talk.person)
    if person is None or question is None:
        return talk.say("fallback.fallback", intent.language)
    language = talk.language(intent.language)
    subscribers.decline(talk.work, person)
    return talk.say(
        "join.ask_place" if question == subscribers.IS_IT else "join.declined", language
    )


def _stop(talk: Conversation, intent: intents.Stop) -> list[str]:
    language = talk.language(intent.language)
    subscribers.opt_out(talk.work, talk.sender)
    return talk.say("stop.goodbye", language)


def _start(talk: Conversation, intent: intents.Start) -> list[str]:
    if talk.person and talk.person.state == subscribers.ACTIVE:
        return talk.say("help.help", intent.language)
    return talk.say("start.back", intent.language)


def _help(talk: Conversation, intent: intents.Help) -> list[str]:
    return talk.say("help.help", intent.language)


def _rights(talk: Conversation, intent: intents.Rights) -> list[str]:
    return talk.say(f"rights.{intent.situation or 'menu'}", intent.language)


def _language(talk: Conversation, intent: intents.Language) -> list[str]:
    if talk.person:
        subscribers.read_in(talk.work, talk.person, intent.language)
    return talk.say("language.set", intent.language)


def _other(talk: Conversation, intent: intents.Other) -> list[str]:  # noqa: ARG001 - every answer takes both
    if _is_joining(talk) and resolve(talk.said, talk.gazetteer).is_all:
        return _join(talk, intents.Join(talk.said))
    return talk.say("fallback.fallback", None)


def _is_joining(talk: Conversation) -> bool:
    """Say whether a text that is a place and nothing else would be the answer to "which area?"."""
    person = talk.person
    is_new = person is None or person.state != subscribers.ACTIVE
    return is_new or subscribers.asked(talk.work, person) is not None


def _wording(key: str, language: str) -> str:
    """Name the exact words a person said yes to, so that consent can be shown later."""
    digest = hashlib.sha256(messages.catalogue(language)[key].encode()).hexdigest()
    return f"{key}@{digest[:12]}"


ANSWERS: dict[type, Callable[[Conversation, Any], list[str]]] = {
    intents.Join: _join,
    intents.BareZip: _join,
    intents.JoinNowhere: _join_nowhere,
    intents.Yes: _yes,
    intents.No: _no,
    intents.Stop: _stop,
    intents.Start: _start,
    intents.Help: _help,
    intents.Rights: _rights,
    intents.Language: _language,
    intents.Other: _other,
}
