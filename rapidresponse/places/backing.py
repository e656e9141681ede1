"""Whether the rest of a text backs up that some words are a place."""

from rapidresponse.places.candidates import AND, SHORT, Findings, Span
from rapidresponse.places.facts import Place
from rapidresponse.places.reading import STREETS, Reading
from rapidresponse.places.stopwords import COMMON, FILLER, LOCATING
from rapidresponse.places.weighing import is_near, near_each_other

# A lone word for a smaller place than this needs something to back it up.
WELL_KNOWN = 50_000
A_TOWN = 10_000
ARTICLES = frozenset({"el", "la", "los", "las", "the"})


def is_backed(span: Span, reading: Reading, findings: Findings, home: Place | None) -> bool:
    """Say whether a span may be kept: everyday words and small towns need a reason."""
    if span.stated:
        return _is_stated(span)
    if findings.whole:
        return True
    words = reading.bare[span.start : span.end]
    if COMMON.issuperset(words) and not (span.length == 1 and words[0] in SHORT):
        return _is_plainly_a_name(span, reading)
    if span.length > 1 or _people(span) >= WELL_KNOWN or _is_mentioned(span, findings):
        return True
    nearby = _is_at_home(span, home) or _is_supported(span, findings)
    return nearby or (len(findings.spans) == 1 and _is_pointed_at(span, reading))


def is_firm(span: Span, reading: Reading, findings: Findings, home: Place | None) -> bool:
    """Say whether a span is surely used as a place, and not as a street, a name or a word."""
    if findings.whole or span.stated:
        return True
    if span.length == 1 and not AND.isdisjoint(_beside(span, reading)):
        return False  # Houston y Broadway is a crossing.
    if _is_at_home(span, home) or _is_supported(span, findings):
        return True
    if span.length > 1:
        return not COMMON.issuperset(reading.bare[span.start : span.end])
    return _people(span) >= WELL_KNOWN and _stands_like_a_place(span, reading)


def is_all(reading: Reading, findings: Findings) -> bool:
    """Say whether a text is the name of a place, perhaps with its state, and no more."""
    named = any(
        not COMMON.issuperset(reading.bare[span.start : span.end]) for span in findings.spans
    )
    return findings.whole and named


def _beside(span: Span, reading: Reading) -> list[str]:
    """Return the words right before and right after a span."""
    return reading.bare[max(0, span.start - 1) : span.start] + reading.bare[span.end : span.end + 1]


def _stands_like_a_place(span: Span, reading: Reading) -> bool:
    """Say whether a span comes after a comma, a street or a word such as "in"."""
    if "," in reading.words[span.start].gap:
        return True
    return span.start > 0 and reading.bare[span.start - 1] in LOCATING | STREETS


def _is_pointed_at(span: Span, reading: Reading) -> bool:
    """Say whether a lone word is written like a town's name: in capitals, after "in".

    A capital on the next word too makes it the name of something else: Garfield Elementary.
    """
    capitals = [word.written[:1].isupper() for word in reading.words[span.start : span.end + 1]]
    alone = capitals in ([True], [True, False]) and AND.isdisjoint(_beside(span, reading))
    located = alone and not reading.shouted and _stands_like_a_place(span, reading)
    return located and _people(span) >= A_TOWN


def is_apt(span: Span, reading: Reading, findings: Findings) -> bool:
    """Say whether a span may be the finer of two places, and is not a street named after one.

    A lone word for a small town must touch the other name: Corona Queens, Corona en Queens.
    """
    if span.length > 1 or span.stated or _people(span) >= WELL_KNOWN:
        return True
    return any(_touches(span, other, reading) for other in findings.spans if other is not span)


def _touches(one: Span, other: Span, reading: Reading) -> bool:
    """Say whether at most one word of filling stands between two spans."""
    first, second = sorted((one, other), key=lambda span: span.start)
    between = reading.bare[first.end : second.start]
    return len(between) <= 1 and FILLER.issuperset(between)


def _is_plainly_a_name(span: Span, reading: Reading) -> bool:
    """Say whether several everyday words are the name of a well-known place: San Jose."""
    if span.length == 1 or _people(span) < WELL_KNOWN:
        return False
    first, second = reading.words[span.start], reading.words[span.start + 1]
    written = second.written[:1].isupper() and not reading.shouted
    return first.bare not in ARTICLES or written


def _people(span: Span) -> int:
    """Return the people of the largest place a span may mean."""
    return max(each.people for each in span.candidates)


def _is_stated(span: Span) -> bool:
    """Say whether the state named right after a span has a place of that name."""
    return any(each.state == span.stated for each in span.candidates)


def _is_mentioned(span: Span, findings: Findings) -> bool:
    """Say whether a state named anywhere has a place of that name."""
    mentioned = {code for _, _, code in findings.states}
    return any(each.state in mentioned for each in span.candidates)


def _is_at_home(span: Span, home: Place | None) -> bool:
    """Say whether a place of that name is near the sender's own area."""
    return any(is_near(each, home) for each in span.candidates)


def _is_supported(span: Span, findings: Findings) -> bool:
    """Say whether the text also names a well-known place close by."""
    return any(
        near_each_other(each, other)
        for another in findings.spans
        if another is not span and _people(another) >= WELL_KNOWN
        for other in another.candidates
        for each in span.candidates
    )
