"""People who exist in practice only, with numbers that no real phone has."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import count, cycle, islice

import sqlalchemy as sa

from rapidresponse.actions import following
from rapidresponse.actions.subscribers import ACTIVE
from rapidresponse.errors import Invalid
from rapidresponse.store.models import Subscriber
from rapidresponse.store.models.base import fresh_id
from rapidresponse.store.sealed import FIND_SUBSCRIBER, PHONE
from rapidresponse.work import Work

# Of ten practice people, how many read each way.
MIX = ("es", "en", "es", "en", "es", "both", "es", "en", "es", "en")
PAGE = 5000
MOST = 2_000_000
FICTION = range(100, 190)  # 555-0100 to 555-0199 are kept for fiction; the last ten for demos
NEVER_ASSIGNED = "9"  # area codes with this middle digit are kept for a longer numbering plan


def numbers() -> Iterator[str]:
    """Yield fictional numbers, each once: 555-01xx first, then area codes that do not exist."""
    areas = [a for a in range(201, 1000) if str(a)[1] != NEVER_ASSIGNED and a % 100 != 11]  # noqa: PLR2004 - N11 codes are services
    for area in areas:
        for line in FICTION:
            yield f"+1{area}5550{line}"
    for exchange in range(200, 1000):
        for area in (a for a in range(290, 1000) if str(a)[1] == NEVER_ASSIGNED):
            for line in range(10_000):
                yield f"+1{area}{exchange}{line:04}"


def add_people(work: Work, zips: Sequence[str], *, first: int, number: int, language: str) -> None:
    """Add a page of confirmed practice subscribers, spread over these ZIP codes."""
    if number > PAGE:
        raise Invalid(f"At most {PAGE} at a time.")
    phones = list(islice(numbers(), first, first + number))
    languages = cycle(MIX) if language == "mix" else cycle((language,))
    indexes = work.vault.indexes(phones, FIND_SUBSCRIBER)
    people: list[dict[str, object]] = []
    followed: dict[int, tuple[list[str], str]] = {}
    for turn, phone, index, reads in zip(count(first), phones, indexes, languages, strict=False):
        key = fresh_id()
        people.append(_person(work, key, phone, index, reads, work.now))
        followed[key] = ([f"zip:{zips[turn % len(zips)]}"], reads)
    work.session.execute(sa.insert(Subscriber), people)
    following.add(work, followed)


def how_many(work: Work) -> int:
    """Return how many practice people there have been, so that new ones get new numbers."""
    found = sa.select(sa.func.count()).where(Subscriber.consent_by == "practice")
    return work.session.scalar(found) or 0


def _person(
    work: Work, key: int, phone: str, index: bytes, language: str, now: datetime
) -> dict[str, object]:
    return {
        "id": key,
        "phone": work.vault.seal(phone, PHONE, key),
        "phone_index": index,
        "state": ACTIVE,
        "language": language,
        "consent_at": now,
        "consent_wording": "practice",
        "consent_language": language,
        "consent_by": "practice",
    }
