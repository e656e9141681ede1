"""What the network answers to a text that came in."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from rapidresponse.actions import asking, joining, reporting, selfservice, subscribers, threads
from rapidresponse.actions.conversation import Conversation
from rapidresponse.config import Config
from rapidresponse.places import Gazetteer
from rapidresponse.rules import intents
from rapidresponse.store import models
from rapidresponse.work import Work

# What may be meant as an answer to a question about a report; commands stay commands.
ANSWERING = (intents.Other, intents.BareZip, intents.Yes, intents.No, intents.Skip, intents.Code)


@dataclass(frozen=True, slots=True)
class TextIn:
    """A text that came in: the carrier's name for it, who sent it, and what it says."""

    sid: str
    sender: str = field(repr=False)
    body: str = field(repr=False)
    carrier_did: str = ""  # STOP, START or HELP, when the carrier has answered by itself


def answer(work: Work, text: TextIn, *, gazetteer: Gazetteer, config: Config) -> list[str]:
    """Do what a text asks, once, and return the replies to it."""
    if work.session.get(models.TextIn, text.sid) is not None:
        return []  # the carrier told us twice
    work.session.add(models.TextIn(sid=text.sid, at=work.now))
    if text.carrier_did == "STOP":
        subscribers.opt_out(work, text.sender, source="carrier")
        if (known := threads.find(work, text.sender)) is not None:
            threads.let_go(work, known)
        return []  # it has confirmed already, and one confirmation is enough
    thread = threads.of(work, text.sender)
    person = subscribers.find(work, text.sender)
    talk = Conversation(work, text.sender, person, thread, gazetteer, config, text.body)
    talk.listen()
    intent = intents.read(text.body)
    if isinstance(intent, intents.Stop):  # whatever else is the matter with this phone
        return joining.leave(talk, intent)
    replies = _reply(talk, intent)
    if text.carrier_did == "HELP":
        return []
    return threads.allow(work, thread, replies)


def _reply(talk: Conversation, intent: intents.Intent) -> list[str]:
    """Answer in this order: one who asks too much, an open question, and then the text itself."""
    if threads.is_silenced(talk.work, talk.thread):
        return []
    if threads.is_too_much(talk.work, talk.thread):
        return talk.say("limits.slow")
    question = threads.asked(talk.work, talk.thread)
    settled = selfservice.settle(talk, question, intent) if question else None
    if settled is not None:
        return settled
    if (told := _told(talk, intent)) is not None:
        return told
    return ANSWERS[type(intent)](talk, intent)


def _told(talk: Conversation, intent: intents.Intent) -> list[str] | None:
    """Take a text as the answer to a question about a report, if one is open and it may be."""
    if not isinstance(intent, ANSWERING):
        return None
    if subscribers.asked(talk.work, talk.person) and isinstance(
        intent, intents.Yes | intents.No | intents.BareZip
    ):
        return None
    return reporting.answer(talk, skipped=isinstance(intent, intents.Skip | intents.No))


def _other(talk: Conversation, intent: intents.Other) -> list[str]:  # noqa: ARG001 - every answer takes both
    joined = joining.place_alone(talk)
    return joined if joined is not None else reporting.listen(talk)


def _lost(talk: Conversation, intent: intents.Skip) -> list[str]:  # noqa: ARG001 - every answer takes both
    return talk.say("fallback.fallback")


ANSWERS: dict[type, Callable[[Conversation, Any], list[str]]] = {
    intents.Join: joining.join,
    intents.BareZip: joining.join,
    intents.JoinNowhere: joining.join_nowhere,
    intents.Yes: joining.agree,
    intents.No: joining.refuse,
    intents.Stop: joining.leave,
    intents.Start: joining.come_back,
    intents.Help: joining.explain,
    intents.Rights: joining.show_rights,
    intents.Language: joining.choose_language,
    intents.Zip: selfservice.move,
    intents.Pause: selfservice.pause,
    intents.Resume: selfservice.resume,
    intents.Status: selfservice.status,
    intents.Forget: selfservice.ask_to_forget,
    intents.Unsure: selfservice.maybe_leave,
    intents.Stay: selfservice.stay,
    intents.Check: asking.check,
    intents.Code: asking.whose,
    intents.Report: reporting.report,
    intents.Skip: _lost,
    intents.Other: _other,
}
