"""Answers to those who tell what they see: at once, with a name for it, and few questions."""

from rapidresponse.actions import sightings, threads
from rapidresponse.actions.conversation import Conversation
from rapidresponse.actions.sightings import Told
from rapidresponse.rules import intents, limits, masking, sighting

MESSAGE = "message"
CARDS = {"detention": "rights.detained", "street": "rights.street", "work": "rights.work"}


def report(talk: Conversation, intent: intents.Report) -> list[str]:
    """Take a report that begins with its keyword; the keyword alone asks what is seen."""
    if not intent.words.strip():
        return talk.say("report.start", intent.language)
    return describe(talk, intent.words, intent.language)


def describe(talk: Conversation, body: str, spoken: str | None = None) -> list[str]:
    """Take a description of something seen, and answer at once; in a flood each phone once."""
    replies = _describe(talk, body, spoken)
    is_one_more = talk.thread.replies and threads.is_flood(talk.work)
    return [] if is_one_more and not sighting.see(body).is_urgent else replies


def _describe(talk: Conversation, body: str, spoken: str | None) -> list[str]:
    if not sightings.has_room(talk.thread):
        talk.thread.reports += 1
        is_first = talk.thread.reports == limits.REPORTS_A_WINDOW + 1
        return talk.say("report.many", spoken) if is_first else []
    words = _words(talk, body, spoken)
    told = sightings.tell(talk.work, talk.thread, words)
    if told.is_repeat:
        return talk.say("report.again", spoken, rep=told.sighting.code)
    if told.is_new and told.sighting.urgent:
        return _at_the_door(talk, told, spoken)
    if not told.is_new:
        return _more(talk, told, spoken)
    return [*_received(talk, told, spoken), *_kept_out(talk, words, spoken)]


def answer(talk: Conversation, *, skipped: bool) -> list[str] | None:
    """Take an answer to the question that is open about a report; None if none is."""
    words = _words(talk, talk.said, None)
    if skipped:
        told = sightings.skip(talk.work, talk.thread)
    else:
        told = sightings.answer(talk.work, talk.thread, words)
    if told is None:
        return None
    return [*_more(talk, told, None), *_kept_out(talk, words, None)]


def listen(talk: Conversation) -> list[str]:
    """Take what is no command: something seen, or a message for a person; nothing is dropped."""
    is_more = sightings.open_one(talk.work, talk.thread) is not None
    if talk.said.strip() and (is_more or sighting.see(talk.said).is_sighting):
        return describe(talk, talk.said)
    if not talk.said.strip():
        return talk.say("fallback.fallback")
    threads.keep(talk.work, talk.thread, talk.said, MESSAGE)
    threads.wait_for_person(talk.work, talk.thread, MESSAGE)
    return talk.say("report.message")


def _received(talk: Conversation, told: Told, spoken: str | None) -> list[str]:
    keys = ["report.got", *([f"report.ask_{told.ask}"] if told.ask else [])]
    return talk.say_all(keys, spoken, rep=told.sighting.code)


def _more(talk: Conversation, told: Told, spoken: str | None) -> list[str]:
    """Ask the next question, or thank when there is nothing more to ask."""
    if threads.is_flood(talk.work):
        return []
    if told.ask:
        keys = ["report.added", f"report.ask_{told.ask}"]
        return talk.say_all(keys, spoken, rep=told.sighting.code)
    return talk.say("report.done", spoken, rep=told.sighting.code)


def _at_the_door(talk: Conversation, told: Told, spoken: str | None) -> list[str]:
    """Send the number to call and the card of rights; nobody at a door answers questions."""
    card = CARDS.get(str(told.sighting.facts.get("activity")), "rights.home")
    return [*talk.say("report.door", spoken, rep=told.sighting.code), *talk.say(card, spoken)]


def _kept_out(talk: Conversation, words: sightings.Words, spoken: str | None) -> list[str]:
    return talk.say("report.kept_out", spoken) if words.is_masked else []


def _words(talk: Conversation, body: str, spoken: str | None) -> sightings.Words:
    kept, left_out = masking.mask(body)
    reads, home = talk.language(spoken), talk.home()
    return sightings.Words(kept, bool(left_out), reads, home, talk.gazetteer)
