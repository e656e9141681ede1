"""What people type, made comparable: no accents, no capitals, no stray marks."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

Tongue = Literal["en", "es"]

# A text of ten segments; nobody's meaning starts later, and reading stays quick.
LONGEST = 1600
TOKEN = re.compile(r"[^\W_]+(?:['\u2019\u02bc`][^\W_]+)*")
# JOIN28205 and 28205JOIN are two words each.
GLUED = re.compile(r"(?<=[^\W\d_])(?=\d{5}(?!\d))|(?<=(?<!\d)\d{5})(?=[^\W\d_])")
STRETCHED = re.compile(r"([a-z])\1{2,}")
SIGNATURE = re.compile(r"\b(?:sent from my|enviado desde mi|get outlook for) \w+$", re.IGNORECASE)
SIGNS = re.compile(r"['\u2019\u02bc`]")
SPOKEN = {
    **dict.fromkeys(("k", "q", "ke"), "que"),
    **dict.fromkeys(("kiero", "qiero", "quero"), "quiero"),
    **dict.fromkeys(("msj", "mjs", "mensage", "msn"), "mensaje"),
    **dict.fromkeys(("msjs", "msjes", "mensages"), "mensajes"),
    **dict.fromkeys(("msg", "messge", "mesage", "mssg"), "message"),
    **dict.fromkeys(("msgs", "mesages", "mssgs"), "messages"),
    **dict.fromkeys(("txt", "tex"), "text"),
    **dict.fromkeys(("txts", "texs"), "texts"),
    **dict.fromkeys(("txting", "texing"), "texting"),
    **dict.fromkeys(("pls", "plz", "pleas", "plis", "pliz", "plss"), "please"),
    **dict.fromkeys(("xfa", "xfavor", "porfa", "porfis", "porfavor", "pf"), "porfavor"),
    **dict.fromkeys(("dnt", "dontt", "donot", "dunt"), "dont"),
    "u": "you",
    "ur": "your",
}


@dataclass(frozen=True, slots=True)
class Heard:
    """A text as it was typed, cleaned, and its words made comparable."""

    clean: str
    spans: tuple[tuple[int, int], ...]
    words: tuple[str, ...]

    def between(self, first: int, end: int) -> str:
        """Return what was typed from one word up to another."""
        if first >= end:
            return ""
        return self.clean[self.spans[first][0] : self.spans[end - 1][1]]

    def after(self, openings: frozenset[str]) -> int:
        """Return where the first word stands that is none of these."""
        found = (at for at, word in enumerate(self.words) if word not in openings)
        return next(found, len(self.words))

    def inner(self, first: int, before: frozenset[str], after: frozenset[str]) -> str:
        """Return what was typed from a word on, without the words around it that say nothing."""
        end = len(self.words)
        while first < end and self.words[first] in before:
            first += 1
        while first < end and self.words[end - 1] in after:
            end -= 1
        return self.between(first, end)


def vocabulary(listed: str) -> frozenset[str]:
    """Return the words of a list that is written as a sentence, so that people can read it."""
    return frozenset(listed.split())


def spoken(*, both: str = "", en: str = "", es: str = "") -> dict[str, Tongue | None]:
    """Return the words of such lists, each with the one language it belongs to, if it does."""
    return (
        dict.fromkeys(both.split())
        | dict.fromkeys(en.split(), "en")
        | dict.fromkeys(es.split(), "es")
    )


def hear(text: str) -> Heard:
    """Split a text into words that can be compared."""
    clean = _clean(text[:LONGEST])
    found = list(TOKEN.finditer(clean))
    folded = (_fold(match.group()) for match in found)
    return Heard(
        clean=clean,
        spans=tuple(match.span() for match in found),
        words=tuple(SPOKEN.get(word, word) for word in folded),
    )


def is_slip(typed: str, meant: str) -> bool:
    """Say whether one slip of the thumb turns one word into the other.

    A slip is a letter missed, added, mistaken, or swapped with the next. In words of five
    letters and more it leaves the beginning or the end as it was.
    """
    if abs(len(typed) - len(meant)) > 1 or (typed[:2] != meant[:2] and typed[-2:] != meant[-2:]):
        return False
    pairs = enumerate(zip(typed, meant, strict=False))
    at = next((i for i, (a, b) in pairs if a != b), min(len(typed), len(meant)))
    one, other = typed[at:], meant[at:]
    swapped = one[1:2] + one[:1] + one[2:] == other
    return swapped or one[1:] == other[1:] or one == other[1:] or one[1:] == other


def _clean(text: str) -> str:
    shown = "".join(map(_visible, unicodedata.normalize("NFKC", text)))
    apart = GLUED.sub(" ", " ".join(shown.split()))
    return SIGNATURE.sub("", apart).strip()


def _visible(char: str) -> str:
    """Drop marks nobody sees, and write every script's digits as 0 to 9."""
    match unicodedata.category(char):
        case "Cf":
            return ""
        case "Cc":
            return " "
        case "Nd":
            return str(unicodedata.decimal(char))
        case _:
            return char


def _fold(word: str) -> str:
    letters = unicodedata.normalize("NFKD", SIGNS.sub("", word).casefold())
    return STRETCHED.sub(r"\1", "".join(c for c in letters if not unicodedata.combining(c)))
