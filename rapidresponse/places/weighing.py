"""How likely each reading of some words is: by size, by the state named, by what is near."""

from rapidresponse.places.candidates import Candidate, Findings, Span
from rapidresponse.places.facts import County, Place, Town
from rapidresponse.places.geometry import miles_between

# A state right after a name decides; one elsewhere in the text only leans.
STATED, NOT_STATED = 1e4, 1e-3
MENTIONED, NOT_MENTIONED = 100.0, 0.1
HOME_STATE = 8.0
NEIGHBOURHOOD = ((40.0, 25.0), (90.0, 8.0))
SUPPORTED = 300.0
TOGETHER = 45.0
AN_HOUR = 60.0


def weigh(findings: Findings, home: Place | None) -> None:
    """Give every candidate its weight; a span's weights add up to one."""
    mentioned = {code for _, _, code in findings.states}
    for span in findings.spans:
        weights = [_weight(each, span, mentioned, home) for each in span.candidates]
        span.weights = _shares(weights)
    best = {id(span): favourite(span) for span in findings.spans}
    for span in findings.spans:
        others = [best[id(other)] for other in findings.spans if other is not span]
        span.weights = _shares(
            [
                weight * (SUPPORTED if any(near_each_other(each, other) for other in others) else 1)
                for each, weight in zip(span.candidates, span.weights, strict=True)
            ]
        )


def favourite(span: Span) -> Candidate:
    """Return the likeliest place of a span."""
    return span.candidates[span.weights.index(max(span.weights))]


def ranked(span: Span) -> list[Candidate]:
    """Return a span's places, the likeliest first."""
    pairs = sorted(zip(span.weights, range(len(span.candidates)), strict=True), reverse=True)
    return [span.candidates[at] for _, at in pairs]


def near_each_other(one: Candidate, other: Candidate) -> bool:
    """Say whether two places are in one state and close together."""
    return one.state == other.state and _miles(one, other.source) < TOGETHER


def is_near(candidate: Candidate, place: Place | None) -> bool:
    """Say whether a candidate is about an hour or less from a place."""
    return place is not None and _miles(candidate, place) < AN_HOUR


def home_factor(each: Candidate, home: Place | None) -> float:
    """Return how much the sender's own area speaks for a place."""
    if home is None:
        return 1.0
    factor = HOME_STATE if each.state == home.state else 1.0
    away = _miles(each, home)
    return factor * next((more for reach, more in NEIGHBOURHOOD if away < reach), 1.0)


def _weight(each: Candidate, span: Span, mentioned: set[str], home: Place | None) -> float:
    """Weigh one place: its people, times what speaks for it."""
    weight = float(each.people)
    if span.stated:
        weight *= STATED if each.state == span.stated else NOT_STATED
    elif mentioned:
        weight *= MENTIONED if each.state in mentioned else NOT_MENTIONED
    return weight * home_factor(each, home)


def _miles(each: Candidate, other: Place | County | Town) -> float:
    """Return the miles between the middles of two places."""
    middle = (other.latitude, other.longitude)
    return miles_between(each.source.latitude, each.source.longitude, middle)


def _shares(weights: list[float]) -> list[float]:
    """Scale weights so that they add up to one."""
    total = sum(weights)
    return [weight / total for weight in weights]
