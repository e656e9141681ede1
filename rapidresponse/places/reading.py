"""What stands in a text: its words, its ZIP codes and the states it names."""

import re
from dataclasses import dataclass
from itertools import takewhile

from rapidresponse.places.names import words
from rapidresponse.places.states import BY_CODE, STATES

# A longer text is a story; the place is in its first hundred words or nowhere.
MOST_WORDS = 100
LONGEST_STATE = 4

# After these, or before them, five digits are a house number or a sum and not a ZIP.
STREETS = frozenset(
    words(
        "st ave av rd blvd street road dr ln hwy avenue drive lane pkwy parkway highway boulevard"
    )
)
CALLES = frozenset(words("calle avenida carretera camino paseo"))
SMALL_STREETS = frozenset(words("court ct place pl circle cir way terrace ter trail"))
COUNTED = frozenset(
    words("people personas person dollars dolares miles millas agents agentes pesos feet pies")
)
NUMBERED = frozenset(
    words(
        "calle avenida numero num number apt apartamento unit unidad room cuarto badge placa placas"
        " plate plates case caso suite box ext bus ruta route km"
    )
)
# These begin another thought: 28208 on Main Street is a ZIP, 28208 Main Street is a house.
LINKS = frozenset(words("on at in near by and por en cerca y de con esquina"))
# Two-letter codes that are everyday words in English or Spanish.
EVERYDAY = frozenset(words("in me hi ok la de pa co al id ma oh as mi va no or ne mo ct vi ms ar"))

NAMED_STATES = {
    " ".join(words(name)): state.code for state in STATES for name in (state.name, *state.also)
}


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it is compared, as it was written, and what stands before it."""

    bare: str
    written: str
    gap: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A text taken apart. `codes` are five digits that read as ZIPs, in order, once each."""

    words: tuple[Word, ...]
    codes: tuple[str, ...]
    shouted: bool

    @property
    def bare(self) -> list[str]:
        """The words as they are compared."""
        return [word.bare for word in self.words]


def read(text: str) -> Reading:
    """Take a text apart."""
    found = _words(text)[:MOST_WORDS]
    codes = [word.bare for at, word in enumerate(found) if _reads_as_zip(found, at)]
    return Reading(tuple(found), tuple(dict.fromkeys(codes)), shouted=text.isupper())


def state_at(reading: Reading, at: int, *, after_place: bool) -> str | None:
    """Return the state whose two letters stand at a word.

    A code that is also a word counts only where nothing else makes sense: right after a
    place, and in capitals among small letters or at the end.
    """
    word = reading.words[at]
    code = word.bare.upper()
    if code not in BY_CODE:
        return None
    if word.bare not in EVERYDAY:
        return code
    last = at == len(reading.words) - 1 or reading.words[at + 1].bare in reading.codes
    capital = word.written.isupper() and not reading.shouted
    return code if after_place and (last or capital) else None


def _words(text: str) -> list[Word]:
    """Split a text into words, remembering how each was written."""
    found = []
    end = 0
    for part in re.finditer(r"#?\$?[^\W_]+(?:['\u2019`.][^\W_]+)*\.?", text):
        gap = text[end : part.start()]
        for bare in words(part.group()):
            found.append(Word(bare, part.group().rstrip("."), gap))
            gap = " "
        end = part.end()
    return found


def _reads_as_zip(found: list[Word], at: int) -> bool:
    """Say whether a word is five digits that stand for a ZIP."""
    word = found[at]
    if len(word.bare) != 5 or not word.written.isdigit():  # noqa: PLR2004 - a ZIP is five digits
        return False
    if word.gap == "-":
        return False
    after = [later.bare for later in found[at + 1 : at + 4]]
    after = list(takewhile(lambda bare: bare not in LINKS, after))
    before = {earlier.bare for earlier in found[max(0, at - 2) : at]}
    number = not (STREETS | CALLES | SMALL_STREETS).isdisjoint(after) or not NUMBERED.isdisjoint(
        before
    )
    return not number and (not after or after[0] not in COUNTED)
