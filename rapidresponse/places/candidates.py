"""The places that the words of a text may mean."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from rapidresponse.places import labels
from rapidresponse.places.facts import County, Town
from rapidresponse.places.gazetteer import Gazetteer
from rapidresponse.places.names import key
from rapidresponse.places.reading import CALLES, NAMED_STATES, STREETS, Reading, state_at
from rapidresponse.places.stopwords import COMMON, FILLER, LOCATING

LONGEST_NAME = 5
COUNTY_BEFORE = (
    ["condado", "de"],
    ["condado"],
    ["county", "of"],
    ["parroquia", "de"],
    ["parroquia"],
    ["municipio", "de"],
)
COUNTY_AFTER = frozenset({"county", "parish", "municipio", "borough"})
# These are a state and also its largest city, or the capital of the country.
BOTH = frozenset({"new york", "nueva york", "washington"})
# Nicknames of two letters, which are too short to look for inside a longer text.
SHORT = frozenset({"la", "dc", "sf"})
FEWEST_PEOPLE = 300
AND = frozenset({"y", "e", "o", "u", "and", "or"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """One place that some words may mean."""

    source: Town | County
    label: str
    people: int

    @property
    def state(self) -> str:
        """The state it is in."""
        return self.source.state


@dataclass(slots=True)
class Span:
    """A stretch of words, and the places it may mean. `stated` is the state named right after."""

    start: int
    end: int
    candidates: list[Candidate]
    stated: str | None = None
    weights: list[float] = field(default_factory=list)

    @property
    def length(self) -> int:
        """How many words it has."""
        return self.end - self.start


@dataclass(slots=True)
class Findings:
    """What was found in a text: places, states, and whether nothing else is in it."""

    spans: list[Span]
    states: list[tuple[int, int, str]]
    whole: bool


def find(reading: Reading, gazetteer: Gazetteer) -> Findings:
    """Find the places and the states in a text."""
    spans, states = _named(reading, gazetteer)
    states += _states_after(spans, reading.bare)
    states += _codes(reading, spans, states)
    spans = _without_everyday_words(spans, reading.bare)
    _attach(spans, states)
    used = _covered([*states, *((span.start, span.end, "") for span in spans)])
    left = [word for at, word in enumerate(reading.bare) if at not in used]
    return Findings(spans, states, whole=FILLER.issuperset(left))


def _named(reading: Reading, gazetteer: Gazetteer) -> tuple[list[Span], list[tuple[int, int, str]]]:
    """Find what is named in full; a longer name wins over a shorter one inside it."""
    bare = reading.bare
    names = _names(bare, gazetteer)
    spans: list[Span] = []
    states: list[tuple[int, int, str]] = []
    taken: set[int] = set()
    for start, end in _stretches(len(bare)):
        if not taken.isdisjoint(range(start, end)) or _is_street(bare, start, end):
            continue
        phrase = " ".join(bare[start:end])
        if phrase in NAMED_STATES and phrase not in BOTH:
            states.append((start, end, NAMED_STATES[phrase]))
        elif (start, end) in names and _may_be_place(reading, start, end):
            spans.append(Span(start, end, names[start, end]))
        else:
            continue
        taken.update(range(start, end))
    return spans, states


def _covered(stretches: Iterable[tuple[int, int, str]]) -> set[int]:
    """Return the words that some stretches cover."""
    return {at for start, end, _ in stretches for at in range(start, end)}


def _states_after(spans: list[Span], bare: list[str]) -> list[tuple[int, int, str]]:
    """Take out the spans that are a state after all: the New York of Buffalo New York."""
    ends = {span.end for span in spans}
    found = []
    for span in list(spans):
        phrase = " ".join(bare[span.start : span.end])
        if phrase in BOTH and span.start in ends:
            spans.remove(span)
            found.append((span.start, span.end, NAMED_STATES[phrase]))
    return found


def _without_everyday_words(spans: list[Span], bare: list[str]) -> list[Span]:
    """Leave out single everyday words when the text has a better name."""
    names = [s for s in spans if s.length > 1 or bare[s.start] not in COMMON]
    return names or spans


def _codes(
    reading: Reading, spans: list[Span], states: list[tuple[int, int, str]]
) -> list[tuple[int, int, str]]:
    """Find the states that are named by their two letters."""
    used = _covered([*states, *((span.start, span.end, "") for span in spans)])
    ends = {span.end for span in spans}
    return [
        (at, at + 1, code)
        for at in range(len(reading.words))
        if at not in used and (code := state_at(reading, at, after_place=at in ends))
    ]


def of_town(town: Town) -> Candidate:
    """Return a candidate for a place by name."""
    people = max(town.population, FEWEST_PEOPLE)
    return Candidate(town, labels.of_city(town.name, town.state), people)


def of_county(county: County) -> Candidate:
    """Return a candidate for a county."""
    return Candidate(county, labels.of_county(county), max(county.population, FEWEST_PEOPLE))


def _stretches(count: int) -> Iterator[tuple[int, int]]:
    """Walk every stretch of up to five words, the longest first."""
    for length in range(LONGEST_NAME, 0, -1):
        for start in range(count - length + 1):
            yield start, start + length


def _names(bare: list[str], gazetteer: Gazetteer) -> dict[tuple[int, int], list[Candidate]]:
    """Look all stretches up at once."""
    keys = {(a, b): key(bare[a:b]) for a, b in _stretches(len(bare))}
    towns: dict[str, list[Candidate]] = {}
    for name, town in gazetteer.towns(*set(keys.values())):
        towns.setdefault(name, []).append(of_town(town))
    found = {stretch: _once(towns[name]) for stretch, name in keys.items() if name in towns}
    return found | _counties(bare, gazetteer)


def _counties(bare: list[str], gazetteer: Gazetteer) -> dict[tuple[int, int], list[Candidate]]:
    """Look up the stretches that say they are a county."""
    bases = {}
    for start, end in _stretches(len(bare)):
        if base := _county_base(bare[start:end]):
            bases[start, end] = base
    if not bases:
        return {}
    found: dict[str, list[Candidate]] = {}
    for name, fips in gazetteer.counties_named(*set(bases.values())):
        found.setdefault(name, []).append(of_county(gazetteer.county(fips)))
    return {stretch: found[base] for stretch, base in bases.items() if base in found}


def _county_base(phrase: list[str]) -> str | None:
    """Return the name under which a phrase such as "condado de Harris" is filed."""
    if len(phrase) > 1 and phrase[-1] in COUNTY_AFTER:
        return key(phrase)
    for before in COUNTY_BEFORE:
        if phrase[: len(before)] == before and len(phrase) > len(before):
            return key(phrase[len(before) :])
    return None


def _once(candidates: list[Candidate]) -> list[Candidate]:
    """Keep the largest of the places that we would print alike."""
    kept: dict[str, Candidate] = {}
    for candidate in candidates:
        kept.setdefault(candidate.label, candidate)
    return list(kept.values())


def _is_street(bare: list[str], start: int, end: int) -> bool:
    """Say whether a stretch names a street: Memphis Ave, Calle Texas, la 287 y Mansfield."""
    if not STREETS.isdisjoint(bare[end : end + 1]):
        return True
    if not CALLES.isdisjoint(bare[max(0, start - 1) : start]):
        return True
    before, after = bare[max(0, start - 2) : start], bare[end : end + 2]
    return _is_crossing(before[::-1]) or _is_crossing(after)


def _is_crossing(beside: list[str]) -> bool:
    """Say whether the words beside a name are a numbered street that it crosses."""
    return len(beside) > 1 and beside[0] in AND and beside[1][:1].isdigit()


def _may_be_place(reading: Reading, start: int, end: int) -> bool:
    """Say whether a stretch may be a place at all: a lone word must be more than filling."""
    word = reading.bare[start]
    if end - start > 1:
        return True
    if word in SHORT:
        return word != "la" or _is_los_angeles(reading, start)
    return len(word) > 2 and word not in FILLER and not word.isdigit()  # noqa: PLR2004


def _is_los_angeles(reading: Reading, at: int) -> bool:
    """Say whether LA is the city and not an article: alone, or in capitals at the end."""
    if FILLER.issuperset(reading.bare):
        return True
    before = reading.bare[at - 1 : at]
    capitals = reading.words[at].written == "LA" and not reading.shouted
    return capitals and at == len(reading.words) - 1 and LOCATING.issuperset(before)


def _attach(spans: list[Span], states: list[tuple[int, int, str]]) -> None:
    """Tell each place which state is named right after it."""
    named = {start: code for start, _, code in states}
    for span in spans:
        span.stated = named.get(span.end)
