"""What a person means by the text they sent."""

from collections.abc import Callable
from dataclasses import dataclass

from rapidresponse.rules import commands, optout
from rapidresponse.rules.commands import (
    Check,
    Code,
    Forget,
    Pause,
    Report,
    Resume,
    Skip,
    Status,
    Stay,
    Zip,
)
from rapidresponse.rules.keywords import (
    AFTER_PLACE,
    ANSWER_FILLERS,
    BEFORE_PLACE,
    CODES,
    FILLERS,
    GREETINGS,
    HELP,
    HOME_QUESTIONS,
    JOIN,
    JOIN_ALONE,
    LANGUAGE,
    LANGUAGE_FILLERS,
    LANGUAGES,
    LONGEST_OPENING,
    LONGEST_PLACE,
    MOST_LANGUAGE_WORDS,
    NO,
    NOT,
    OPPOSITE,
    RIGHTS,
    RIGHTS_FILLERS,
    SITUATIONS,
    START,
    SURE_RIGHTS,
    YES,
    ZIP_FILLERS,
    Reading,
    is_zip,
    slipped,
)
from rapidresponse.rules.normalise import Heard, Tongue, hear
from rapidresponse.rules.optout import Stop, Unsure

__all__ = [
    "BareZip",
    "Check",
    "Code",
    "Forget",
    "Help",
    "Intent",
    "Join",
    "JoinNowhere",
    "Language",
    "No",
    "Other",
    "Pause",
    "Report",
    "Resume",
    "Rights",
    "Skip",
    "Start",
    "Status",
    "Stay",
    "Stop",
    "Unsure",
    "Yes",
    "Zip",
    "read",
]


@dataclass(frozen=True, slots=True)
class Join:
    """Sign me up for alerts here, in the words the person used."""

    place: str
    language: Tongue | None = None


@dataclass(frozen=True, slots=True)
class JoinNowhere:
    """Sign me up, but I did not say where."""

    language: Tongue | None = None


@dataclass(frozen=True, slots=True)
class Yes:
    """What you asked is right."""

    language: Tongue | None = None


@dataclass(frozen=True, slots=True)
class No:
    """What you asked is wrong."""

    language: Tongue | None = None


@dataclass(frozen=True, slots=True)
class Start:
    """Let me come back."""

    language: Tongue | None = None


@dataclass(frozen=True, slots=True)
class Help:
    """What is this number?"""

    language: Tongue | None = None


@dataclass(frozen=True, slots=True)
class Rights:
    """What are my rights, here or in general?"""

    situation: str | None
    language: Tongue | None = None


@dataclass(frozen=True, slots=True)
class Language:
    """Write to me in this language from now on."""

    language: Reading


@dataclass(frozen=True, slots=True)
class BareZip:
    """A ZIP code and nothing else."""

    zip: str
    language: Tongue | None = None


@dataclass(frozen=True, slots=True)
class Other:
    """Something a person should read."""


Intent = (
    Join
    | JoinNowhere
    | Yes
    | No
    | Stop
    | Unsure
    | Start
    | Help
    | Rights
    | Language
    | BareZip
    | Other
    | commands.Command
)


def read(text: str) -> Intent:
    """Turn an inbound text into what it means; what is not clear is for a person to read.

    Leaving comes first, so that no other reading can stand in its way; a guess at it comes last.
    """
    said = hear(text)
    return next((intent for ask in READERS if (intent := ask(said))), Other())


def _answer(said: Heard) -> Intent | None:
    """Hear YES and NO only as whole messages: "si" also means "if"."""
    first, *rest = said.words or ("",)
    if not all(word in ANSWER_FILLERS for word in rest):
        return None
    tongue = next((ANSWER_FILLERS[word] for word in rest if ANSWER_FILLERS[word]), None)
    if first in YES:
        return Yes(YES[first] or tongue)
    return No(NO[first] or tongue) if first in NO else None


def _start(said: Heard) -> Intent | None:
    match [word for word in said.words if word not in FILLERS]:
        case [word] if word in START:
            return Start(START[word])
        case [word, zip_code] if word in START and is_zip(zip_code):
            return Join(zip_code, START[word])
        case _:
            return None


def _help(said: Heard) -> Intent | None:
    """Hear HELP only alone: AYUDA with other words is a cry to a person, not to a machine."""
    match said.words:
        case [word] if word := slipped(word, HELP):
            return Help(HELP[word])
        case _:
            return None


def _join(said: Heard) -> Intent | None:
    words = said.words
    if len(words) == 2 and is_zip(words[0]) and (word := slipped(words[1], JOIN)):  # noqa: PLR2004
        return Join(words[0], JOIN[word])
    start = said.after(GREETINGS)
    for end in range(min(start + LONGEST_OPENING, len(words)), start, -1):
        opening = slipped(" ".join(words[start:end]), JOIN)
        if opening and (opening not in JOIN_ALONE or _only_a_zip(words[end:])):
            return _join_at(said, end, JOIN[opening])
    return None


def _join_at(said: Heard, first: int, tongue: Tongue | None) -> Intent:
    """Take the rest as a place, without the words around it."""
    place = said.inner(first, BEFORE_PLACE, AFTER_PLACE)[:LONGEST_PLACE].strip()
    return Join(place, tongue) if place else JoinNowhere(tongue)


def _zip(said: Heard) -> Intent | None:
    match [word for word in said.words if word not in ZIP_FILLERS]:
        case [zip_code] if is_zip(zip_code):
            return BareZip(zip_code)
        case [zip_code, more] if is_zip(zip_code) and len(more) == 4:  # noqa: PLR2004 - ZIP+4
            return BareZip(zip_code)
        case _:
            return None


def _language(said: Heard) -> Intent | None:
    words = [word for word in said.words if word not in LANGUAGE_FILLERS]
    if len(words) > MOST_LANGUAGE_WORDS:
        return None
    if said.words and said.words[0] in LANGUAGE:
        chosen = [(CODES | LANGUAGES).get(word) for word in said.words[1:] if word not in FILLERS]
        return _chosen(chosen or [LANGUAGE[said.words[0]]])
    named = [LANGUAGES.get(slipped(word, LANGUAGES)) for word in words]
    if not NOT.isdisjoint(said.words):
        named = [OPPOSITE.get(name) for name in named]
    return _chosen(named)


def _chosen(named: list[Reading | None]) -> Intent | None:
    return Language(named[0]) if len(named) == 1 and named[0] else None


def _rights(said: Heard) -> Intent | None:
    words = [word for word in said.words if word not in RIGHTS_FILLERS]
    if not words or not (keyword := slipped(words[0], RIGHTS)):
        return _rights_question(" ".join(said.words))
    situations = [SITUATIONS[word] for word in words[1:] if word in SITUATIONS]
    # "Lights off" and "right here" are not about rights.
    if words[0] in SURE_RIGHTS or len(situations) == len(words) - 1:
        return Rights(situations[0] if situations else None, RIGHTS[keyword])
    return None


def _rights_question(said: str) -> Intent | None:
    return next(
        (Rights("home", tongue) for asked, tongue in HOME_QUESTIONS.items() if asked in said), None
    )


def _only_a_zip(words: tuple[str, ...]) -> bool:
    return all(is_zip(word) or word in FILLERS for word in words)


READERS: tuple[Callable[[Heard], Intent | None], ...] = (
    commands.forget,
    optout.find,
    _answer,
    optout.find_doubt,
    _start,
    _help,
    _join,
    *commands.READERS,
    _zip,
    _language,
    _rights,
    optout.guess,
)
