"""What a text says was seen: how many, doing what, where and when. It never decides anything."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rapidresponse.rules.normalise import Heard, hear, vocabulary
from rapidresponse.rules.sighting_words import (
    ACTIVITIES,
    AGENCY,
    AGENTS,
    ASKING,
    BETWEEN_COUNT,
    HEARSAY,
    LETTERS,
    MENU,
    MIGRA,
    NOT_URGENT,
    NOTHING,
    NOW,
    NUMBERS,
    ORDINALS,
    OWN_EYES,
    SEEING,
    STREET_WORDS,
    URGENT,
    VEHICLES,
)
from rapidresponse.rules.wording import is_crossing

MOST_SEEN = 500
LONGEST_WHERE = 60
REACH = 4  # words between a number and what it counts
ZIP_DIGITS = 5
WEEKDAYS = vocabulary("monday tuesday wednesday thursday friday saturday sunday lunes martes")
JOINING = frozenset({"&", "/", "y", "and", "con", "n"})
LEADS = vocabulary("en at on near by corner esquina cerca outside afuera")
STREETS = vocabulary("st street ave avenue rd road blvd calle avenida plaza central main broadway")
ENDS = (
    (MIGRA | AGENTS | (VEHICLES - {"bus"}) | SEEING | NOW) - {"here", "aqui", "a"}
) | vocabulary(
    "with vests chalecos right i they de que is my mi in of about como hace min minutos minutes ago"
)
HOUR, DAY = 60, 1440

PIECE = re.compile(r"[&/,.;:!?]|[^\s&/,;:!?]+")
LANDMARK = re.compile(
    r"(?<!\w)(?:en|at|on|near|by|outside|cerca de[l]?|frente a[l]?|afuera de[l]?|in front of) "
    r"((?:(?:la|el|the|los|las) )?[^\s,.;:!?]+(?: [^\s,.;:!?]+){0,4})",
    re.IGNORECASE,
)
HOUSE = re.compile(r"^\d{2,6}[a-z]? (?=\D)(?!y |and |& |/)", re.IGNORECASE)
ORDINAL = re.compile(r"^(\d+)(?:st|nd|rd|th|a|o)$")
AGO = re.compile(
    r"\b(?:hace (?:como |unos |unas |about )?(\w+) (min\w*|hora\w*)|(\w+) (min\w*|hour\w*) ago"
    r"|hace (\w+)$)"
)
EARLIER = (
    (("ayer", "yesterday", "anoche", "last night"), DAY),
    (("esta manana", "this morning"), 240),
)
# A crossing ends where what was seen begins.
CUT = re.compile(
    r"\b(?:hay|there|con \d|with|they|estan|van|veo|i see|ice|la migra|agent\w*|officer\w*"
    r"|right now|now|hace|ahora|ahorita|taking|y hay|police|policia|vests?"
    r"|chalecos?|guys|men|hombres|please)\b.*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Seen:
    """What a text says was seen; what it does not say is None."""

    is_sighting: bool
    is_urgent: bool
    activity: str | None = None
    people: int | None = None
    vehicles: int | None = None
    agency: str | None = None
    letters: tuple[str, ...] = ()
    minutes_ago: int | None = None
    firsthand: bool | None = None
    where: str | None = None


def see(text: str) -> Seen:
    """Read a description in English or Spanish."""
    said = hear(text)
    line = " ".join(said.words)
    letters = _letters(line)
    activity, where = _activity(said, line), _where(said)
    people, vehicles = _count(said, AGENTS), _count(said, VEHICLES)
    is_urgent = _has(line, URGENT) and not _has(line, NOT_URGENT)
    found = any((activity, letters, people, vehicles, set(said.words) & MIGRA))
    tells = bool(set(said.words) & SEEING) or people is not None or vehicles is not None
    tells = tells or (where is not None and bool(set(said.words) & MIGRA))
    is_asking = _has(line, ASKING) or line.startswith(("if ", "si ", "que pasa si"))
    return Seen(
        is_sighting=is_urgent or (found and tells and not is_asking),
        is_urgent=is_urgent,
        activity=activity,
        people=people,
        vehicles=vehicles,
        agency=next((AGENCY[each] for each in letters if each in AGENCY), None),
        letters=letters,
        minutes_ago=_minutes(said, line),
        firsthand=_firsthand(said, line),
        where=where,
    )


def facts(seen: Seen) -> dict[str, object]:
    """Return what is known, as codes and counts; the place is kept apart."""
    known: dict[str, object] = {
        "activity": seen.activity,
        "people": seen.people,
        "vehicles": seen.vehicles,
        "agency": seen.agency,
        "letters": list(seen.letters) or None,
        "minutes_ago": seen.minutes_ago,
        "firsthand": seen.firsthand,
    }
    return {name: value for name, value in known.items() if value is not None}


def missing(known: Mapping[str, object]) -> list[str]:
    """Return the questions that are worth asking, the most useful first."""
    needed = {
        "where": ("where",),
        "doing": ("activity",),
        "many": ("people", "vehicles"),
        "when": ("minutes_ago",),
        "vests": ("letters", "agency"),
    }
    return [asked for asked, names in needed.items() if not any(name in known for name in names)]


def answer(question: str, text: str) -> dict[str, object]:
    """Return the facts that an answer to one question gives, and whatever else it tells."""
    seen = see(text)
    said = hear(text)
    told = facts(seen)
    if seen.where:
        told["where"] = seen.where
    return told | _short_answer(question, said, told)


def _short_answer(question: str, said: Heard, told: dict[str, object]) -> dict[str, object]:
    """Return what a word or two mean as the answer to one question."""
    first = said.words[0] if said.words else ""
    number = next((n for word in said.words if (n := _number(word)) is not None), None)
    place = _clean(said.clean)
    match question:
        case "where" if "where" not in told and place:
            return {"where": place}
        case "many" if not {"people", "vehicles"} & told.keys() and number is not None:
            return {"people": number}
        case "doing" if first in MENU:
            return {"activity": MENU[first]}
        case "vests" if "letters" not in told and set(said.words) & NOTHING:
            return {"letters": []}
    is_now = question == "when" and "minutes_ago" not in told and first in {"yes", "si", "s", "y"}
    return {"minutes_ago": 0} if is_now else {}


def crossing_key(where: str) -> str:
    """Return the same key for the same crossing, however it is written."""
    words = (ORDINAL.sub(r"\1", word) for word in hear(where).words)
    plain = {_digits(word) for word in words if word not in STREET_WORDS}
    return " ".join(sorted(plain))


def _digits(word: str) -> str:
    return ORDINALS.get(word, str(NUMBERS[word]) if word in NUMBERS else word)


def _has(line: str, phrases: tuple[str, ...]) -> bool:
    return any(f" {phrase} " in f" {line} " for phrase in phrases)


def _letters(line: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name, words in LETTERS if _has(line, (words,))))


def _activity(said: Heard, line: str) -> str | None:
    words = set(said.words)
    return next(
        (name for name, known, phrases in ACTIVITIES if words & known or _has(line, phrases)), None
    )


def _count(said: Heard, things: frozenset[str]) -> int | None:
    """Return the number before a word such as agents; only a few words may stand between."""
    for at, word in enumerate(said.words):
        if word not in things:
            continue
        for before in range(at - 1, max(-1, at - 1 - REACH), -1):
            number = _number(said.words[before])
            if number is not None:
                return number
            if said.words[before] not in BETWEEN_COUNT:
                break
    return None


def _number(word: str) -> int | None:
    if word.isdecimal() and len(word) < ZIP_DIGITS and int(word) <= MOST_SEEN:
        return int(word)
    return NUMBERS.get(word)


def _minutes(said: Heard, line: str) -> int | None:
    if found := AGO.search(line):
        amount = next(group for group in (found[1], found[3], found[5]) if group)
        unit = found[2] or found[4] or "min"
        number = {"half": 30, "media": 30}.get(amount, _number(amount) or 1)
        return number * (HOUR if unit.startswith(("h",)) else 1)
    earlier = next((minutes for words, minutes in EARLIER if _has(line, words)), None)
    return earlier if earlier is not None else (0 if set(said.words) & NOW else None)


def _firsthand(said: Heard, line: str) -> bool | None:
    if _has(line, HEARSAY):
        return False
    return True if set(said.words) & OWN_EYES else None


def _where(said: Heard) -> str | None:
    """Return the crossing or landmark in the sender's own words, without a house number."""
    places = [*_crossings(said.clean), *(found[1] for found in LANDMARK.finditer(said.clean))]
    return next((place for each in places if (place := _clean(each)) and _is_place(place)), None)


