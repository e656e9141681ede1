"""Who would hear of an alert for a region: by ring, nearest first, and by language."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from rapidresponse.store.queries import audience
from rapidresponse.work import Work


@dataclass(frozen=True, slots=True)
class Share:
    """So many people of a ring who read in one way."""

    ring: int
    language: str
    people: int


def count(work: Work, areas: Sequence[tuple[str, int]]) -> list[Share]:
    """Return who follows any of some areas, nearest ring first; each person is counted once."""
    question = audience.COUNT_SQLITE if work.is_sqlite else audience.COUNT_POSTGRESQL
    rows = work.run(question, areas=json.dumps(areas))
    return [Share(row.ring, row.language, int(row.n)) for row in rows]


def total(shares: Sequence[Share]) -> int:
    """Return how many people these are."""
    return sum(share.people for share in shares)
