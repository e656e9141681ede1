"""The names that a misspelt one may have meant."""

from collections.abc import Iterable
from dataclasses import dataclass

SHORTEST = 5
LONG = 8
_SOUNDS = (
    (" ", ""),
    ("ph", "f"),
    ("gh", "g"),
    ("ch", "x"),
    ("sh", "x"),
    ("h", ""),
    ("ck", "c"),
    ("qu", "c"),
    ("k", "c"),
    ("z", "s"),
    ("ce", "se"),
    ("ci", "si"),
    ("v", "b"),
    ("w", "u"),
    ("y", "i"),
    ("ee", "i"),
    ("oo", "u"),
    ("ou", "u"),
)


@dataclass(frozen=True, slots=True)
class Spelling:
    """A name with what is needed to compare it: its letters run together, and its sound."""

    name: str
    bare: str
    heard: str
    letters: int
    heard_letters: int


def spelling(name: str) -> Spelling:
    """Make a name ready to be compared."""
    bare, heard = name.replace(" ", ""), sound(name)
    return Spelling(name, bare, heard, _letters(bare), _letters(heard))


def close_names(phrase: str, names: Iterable[Spelling]) -> list[tuple[str, int]]:
    """Return the names within a slip or two of a phrase, each with the number of slips.

    A name that sounds the same in Spanish or English is as close as one with a single slip.
    """
    asked = spelling(phrase)
    if len(asked.bare) < SHORTEST:
        return []
    most = 1 if len(asked.bare) < LONG else 2
    slips = ((name.name, _slips(asked, name, most)) for name in names)
    return [(name, count) for name, count in slips if count is not None]


def sound(phrase: str) -> str:
    """Return roughly how a name sounds, without the letters that are silent or doubled."""
    for letters, heard in _SOUNDS:
        phrase = phrase.replace(letters, heard)
    return "".join(c for at, c in enumerate(phrase) if c != phrase[at - 1 : at])


def _slips(asked: Spelling, name: Spelling, most: int) -> int | None:
    """Count the slips between two names if they are few; most pairs are told apart at once."""
    if abs(len(asked.bare) - len(name.bare)) > most + 1:
        return None
    if (asked.letters ^ name.letters).bit_count() <= 2 * most:
        slips = slips_between(asked.bare, name.bare)
        if slips <= most:
            return slips
    if (asked.heard_letters ^ name.heard_letters).bit_count() <= 2:  # noqa: PLR2004 - one slip
        return most if slips_between(asked.heard, name.heard) <= 1 else None
    return None


def slips_between(a: str, b: str) -> int:
    """Count the letters to add, drop, change or swap to make one word of another."""
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, letter in enumerate(a, 1):
        before, above, row = row, before, [i]
        for j, other in enumerate(b, 1):
            cost = min(before[j] + 1, row[-1] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == b[j - 2] and a[i - 2] == other:
                cost = min(cost, above[j - 2] + 1)
            row.append(cost)
    return row[-1]


def _letters(word: str) -> int:
    """Return which letters a word has, as bits."""
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) & 31)
    return bits