def _crossings(text: str) -> Iterator[str]:
    """Walk what stands on both sides of an "and": 14 y Willow, Central & The Plaza."""
    pieces = PIECE.findall(text)
    for at, piece in enumerate(pieces):
        if piece.casefold() not in JOINING:
            continue
        one, is_led = _side(pieces[:at][::-1])
        other, _ = _side(pieces[at + 1 :])
        sign = "y" if piece.casefold() in {"y", "con"} else "&"
        place = f"{' '.join(one[::-1])} {sign} {' '.join(other)}"
        if one and other and (is_led or piece in "&/" or _is_streetlike(place)):
            yield place


def _side(pieces: list[str]) -> tuple[list[str], bool]:
    """Return the words of one street, and whether a word such as "at" leads to it."""
    street: list[str] = []
    for piece in pieces[: REACH + 1]:
        word = " ".join(hear(piece).words)
        if word in LEADS:
            return street, True
        if not word or word in ENDS or len(street) > REACH - 1:
            break
        street.append(piece)
    return street, False


def _is_streetlike(place: str) -> bool:
    words = hear(place).words
    is_numbered = any(word.isdecimal() or ORDINAL.match(word) or word in ORDINALS for word in words)
    named = STREETS.intersection(words)
    return is_numbered or bool(named) or sum(piece[0].isupper() for piece in place.split()) > 1


def _is_place(place: str) -> bool:
    """Say whether words name a street or a thing to find, and nothing else that was seen."""
    words = [word for word in hear(place).words if word not in STREET_WORDS]
    is_other = set(words) & (ENDS | SEEING | WEEKDAYS)
    return bool(words) and not is_other and not all(word in NUMBERS for word in words)


def _clean(place: str) -> str:
    place = HOUSE.sub("", CUT.sub("", place).strip(" ,.;:!?-"))[:LONGEST_WHERE].strip(" ,.;:!?-")
    return place if place and is_crossing(place) is None else ""
