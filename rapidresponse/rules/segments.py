"""How many billed parts a text costs, and how to spell it so that it costs fewer."""

import unicodedata
from dataclasses import dataclass
from typing import Literal

# The default alphabet of GSM 03.38, and the characters that need an escape and so cost two.
BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENSION = frozenset("\f^{}\\[~]|€")
GSM = BASIC | EXTENSION

# What Unicode's own decomposition does not turn into plain letters and signs.
EQUIVALENTS = {
    **dict.fromkeys("‘’‚‛′`´ʼ", "'"),  # noqa: RUF001 - the look-alikes are the point
    **dict.fromkeys("“”„‟″«»", '"'),
    **dict.fromkeys("‐‑‒–—―−•‣◦●▪·", "-"),  # noqa: RUF001 - the look-alikes are the point
    **dict(zip("đĐłŁı", "dDlLi", strict=True)),
    "\N{FRACTION SLASH}": "/",
    "Œ": "OE",
    "œ": "oe",
    "\t": " ",
    "\f": " ",
}
LATIN_MARKS = range(0x300, 0x370)
UNSEEN = frozenset({"Cc", "Cf"})
SPACES = frozenset({"Zs", "Zl", "Zp"})


@dataclass(frozen=True, slots=True)
class Segments:
    """What a text costs: its encoding, its length in that encoding, its parts."""

    encoding: Literal["GSM-7", "UCS-2"]
    units: int
    count: int


def measure(text: str) -> Segments:
    """Count the parts of a text exactly as carriers bill them."""
    if set(text) <= GSM:
        costs = [2 if char in EXTENSION else 1 for char in text]
        return Segments("GSM-7", sum(costs), _parts(costs, alone=160, joined=153))
    costs = [2 if ord(char) > 0xFFFF else 1 for char in text]  # noqa: PLR2004 - end of the BMP
    return Segments("UCS-2", sum(costs), _parts(costs, alone=70, joined=67))


def plain(text: str) -> str:
    """Spell a text with the cheap alphabet where no meaning is lost.

    Accents go only where the alphabet lacks the letter: "está" becomes "esta",
    "niño" and "¿qué?" stay. Scripts that have no cheap spelling stay as they are.
    """
    return "".join(map(_cheaper, unicodedata.normalize("NFC", text)))


def _parts(costs: list[int], *, alone: int, joined: int) -> int:
    if sum(costs) <= alone:
        return 1
    count, used = 1, 0
    for cost in costs:
        # A character that costs two is never torn apart: it moves to the next part.
        if used + cost > joined:
            count, used = count + 1, 0
        used += cost
    return count


def _cheaper(char: str) -> str:
    if char in EQUIVALENTS:
        return EQUIVALENTS[char]
    if char in GSM:
        return char
    if (kind := unicodedata.category(char)) in UNSEEN:
        return ""
    if kind in SPACES:
        return " "
    bare = "".join(c for c in unicodedata.normalize("NFKD", char) if ord(c) not in LATIN_MARKS)
    spelled = "".join(EQUIVALENTS.get(c, c) for c in bare)
    return spelled if set(spelled) <= GSM else char
