"""How two spellings of a place are told to be the same."""

import re
import unicodedata

_SPELLINGS = {"saint": "st", "sainte": "ste"}
_LEADING = {"ft": "fort", "mt": "mount"}


def words(text: str) -> list[str]:
    """Split a text into bare lower-case words: no accents, no punctuation."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    # D.C. is one word; St. Paul is two.
    bare = re.sub(r"['\u2019`]|(?<=\b\w)\.", "", bare.lower())
    return [_SPELLINGS.get(word, word) for word in re.findall(r"[a-z0-9]+", bare)]


def key(phrase: list[str]) -> str:
    """Return the spelling under which a place of these words is filed."""
    first, *rest = phrase
    return " ".join([_LEADING.get(first, first) if rest else first, *rest])


def filed(name: str) -> str:
    """Return the spelling under which a name is filed, or nothing for a name we cannot read."""
    phrase = words(name)
    return key(phrase) if phrase else ""
