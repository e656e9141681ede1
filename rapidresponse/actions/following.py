"""Who follows which places, and how many: written together, here and nowhere else.

An audience is counted without looking at people one by one; that is only right as long as
every change of what somebody follows, or of how they read, comes through this file.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b
from typing import Any

import sqlalchemy as sa

from rapidresponse.store.models import Area, Followers
from rapidresponse.store.queries import audience
from rapidresponse.work import Work

Moves = Counter[tuple[str, int, str]]  # (area, together, language) → how many more, or fewer
People = Mapping[int, tuple[Sequence[str], str]]  # who → the areas they follow, how they read


def areas(work: Work, person: int) -> list[str]:
    """Return the areas that a person follows."""
    rows = sa.select(Area.area).where(Area.subscriber_id == person).order_by(Area.area)
    return list(work.session.scalars(rows))


def follow(work: Work, person: int, wanted: Iterable[str], language: str) -> None:
    """Have a person follow exactly these areas, or nothing, and read in one language."""
    wanted = sorted(set(wanted))
    work.session.flush()
    before = _rows(work, person)
    work.session.execute(sa.delete(Area).where(Area.subscriber_id == person))
    _add(work, {person: (wanted, language)})
    moves = Moves()
    _count(moves, [area for area, _ in before], before[0][1] if before else "", -1)
    _count(moves, wanted, language, 1)
    _keep(work, moves)


def read_in(work: Work, person: int, language: str) -> None:
    """Have what a person follows be in another language from now on."""
    if followed := areas(work, person):
        follow(work, person, followed, language)


def add(work: Work, people: People) -> None:
    """Have many people who follow nothing yet follow something."""
    _add(work, people)
    moves = Moves()
    for followed, language in people.values():
        _count(moves, followed, language, 1)
    _keep(work, moves)


def recount(work: Work) -> Moves:
    """Count from the people themselves; what is kept must always equal this."""
    rows = work.session.execute(sa.select(Area.subscriber_id, Area.area, Area.language))
    people: dict[int, tuple[list[str], str]] = {}
    for person, area, language in rows:
        people.setdefault(person, ([], language))[0].append(area)
    moves = Moves()
    for followed, language in people.values():
        _count(moves, followed, language, 1)
    return moves


def together(followed: Iterable[str]) -> int:
    """Return the number that all who follow exactly these areas share."""
    digest = blake2b(" ".join(sorted(followed)).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1


def _rows(work: Work, person: int) -> list[tuple[str, str]]:
    rows = sa.select(Area.area, Area.language).where(Area.subscriber_id == person)
    return [(area, language) for area, language in work.session.execute(rows)]


def _add(work: Work, people: People) -> None:
    rows: list[dict[str, Any]] = [
        {"subscriber_id": person, "area": area, "language": language}
        for person, (followed, language) in people.items()
        for area in followed
    ]
    if rows:
        work.session.execute(sa.insert(Area), rows)


def _count(moves: Moves, followed: Sequence[str], language: str, step: int) -> None:
    for area in followed:
        moves[area, together(followed), language] += step


def _keep(work: Work, moves: Moves) -> None:
    """Add the moves to the counts, in an order in which two people cannot block each other."""
    rows: list[dict[str, Any]] = [
        {"area": area, "together": same, "language": language, "n": n}
        for (area, same, language), n in sorted(moves.items())
        if n
    ]
    if not rows:
        return
    work.session.connection().execute(sa.text(audience.COUNT_FOLLOWERS), rows)
    if any(row["n"] < 0 for row in rows):
        # An empty row would tell what somebody who left had followed.
        gone = sa.delete(Followers).where(
            Followers.area.in_([row["area"] for row in rows]), Followers.n <= 0
        )
        work.session.execute(gone)
