"""What a misspelt name may have meant."""

from collections.abc import Iterable
from functools import lru_cache

from rapidresponse.places.candidates import Candidate, Findings, of_town
from rapidresponse.places.facts import Place
from rapidresponse.places.gazetteer import Gazetteer
from rapidresponse.places.misspelt import Spelling, close_names, spelling
from rapidresponse.places.reading import STREETS, Reading
from rapidresponse.places.stopwords import COMMON, FILLER, LOCATING
from rapidresponse.places.weighing import home_factor, is_near

# Only places of some size are offered for a misspelt name.
WORTH_GUESSING = 15_000
LONGEST_NAME = 3
SHORTEST = 6
# Each slip makes a place a hundred times less likely.
A_SLIP = 0.01


def guesses(
    reading: Reading, findings: Findings, home: Place | None, gazetteer: Gazetteer
) -> list[Candidate]:
    """Return the places that a text may have misspelt, the likeliest first.

    When a text is a name and little else, any place of some size will do. In a report only
    the sender's own surroundings are searched, and only for words that stand where a place would.
    """
    free = _not_states(reading, findings)
    if phrase := _whole_name(reading, free):
        found = _spelt_like([phrase], home, gazetteer)
    elif home:
        phrases = [reading.bare[at] for at in free if _may_be_name(reading.bare, at)]
        found = {
            each: weight
            for each, weight in _spelt_like(phrases, home, gazetteer).items()
            if is_near(each, home)
        }
    else:
        return []
    mentioned = {code for _, _, code in findings.states}
    likely = [each for each in found if not mentioned or each.state in mentioned]
    return sorted(likely, key=lambda each: -found[each])


def _not_states(reading: Reading, findings: Findings) -> list[int]:
    """Return the positions of the words that do not name a state."""
    named = {at for start, end, _ in findings.states for at in range(start, end)}
    return [at for at in range(len(reading.words)) if at not in named]


def _spelt_like(
    phrases: Iterable[str], home: Place | None, gazetteer: Gazetteer
) -> dict[Candidate, float]:
    """Return the places whose names are spelt like one of some phrases, with their weights."""
    known = _spellings(gazetteer)
    found: dict[Candidate, float] = {}
    for phrase in phrases:
        slips = dict(close_names(phrase, known))
        for name, town in gazetteer.towns(*slips):
            each = of_town(town)
            if town.population >= WORTH_GUESSING:
                found[each] = each.people * A_SLIP ** slips[name] * home_factor(each, home)
    return found


@lru_cache(maxsize=1)
def _spellings(gazetteer: Gazetteer) -> tuple[Spelling, ...]:
    """Return the names worth guessing at, ready to be compared; they are asked for often."""
    return tuple(spelling(name) for name in gazetteer.large_names(WORTH_GUESSING))


def _whole_name(reading: Reading, free: list[int]) -> str:
    """Return the only words of a text that are not filling, if they are few."""
    left = [reading.bare[at] for at in free if reading.bare[at] not in FILLER]
    if len(left) > LONGEST_NAME or any(word.isdigit() for word in left):
        return ""
    return " ".join(left) if set(left) - COMMON else ""


def _may_be_name(bare: list[str], at: int) -> bool:
    """Say whether a word of a report stands where a place would, and is no everyday word."""
    word, after = bare[at], bare[at + 1 : at + 2]
    if at == 0 or bare[at - 1] not in LOCATING or STREETS.intersection(after):
        return False
    return len(word) >= SHORTEST and word.isalpha() and word not in COMMON
