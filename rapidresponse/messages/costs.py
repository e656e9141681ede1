"""What every message costs at its longest, and whether it may be sent."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from rapidresponse.errors import Misconfigured
from rapidresponse.messages.words import (
    BOTH,
    CODED,
    LANGUAGES,
    READING,
    blanks,
    codes,
    is_signed_off,
    keys,
    say,
    word,
)
from rapidresponse.rules.segments import measure, plain

# A longer name pushes alerts over one segment.
NAME_LIMIT = 12
# The longest a text may be: one segment a language, and two for a card asked for by RIGHTS.
MOST_SEGMENTS, MOST_CARD_SEGMENTS = 1, 2
SHORT_CARDS = frozenset({"rights.menu"})


@dataclass(frozen=True, slots=True)
class Line:
    """One message in one language, at its longest."""

    key: str
    language: str
    encoding: str
    units: int
    segments: int
    limit: int
    blanks: tuple[str, ...]
    is_signed_off: bool

    @property
    def fits(self) -> bool:
        """Say whether it stays within its limit, in letters that cost one unit."""
        return self.segments <= self.limit and self.encoding == "GSM-7"


def check() -> list[Line]:
    """Measure every message in every language."""
    return [_line(key, language) for key in keys() for language in READING]


def render_check(lines: Iterable[Line]) -> str:
    """Write the measurements as a table."""
    lines = list(lines)
    shown = [_row(line) for line in lines]
    over, unsigned = sum(not line.fits for line in lines), sum(not s.is_signed_off for s in lines)
    head = f"{'message':<22}{'in':<6}{'spelled':<9}{'units':>5}{'parts':>7}  {'blanks':<38}"
    foot = f"{len(lines)} texts, {over} over their limit, {unsigned} not reviewed."
    return "\n".join([head, *shown, foot])


def check_name(name: str) -> None:
    """Raise unless a network's name leaves room for an alert."""
    if not 0 < len(plain(name).strip()) <= NAME_LIMIT:
        raise Misconfigured(
            f"NETWORK_NAME must have 1 to {NAME_LIMIT} characters, so that an alert fits one text."
        )


@cache
def longest(language: str) -> dict[str, str]:
    """Return the longest filling of every blank."""
    spoken = LANGUAGES if language == BOTH else (language,)
    filling = tomllib.loads(files(__package__).joinpath("blanks.toml").read_text("utf-8"))
    for name in CODED:
        filling[name] = max(codes(name), key=lambda code: _length(name, code, spoken))
    return filling


def _length(name: str, code: str, spoken: Iterable[str]) -> int:
    return sum(len(word(name, code, language)) for language in spoken)


def _line(key: str, language: str) -> Line:
    cost = measure(say(key, language, **longest(language)))
    is_card = key.startswith("rights.") and key not in SHORT_CARDS
    each = MOST_CARD_SEGMENTS if is_card else MOST_SEGMENTS
    return Line(
        key=key,
        language=language,
        encoding=cost.encoding,
        units=cost.units,
        segments=cost.count,
        limit=each * (len(LANGUAGES) if language == BOTH else 1),
        blanks=tuple(sorted(blanks(key))),
        is_signed_off=is_signed_off(language),
    )


def _row(line: Line) -> str:
    parts = f"{line.segments}/{line.limit}"
    remarks = [
        *([] if line.fits else ["OVER"]),
        *([] if line.is_signed_off else ["not reviewed"]),
    ]
    return (
        f"{line.key:<22}{line.language:<6}{line.encoding:<9}{line.units:>5}{parts:>7}  "
        f"{' '.join(line.blanks):<38}{', '.join(remarks)}"
    ).rstrip()
