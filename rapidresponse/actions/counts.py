"""How many deliveries are in each state, kept as they move."""

from collections import Counter

from rapidresponse.store.queries import sending
from rapidresponse.work import Work

Moves = Counter[tuple[int, str]]  # (ring, state) → how many more, or fewer


def move(moves: Moves, ring: int, old: str | None, new: str) -> None:
    """Note that one delivery of a ring went from one state to another."""
    moves[ring, new] += 1
    if old is not None:
        moves[ring, old] -= 1


def keep(work: Work, alert: int, moves: Moves) -> None:
    """Add the moves to the alert's counts, in an order in which two workers cannot block."""
    for (ring, state), n in sorted(moves.items()):
        if n:
            work.run(sending.BUMP, alert=alert, ring=ring, state=state, n=n)


def drift(work: Work, alert: int) -> dict[str, int]:
    """Count the rows themselves, and return where the kept counts differ, and by how much.

    It is one statement, so that texts that move meanwhile are seen moved in both.
    """
    rows = work.run(sending.DRIFT, alert=alert)
    return {str(row.state): int(row.more) for row in rows if row.more}


def by_state(work: Work, alert: int) -> dict[str, int]:
    """Return how many deliveries of an alert are in each state, over all rings."""
    rows = work.run(
        "SELECT state, sum(n) AS n FROM counts WHERE alert_id = :alert GROUP BY state", alert=alert
    )
    return {str(row.state): int(row.n) for row in rows if row.n}
