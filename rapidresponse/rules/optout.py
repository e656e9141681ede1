"""Whether a text asks us to stop: any reasonable wording counts, in English and in Spanish.

Two mistakes are possible. Texting a person who asked us not to is unlawful; silencing a person
who tells us what they see is dangerous. So words that belong to an incident ("bus stop", "they
stopped my car") hold a phrase back, unless it speaks of the texts themselves.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from rapidresponse.rules import tongue
from rapidresponse.rules.bayes import Bayes
from rapidresponse.rules.examples import leaving
from rapidresponse.rules.normalise import Heard, Tongue, is_slip, spoken, vocabulary
from rapidresponse.rules.phrases import ASKING, KEEPING, NAMED, PLAIN, SHORT, TOPIC_STEMS, TOPICS


@dataclass(frozen=True, slots=True)
class Stop:
    """Never text me again."""

    language: Tongue | None = None


@dataclass(frozen=True, slots=True)
class Unsure:
    """Perhaps a wish to stop: nothing is sent until we have asked."""

    language: Tongue | None = None


# Whole messages. STOP belongs to every language. ALTO and ALTA differ by one letter, so a slip
# in a short word is only understood when it is listed here.
WORDS = spoken(
    both="stop stopall arret stp sotp stpo tsop stopp stoop stio stap stahp ztop",
    en="unsubscribe unsub cancel end quit revoke optout remove discontinue",
    es="alto baja vaja salir salirme cancelar cancela cancele cancelen cancelo parar pare "
    "paren detener terminar eliminar desuscribir desuscribirme desinscribir anular",
)
POLITE = spoken(
    both="ok okay hey hi all me yes si",
    en="please thanks thank thx ty you now it this hello sir maam sorry i said just right away "
    "immediately asap everything already",
    es="por favor porfavor gracias ya hola todo todos todas ahora esto inmediatamente mismo mejor",
)
WISHES = spoken(
    en="id like would want to wanna need how do can could we my am",
    es="quiero deseo quisiera gustaria necesito como puedo se",
)
# "Puedo salir" asks whether the street is calm.
WISHED = frozenset(WORDS) - vocabulary("end salir parar pare paren alto baja vaja remove")
CLITIC = re.compile(r"(?:quit|borr|elimin|cancel|retir|desuscri[vb]|desinscri[vb])\w*(?:me|nos)")
GUESSED = tuple(word for word in WORDS if len(word) > 5)  # noqa: PLR2004 - longer than PARAR
NAMES = tuple(
    spoken(
        both="messages message alerts mensajes mensaje alertas avisos suscripcion subscription "
        "receive sending texting notifications interested anymore numero equivocado"
    )
)
REAL = vocabulary("cancer cancels terminal termina terminara removed removes revoked avisas")
MOST_POLITE = 8
APART = re.compile(r"(?:^|[.,;!?] *)(stop|unsubscribe|cancel|quit|cancelar)(?= *[.,;!?]|$)")
LIKELY = 0.9
FAMILIAR = 0.6  # share of its letters that the examples have; a town is like none
LONGEST_WISH = 25  # words; longer texts tell of something
DOUBTS: dict[str, Tongue | None] = {
    **dict.fromkeys(("enough", "thats enough", "no more", "leave me alone"), "en"),
    **dict.fromkeys(
        ("basta", "ya basta", "ya no", "no mas", "ya no mas", "ya estuvo", "suficiente"), "es"
    ),
    **dict.fromkeys(("dejenme en paz", "dejeme en paz", "dejame en paz"), "es"),
}
DOUBT_FILLERS = vocabulary("please por favor porfavor thanks gracias ok")
OTHERS = vocabulary("they them he him she her someone somebody people gente")


def find(said: Heard) -> Stop | None:
    """Return the wish to stop, if a text holds one."""
    words = said.words
    if len(words) > 2 and all(len(word) == 1 for word in words):  # noqa: PLR2004 - S T O P
        words = ("".join(words),)
    return _word(words) or _phrase(words) or _apart(said)


@cache
def _learnt() -> Bayes:
    return Bayes(leaving())


def find_doubt(said: Heard) -> Unsure | None:
    """Return a doubt about a whole message that could mean one thing or another: BASTA."""
    line = " ".join(word for word in said.words if word not in DOUBT_FILLERS)
    return Unsure(DOUBTS[line]) if line in DOUBTS else None


def guess(said: Heard) -> Unsure | None:
    """Return a doubt about a text that is like those of people who leave, and of no incident."""
    words = said.words
    if not 1 < len(words) <= LONGEST_WISH or any(map(_is_topic, words)):
        return None
    line = " ".join(words)
    like = _learnt()
    likely = not KEEPING.search(line) and like.knows(line) >= FAMILIAR
    likely = likely and like.chance("leave", line) >= LIKELY
    return Unsure(tongue.of(said.clean)) if likely else None


def _word(words: tuple[str, ...]) -> Stop | None:
    """Understand a message that is nothing but a word to stop, however politely put."""
    if len(words) > MOST_POLITE:
        return None
    core = [_meant(word) for word in words if word not in POLITE and not word.isdigit()]
    stops = [word for word in core if word not in WISHES]
    allowed = WORDS if len(stops) == len(core) else WISHED
    if not stops or not all(word in allowed for word in stops):
        return None
    return Stop(_language([*stops, *words]))


def _phrase(words: tuple[str, ...]) -> Stop | None:
    """Understand a sentence."""
    said = NAMED.sub(r"\1\2", " ".join(map(_heard, words)))
    said = ASKING.sub("asked", KEEPING.sub("keep", said))
    return _first(PLAIN, said) or (None if "T" in said else _first(SHORT, said))


def _apart(said: Heard) -> Stop | None:
    """Understand "Stop. I do not know who you are", but not "Stop! They are hitting him"."""
    word = APART.search(said.clean.casefold())
    if word is None or any(other in OTHERS or _is_topic(other) for other in said.words):
        return None
    return Stop(WORDS[word.group(1)])


def _first(phrases: Mapping[Tongue, re.Pattern[str]], said: str) -> Stop | None:
    return next(
        (Stop(spoken_in) for spoken_in, any_of in phrases.items() if any_of.search(said)), None
    )


def _meant(word: str) -> str:
    if word in WORDS or word in WISHES or word in REAL:
        return word
    if CLITIC.fullmatch(word):
        return "eliminar"
    return next((known for known in GUESSED if is_slip(word, known)), word)


def _heard(word: str) -> str:
    """Write a topic as T, and the name of what we send as it should be."""
    if _is_topic(word):
        return "T"
    if len(word) < 6 or word in REAL or word in NAMES:  # noqa: PLR2004 - short words are too alike
        return word
    return next((known for known in NAMES if is_slip(word, known)), word)


def _is_topic(word: str) -> bool:
    return word in TOPICS or word.startswith(TOPIC_STEMS)


def _language(words: Iterable[str]) -> Tongue | None:
    known = WORDS | POLITE
    return next((spoken_in for word in words if (spoken_in := known.get(word))), None)
