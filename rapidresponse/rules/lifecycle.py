"""The states, which moves between them are legal, and how news is ranked.

A delivery's *standing* is one number that only rises: ten times the attempt, plus the
rank of the state. News that would lower it is late, and is ignored; so results and
receipts may come early, late, twice or shuffled. `delivered` is the highest truth of
any attempt, because the phone has the text, whatever else was thought.
"""

from dataclasses import dataclass
from enum import StrEnum

from rapidresponse.errors import IllegalMove


class AlertState(StrEnum):
    """Where an alert is on its way to the audience."""

    WAITING = "waiting"
    SENDING = "sending"
    PAUSED = "paused"
    HALTED = "halted"
    EXPIRED = "expired"
    DONE = "done"


class DeliveryState(StrEnum):
    """Where one text is on its way to one phone."""

    PENDING = "pending"
    INTENT = "intent"
    IN_DOUBT = "in_doubt"
    ACCEPTED = "accepted"
    SENT = "sent"
    UNDELIVERED = "undelivered"
    FAILED = "failed"
    DELIVERED = "delivered"
    SUPPRESSED = "suppressed"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


A, D = AlertState, DeliveryState

ALERT_MOVES: dict[AlertState, frozenset[AlertState]] = {
    A.WAITING: frozenset({A.SENDING, A.HALTED, A.EXPIRED}),
    A.SENDING: frozenset({A.PAUSED, A.HALTED, A.EXPIRED, A.DONE}),
    A.PAUSED: frozenset({A.SENDING, A.HALTED, A.EXPIRED}),
    A.HALTED: frozenset(),
    A.EXPIRED: frozenset(),
    A.DONE: frozenset({A.SENDING}),  # proven absent after all: one text is sent once more
}

# Nothing was handed over: the text may still leave, or be held back for good.
OPEN = frozenset({D.PENDING, D.INTENT, D.IN_DOUBT})
# The person got the text, or may have: follow-ups go to these.
REACHED = frozenset({D.INTENT, D.IN_DOUBT, D.ACCEPTED, D.SENT, D.DELIVERED})
# The carrier took it.
HANDED_OVER = frozenset({D.ACCEPTED, D.SENT, D.DELIVERED})
HELD_BACK = frozenset({D.SUPPRESSED, D.CANCELLED, D.EXPIRED})

DELIVERY_MOVES: dict[DeliveryState, frozenset[DeliveryState]] = {
    D.PENDING: frozenset({D.INTENT, D.ACCEPTED, D.SENT, D.DELIVERED, *HELD_BACK}),
    D.INTENT: frozenset(
        {D.PENDING, D.IN_DOUBT, D.ACCEPTED, D.SENT, D.UNDELIVERED, D.FAILED, D.DELIVERED}
        | {D.SUPPRESSED}
    ),
    D.IN_DOUBT: frozenset(
        {D.PENDING, D.ACCEPTED, D.SENT, D.UNDELIVERED, D.FAILED, D.DELIVERED, D.SUPPRESSED}
    ),
    D.ACCEPTED: frozenset({D.SENT, D.UNDELIVERED, D.FAILED, D.DELIVERED}),
    D.SENT: frozenset({D.UNDELIVERED, D.FAILED, D.DELIVERED}),
    D.UNDELIVERED: frozenset({D.DELIVERED}),
    D.FAILED: frozenset({D.DELIVERED}),
    D.DELIVERED: frozenset(),
    D.SUPPRESSED: frozenset({D.ACCEPTED, D.SENT, D.DELIVERED}),  # late news of an earlier attempt
    D.CANCELLED: frozenset({D.ACCEPTED, D.SENT, D.DELIVERED}),
    D.EXPIRED: frozenset({D.ACCEPTED, D.SENT, D.DELIVERED}),
}

RANK: dict[DeliveryState, int] = {
    D.INTENT: 1,
    D.IN_DOUBT: 2,
    D.PENDING: 3,
    D.SUPPRESSED: 3,
    D.CANCELLED: 3,
    D.EXPIRED: 3,
    D.ACCEPTED: 4,
    D.SENT: 5,
    D.UNDELIVERED: 6,
    D.FAILED: 6,
    D.DELIVERED: 9,
}
HIGHEST = 32_000  # fits a small integer, and is above every attempt


def standing(state: DeliveryState, attempt: int) -> int:
    """Return how far a state of this attempt stands; 0 before the first attempt."""
    if state is D.DELIVERED:
        return HIGHEST
    return attempt * 10 + RANK[state] if attempt else 0


@dataclass(frozen=True, slots=True)
class News:
    """What the carrier, a worker or a sweep says became of one attempt at one delivery."""

    seq: int
    attempt: int
    state: DeliveryState
    sid: str | None = None
    code: int | None = None
    not_before: float | None = None
    segments: int = 0  # what it costs, if it was taken


@dataclass(frozen=True, slots=True)
class Standing:
    """A delivery as the record has it now."""

    seq: int
    ring: int
    state: DeliveryState
    attempt: int
    standing: int
    sid: str | None


def rises(now: Standing, news: News) -> bool:
    """Say whether news changes a delivery, or is late, doubled or about an older attempt."""
    return (
        standing(news.state, news.attempt) > now.standing
        and news.state in DELIVERY_MOVES[now.state]
    )


def is_second_text(now: Standing, news: News) -> bool:
    """Say whether news proves that the carrier took a second text for one person."""
    return bool(news.sid and now.sid and news.sid != now.sid)


def check_alert_move(old: AlertState, new: AlertState) -> None:
    """Raise IllegalMove unless an alert may go from one state to the other."""
    if new not in ALERT_MOVES[old]:
        raise IllegalMove(f"An alert that is {old} cannot become {new}.")
