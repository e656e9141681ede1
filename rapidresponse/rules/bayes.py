"""A small classifier: which of two kinds a short text is like, from shipped examples.

Naive Bayes over words and runs of three to five letters; a few hundred examples are learnt in
some tens of milliseconds, once per process.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping

SHORTEST_RUN, LONGEST_RUN = 3, 5


class Bayes:
    """Knows two kinds of text by examples of each."""

    def __init__(self, examples: Mapping[str, Iterable[str]]) -> None:
        """Learn the examples of each kind, in the order given."""
        self._counts = {
            kind: Counter(feature for text in texts for feature in features(text))
            for kind, texts in examples.items()
        }
        self._totals = {kind: sum(counts.values()) for kind, counts in self._counts.items()}
        self._known = len(set().union(*self._counts.values()))

    def chance(self, kind: str, text: str) -> float:
        """Return how likely a text is of this kind, from 0 to 1; both kinds are as common."""
        scores = dict.fromkeys(self._counts, 0.0)
        for feature in features(text):
            for each, counts in self._counts.items():
                seen = (counts[feature] + 1) / (self._totals[each] + self._known)
                scores[each] += math.log(seen)
        best = max(scores.values())
        weights = {each: math.exp(max(-60.0, score - best)) for each, score in scores.items()}
        return weights[kind] / sum(weights.values())

    def knows(self, text: str) -> float:
        """Return the share of a text's features that any example has."""
        found = features(text)
        known = sum(any(counts[one] for counts in self._counts.values()) for one in found)
        return known / len(found) if found else 0.0


def features(text: str) -> list[str]:
    """Return the words of a text, and its runs of letters across them."""
    line = f" {text} "
    runs = [
        line[at : at + size]
        for size in range(SHORTEST_RUN, LONGEST_RUN + 1)
        for at in range(len(line) - size + 1)
    ]
    return [*text.split(), *runs]
