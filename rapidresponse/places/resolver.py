"""Find the place that a text means, and say how sure we are."""

import itertools
from collections.abc import Iterable
from dataclasses import dataclass, replace

from rapidresponse.places import backing, labels
from rapidresponse.places.candidates import AND, Candidate, Findings, Span, find
from rapidresponse.places.facts import County, Place
from rapidresponse.places.gazetteer import Gazetteer
from rapidresponse.places.guesses import guesses
from rapidresponse.places.reading import Reading, read
from rapidresponse.places.region import Region, of_county, of_town, of_zip
from rapidresponse.places.states import BY_CODE
from rapidresponse.places.weighing import favourite, is_near, near_each_other, ranked, weigh

SURE, LIKELY, WORTH_A_CHOICE = 0.93, 0.75, 0.01
MOST_CHOICES = 4


@dataclass(frozen=True, slots=True)
class Match:
    """What a text resolves to.

    accept: use the region and echo its label; confirm: ask yes or no; ask: offer the choices,
    or ask for a ZIP; state: only a state was named; none: no place.
    """

    decision: str
    region: Region | None = None
    label: str = ""
    choices: tuple[str, ...] = ()
    is_all: bool = False  # the text names a place and says nothing else


def resolve(text: str, gazetteer: Gazetteer, near: str | None = None) -> Match:
    """Return the place that a text means; `near` is a ZIP of the sender's own.

    A guess at a misspelt name is only ever a question. For a report this may fill in a form,
    and it never decides by itself who is texted.
    """
    reading = read(text)
    home = gazetteer.find(near) if near else None
    findings = find(reading, gazetteer)
    findings.spans = [s for s in findings.spans if backing.is_backed(s, reading, findings, home)]
    weigh(findings, home)
    match = _match(reading, findings, home, gazetteer)
    return replace(match, is_all=backing.is_all(reading, findings))


def _match(reading: Reading, findings: Findings, home: Place | None, gazetteer: Gazetteer) -> Match:
    """Decide by ZIP, else by name, else by a likely spelling, else by state."""
    places = [place for code in reading.codes if (place := gazetteer.find(code))]
    if places:
        return _by_zip(places, findings, gazetteer)
    if findings.spans:
        match = _by_name(reading, findings, home, gazetteer)
        return _doubted(match) if reading.codes else match
    return _by_guess(reading, findings, home, gazetteer) or _by_state(findings)


def _by_zip(places: list[Place], findings: Findings, gazetteer: Gazetteer) -> Match:
    """Accept the one ZIP, unless the text names another place too."""
    here = places[0]
    others = [labels.of_zip(place) for place in places[1:]]
    others += [BY_CODE[code].name for _, _, code in findings.states if code != here.state]
    others += [
        favourite(span).label
        for span in findings.spans
        if not any(is_near(each, here) for each in span.candidates)
    ]
    if others:
        return _ask([labels.of_zip(here), *others])
    region = of_zip(here, gazetteer)
    return Match("accept", region, region.label)


def _by_name(
    reading: Reading, findings: Findings, home: Place | None, gazetteer: Gazetteer
) -> Match:
    """Choose the place by name that the text most likely means."""
    best = [(span, favourite(span)) for span in findings.spans]
    supported = [
        (span, top)
        for span, top in best
        if any(near_each_other(top, other) for _, other in best if other is not top)
    ]
    if len(best) > 1 and (not supported or _are_listed(reading, findings.spans)):
        return _ask(top.label for _, top in best)
    # Of two places that belong together, the finer one is meant.
    apt = [pair for pair in supported if backing.is_apt(pair[0], reading, findings)]
    span, top = min(apt or best, key=lambda pair: pair[1].people)
    chance = max(span.weights)
    if chance < LIKELY:
        return _ask(_worthwhile(span))
    match = Match("accept", _region(top, gazetteer), top.label)
    sure = chance >= SURE and backing.is_firm(span, reading, findings, home)
    return match if sure else _doubted(match)


def _by_guess(
    reading: Reading, findings: Findings, home: Place | None, gazetteer: Gazetteer
) -> Match | None:
    """Ask whether the likeliest correct spelling is the one that was meant."""
    found = guesses(reading, findings, home, gazetteer)
    if not found:
        return None
    region = _region(found[0], gazetteer)
    choices = tuple(each.label for each in found[:MOST_CHOICES])
    return Match("confirm", region, found[0].label, choices)


def _by_state(findings: Findings) -> Match:
    """Say that only a state was named, or nothing."""
    codes = list(dict.fromkeys(code for _, _, code in findings.states))
    if not codes:
        return Match("none")
    return Match("state", label=BY_CODE[codes[0]].name)


def _region(candidate: Candidate, gazetteer: Gazetteer) -> Region:
    """Return a candidate's region."""
    if isinstance(candidate.source, County):
        return of_county(candidate.source.fips, gazetteer)
    return of_town(candidate.source, gazetteer)


def _are_listed(reading: Reading, spans: Iterable[Span]) -> bool:
    """Say whether places stand side by side as equals: Compton y Long Beach."""
    ordered = sorted(spans, key=lambda span: span.start)
    return any(
        other.start == one.end + 1 and reading.bare[one.end] in AND
        for one, other in itertools.pairwise(ordered)
    )


def _worthwhile(span: Span) -> list[str]:
    """Return the labels of the places that a span may well mean, the likeliest first."""
    least = WORTH_A_CHOICE * max(span.weights)
    likely = [weight for weight in span.weights if weight >= least]
    return [each.label for each in ranked(span)[: len(likely)]]


def _ask(choices: Iterable[str]) -> Match:
    """Offer some choices."""
    return Match("ask", choices=tuple(dict.fromkeys(choices))[:MOST_CHOICES])


def _doubted(match: Match) -> Match:
    """Turn an acceptance into a question."""
    if match.decision != "accept":
        return match
    return replace(match, decision="confirm", choices=(match.label,))
