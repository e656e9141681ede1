"""What the network answers to a text that came in."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from rapidresponse import messages
from rapidresponse.actions import subscribers
from rapidresponse.config import Config
from rapidresponse.places import Gazetteer, resolve
from rapidresponse.rules import intents
from rapidresponse.store import models
from rapidresponse.store.models import Subscriber
from rapidresponse.work import Work

NO_PLACE = ""


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
    talk = Conversation(work, text.sender, person, gazetteer, config)
    if text.carrier_did == "STOP":
        subscribers.opt_out(work, text.sender, source="carrier")
        return []  # it has confirmed already, and one confirmation is enough
    intent = intents.read(text.body)
    replies = ANSWERS[type(intent)](talk, intent)
    return [] if text.carrier_did == "HELP" else replies


def _join(talk: Conversation, intent: intents.Join | intents.BareZip) -> list[str]:
    wanted = intent.zip if isinstance(intent, intents.BareZip) else intent.place
    match = resolve(wanted, talk.gazetteer)
    if match.region is None or match.region.kind != "zip" or match.decision != "accept":
        key = "join.unknown_place" if any(c.isdigit() for c in wanted) else "join.ask_place"
        return talk.say(key, intent.language)
    zip_code = match.region.rings[0][0]
    known = talk.person
    if known and known.state == subscribers.ACTIVE:
        followed = subscribers.areas(talk.work, known)
        if zip_code in followed:
            return talk.say("join.already", intent.language, place=match.region.label)
        if len(followed) >= subscribers.MOST_AREAS:
            return talk.say("join.full", intent.language)
    subscribers.ask(talk.work, talk.sender, zip_code, language=talk.language(intent.language))
    return talk.say("join.confirm", intent.language, place=match.region.label)


def _join_nowhere(talk: Conversation, intent: intents.JoinNowhere | intents.Start) -> list[str]:
    return talk.say("join.ask_place", intent.language)


def _yes(talk: Conversation, intent: intents.Yes) -> list[str]:
    person = talk.person
    asked = subscribers.awaits_yes(talk.work, person) if person else []
    if person is None or not asked:
        return talk.say("fallback.fallback", intent.language)
    language = talk.language(intent.language)
    subscribers.confirm(
        talk.work, person, language=language, wording=_wording("join.confirm", language)
    )
    label = resolve(asked[0], talk.gazetteer).label
    return talk.say("join.welcome", language, place=label)


def _no(talk: Conversation, intent: intents.No) -> list[str]:
    person = talk.person
    if person is None or not subscribers.awaits_yes(talk.work, person):
        return talk.say("fallback.fallback", intent.language)
    language = talk.language(intent.language)
    subscribers.decline(talk.work, person)
    return talk.say("join.declined", language)


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
        talk.person.language = intent.language
    return talk.say("language.set", intent.language)


def _other(talk: Conversation, intent: intents.Other) -> list[str]:  # noqa: ARG001 - every answer takes both
    return talk.say("fallback.fallback", None)


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
