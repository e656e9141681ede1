"""The language of a text: by its script, by words that give it away, else by its letters."""

import unicodedata
from functools import cache

from rapidresponse.rules.bayes import Bayes
from rapidresponse.rules.examples import tongues
from rapidresponse.rules.normalise import Tongue, hear, vocabulary

LONG_ENOUGH = 3  # words; one or two change nothing that is stored
SURE = 0.8
FAMILIAR = 0.55  # share of letter runs that English or Spanish examples have
CUES: dict[Tongue, frozenset[str]] = {
    "en": vocabulary(
        "the is are there they them this that what where when who how why you your my we our i im "
        "at on of and to from with not dont do does did was were have has see saw seeing please "
        "help need want can could should right now outside here street car cars door house police "
        "officers agents guys taking took someone people come came going just about yes stop "
        "join take off list"
    ),
    "es": vocabulary(
        "el la los las un una unos unas de del en y que es esta estan hay no se lo le les mi mis "
        "su sus por para con como cuando donde quien porque si ya ahi aqui muy mas yo me te nos "
        "migra carro carros camioneta camionetas calle esquina casa puerta puertas trabajo ayuda "
        "quiero necesito puedo tengo vi veo vino vinieron llevaron agarraron hermano esposo hijo "
        "ahorita ahora hola gracias favor unirse alto derechos agentes hace soy estoy fueron"
    ),
}
BOTH_WAYS = CUES["en"] & CUES["es"] | {"no", "a", "me", "se", "ya"}


def of(text: str) -> Tongue | None:
    """Return the language of a text, or None when it does not tell."""
    if not _is_latin(text):
        return None
    words = hear(text).words
    votes = {each: sum(word in cues - BOTH_WAYS for word in words) for each, cues in CUES.items()}
    if votes["en"] != votes["es"] and max(votes.values()) * 4 >= len(words):
        return "en" if votes["en"] > votes["es"] else "es"
    line = " ".join(word for word in words if not word.isdigit())
    if not line or _learnt().knows(line) < FAMILIAR:
        return None
    english = _learnt().chance("en", line)
    return "en" if english >= SURE else "es" if english <= 1 - SURE else None


def is_long_enough(text: str) -> bool:
    """Say whether a text is long enough to show in which language a person writes."""
    return len(hear(text).words) >= LONG_ENOUGH


def _is_latin(text: str) -> bool:
    letters = [char for char in text if char.isalpha()]
    return bool(letters) and all("LATIN" in unicodedata.name(char, "") for char in letters)


@cache
def _learnt() -> Bayes:
    return Bayes(tongues())
