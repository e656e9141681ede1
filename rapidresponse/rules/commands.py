"""What else people may say: is it true, I moved, pause, forget me, I see something, B296?"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from rapidresponse.rules.keywords import (
    AFTER_PLACE,
    BEFORE_CHECKED,
    BEFORE_PLACE,
    CHECK,
    CHECK_IN,
    FILLERS,
    FORGET,
    FORGETTING,
    GREETINGS,
    LONGEST_OPENING,
    LONGEST_PLACE,
    MOVED,
    PAUSE,
    PAUSE_FILLERS,
    REPORT,
    REPORT_OPENINGS,
    RESUME,
    SEEN,
    SKIP,
    SPANS,
    STATUS,
    STAY,
    STAY_FILLERS,
    WHATEVER,
    slipped,
)
from rapidresponse.rules.normalise import Heard, Tongue

DAYS, MOST_DAYS = 7, 30
MOST_MOVED = 4  # words of a place; "I moved to the back when they knocked" is a report
REF = re.compile(r"[a-z]\d{2,3}")


@dataclass(frozen=True, slots=True)
class Check:
    """Is what I heard about this place true?"""

    place: str
    language: Tongue | None = None


@dataclass(frozen=True, slots=True)
class Zip:
    """I live here now."""

    place: str
    language: Tongue | None = None


@dataclass(frozen=True, slots=True)
class Pause:
    """Send me nothing for some days."""

    days: int = DAYS
    language: Tongue | None = None


@dataclass(frozen=True, slots=True)
class Resume:
    """Send me texts again."""

    language: Tongue | None = None


@dataclass(frozen=True, slots=True)
class Status:
    """What do you send me, and for where?"""

    language: Tongue | None = None


@dataclass(frozen=True, slots=True)
class Forget:
    """Delete what you know about me."""

    language: Tongue | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """I see something, in the words the person used."""

    words: str
    language: Tongue | None = None


@dataclass(frozen=True, slots=True)
class Code:
    """Is this the short name of an alert of yours?"""

    ref: str
    language: Tongue | None = None


@dataclass(frozen=True, slots=True)
class Stay:
    """I do not want to leave."""

    language: Tongue | None = None


@dataclass(frozen=True, slots=True)
class Skip:
    """I have no answer to that."""

    language: Tongue | None = None


Command = Check | Zip | Pause | Resume | Status | Forget | Report | Code | Stay | Skip


def forget(said: Heard) -> Forget | None:
    """Hear a wish to be forgotten; it comes before leaving, whose words it shares."""
    line = " ".join(word for word in said.words if word not in FILLERS or word == "me")
    if line in FORGET:
        return Forget(FORGET[line])
    return next((Forget(tongue) for tongue, asks in FORGETTING.items() if asks.search(line)), None)


def check(said: Heard) -> Check | None:
    """Hear "is it true that they are at …", with the place alone."""
    first, end, tongue = _opening(said, CHECK)
    if not end or (said.words[first:end] == ("check",) and _is_not_asking(said.words[end:])):
        return None
    return Check(_place(said, end, BEFORE_CHECKED | BEFORE_PLACE), tongue)


def move(said: Heard) -> Zip | None:
    """Hear "I moved to …"; without a place there is nothing to do."""
    _, end, tongue = _opening(said, MOVED)
    if not end:
        return None
    place = _place(said, end, BEFORE_PLACE)
    return Zip(place, tongue) if place and len(place.split()) <= MOST_MOVED else None


def pause(said: Heard) -> Pause | None:
    """Hear PAUSE, perhaps with a number of days, weeks or months."""
    words = [word for word in said.words if word not in PAUSE_FILLERS]
    if not words or words[0] not in PAUSE:
        return None
    numbers = [int(word) for word in words[1:] if word.isdecimal()]
    spans = [SPANS[word] for word in words[1:] if word in SPANS]
    if len(numbers) + len(spans) != len(words) - 1 or max(len(numbers), len(spans)) > 1:
        return None
    days = (numbers or [1 if spans else DAYS])[0] * (spans or [1])[0]
    return Pause(min(MOST_DAYS, max(1, days)), PAUSE[words[0]])


def whole(said: Heard) -> Resume | Status | Stay | Skip | None:
    """Hear the commands that are whole messages."""
    if said.clean and set(said.clean) == {"?"}:
        return Skip()
    words = [word for word in said.words if word not in FILLERS]
    line, staying = " ".join(words), [word for word in words if word not in STAY_FILLERS]
    if line in RESUME:
        return Resume(RESUME[line])
    if line in STATUS:
        return Status(STATUS[line])
    if line in SKIP:
        return Skip(SKIP[line])
    return Stay(STAY[staying[0]]) if len(staying) == 1 and staying[0] in STAY else None


def code(said: Heard) -> Code | None:
    """Hear the short name of an alert and nothing else."""
    match said.words:
        case [ref] | ["code" | "codigo", ref] if REF.fullmatch(ref):
            language: dict[str, Tongue] = {"code": "en", "codigo": "es"}
            return Code(ref.upper(), language.get(said.words[0]))
        case _:
            return None


def report(said: Heard) -> Report | None:
    """Hear REPORT with what follows it, or a text that begins with what was seen."""
    words = said.words
    first = said.after(REPORT_OPENINGS)
    if first == len(words):
        return None
    if words[first] in SEEN:
        return Report(said.clean, SEEN[words[first]])
    if word := slipped(words[first], REPORT):
        rest = said.clean[said.spans[first][1] :].lstrip(" :;,.-!")
        return Report(rest, REPORT[word])
    return None


def _opening(said: Heard, known: dict[str, Tongue | None]) -> tuple[int, int, Tongue | None]:
    """Return where the longest known opening begins and ends, and its language; or 0 as its end."""
    words = said.words
    first = said.after(GREETINGS)
    for end in range(min(first + LONGEST_OPENING, len(words)), first, -1):
        if (line := " ".join(words[first:end])) in known:
            return first, end, known[line]
    return first, 0, None


def _place(said: Heard, first: int, before: frozenset[str]) -> str:
    """Return what is left when the words around a place are taken away."""
    return said.inner(first, before, AFTER_PLACE | WHATEVER)[:LONGEST_PLACE].strip()


def _is_not_asking(rest: tuple[str, ...]) -> bool:
    """Say whether CHECK begins another sentence: "check in with ICE", "check my case"."""
    return rest[:1] in CHECK_IN or (rest[:1] == ("in",) and rest[1:2] in CHECK_IN)


READERS: tuple[Callable[[Heard], Command | None], ...] = (check, pause, whole, code, move, report)
