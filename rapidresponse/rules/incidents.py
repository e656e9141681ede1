"""The states of an incident, which may follow which, and which are told to those who reported."""

from enum import StrEnum

from rapidresponse.errors import IllegalMove


class IncidentState(StrEnum):
    """What is known of something that people told us."""

    RECEIVED = "received"
    CHECKING = "checking"
    CONFIRMED = "confirmed"
    NOT_ENFORCEMENT = "other"  # it was something else: local police, a tow truck
    NOT_CONFIRMED = "unconfirmed"
    DUPLICATE = "duplicate"
    ACTIVE = "active"  # confirmed, and people were alerted
    ENDED = "ended"


S = IncidentState

MOVES: dict[IncidentState, frozenset[IncidentState]] = {
    S.RECEIVED: frozenset({S.CHECKING, S.DUPLICATE}),
    S.CHECKING: frozenset(
        {S.RECEIVED, S.CONFIRMED, S.NOT_ENFORCEMENT, S.NOT_CONFIRMED, S.DUPLICATE}
    ),
    S.CONFIRMED: frozenset({S.ACTIVE, S.NOT_ENFORCEMENT, S.ENDED}),
    S.ACTIVE: frozenset({S.NOT_ENFORCEMENT, S.ENDED}),
    S.NOT_ENFORCEMENT: frozenset({S.CHECKING}),
    S.NOT_CONFIRMED: frozenset({S.CHECKING}),
    S.DUPLICATE: frozenset({S.RECEIVED}),
    S.ENDED: frozenset({S.CHECKING}),
}
# More reports of the same place join these.
OPEN = frozenset({S.RECEIVED, S.CHECKING, S.CONFIRMED, S.ACTIVE})
# Everyone who reported hears of these, once each.
OUTCOMES = frozenset({S.CONFIRMED, S.NOT_ENFORCEMENT, S.NOT_CONFIRMED, S.ENDED})


def check_move(old: IncidentState, new: IncidentState) -> None:
    """Raise IllegalMove unless an incident may go from one state to the other."""
    if new not in MOVES[old]:
        raise IllegalMove(f"An incident that is {old} cannot become {new}.")
