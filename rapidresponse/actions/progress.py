"""Where an alert is, from counts that are kept as texts move, never from the rows."""

from typing import Any

import sqlalchemy as sa

from rapidresponse.actions import counts, senders
from rapidresponse.rules.lifecycle import HANDED_OVER, OPEN, DeliveryState
from rapidresponse.store.models import Alert, Delivery, Double
from rapidresponse.work import Work

# What a segment costs about, in US dollars: the carrier's price and the networks' fee on it.
DOLLARS_A_SEGMENT = 0.0083 + 0.003


def tell(work: Work, alert_id: int) -> dict[str, Any]:
    """Say where an alert is: its state, counts, rate, first and last text, doubt, and cost."""
    alert = work.get(Alert, alert_id)
    found = counts.by_state(work, alert_id)
    said = ("id", "kind", "state", "why", "ref", "area", "audience", "segments")
    return {
        **{name: getattr(alert, name) for name in said},
        "counts": found,
        "taken": sum(found.get(state, 0) for state in HANDED_OVER),
        "in_doubt": found.get(DeliveryState.IN_DOUBT, 0),
        "oldest_doubt_seconds": _oldest_doubt(work, alert_id, found),
        "second_texts": _second_texts(work, alert_id),
        "seconds_left": _seconds_left(work, alert, found),
        "dollars": round(alert.segments * DOLLARS_A_SEGMENT, 2),
        **_times(alert, found),
    }


def _times(alert: Alert, found: dict[str, int]) -> dict[str, float | None]:
    first, last = alert.first_text_at, alert.last_text_at
    seconds = (last - first) if first and last else 0.0
    taken = sum(found.get(state, 0) for state in HANDED_OVER)
    return {
        "started_at": alert.started_at,
        "first_text_at": first,
        "last_text_at": last,
        "texts_per_second": taken / seconds if seconds else None,
    }


def _second_texts(work: Work, alert_id: int) -> int:
    found = sa.select(sa.func.count()).where(Double.alert_id == alert_id)
    return work.session.scalar(found) or 0


def _oldest_doubt(work: Work, alert_id: int, found: dict[str, int]) -> float | None:
    if not found.get(DeliveryState.IN_DOUBT):
        return None
    since = work.session.scalar(
        sa.select(sa.func.min(Delivery.since)).where(
            Delivery.alert_id == alert_id, Delivery.state == DeliveryState.IN_DOUBT
        )
    )
    return None if since is None else max(0.0, work.moment - since)


def _seconds_left(work: Work, alert: Alert, found: dict[str, int]) -> float | None:
    """Say how long the rest takes at the senders' rates; None when there is no limit to go by."""
    rates = [sender.per_second for sender in senders.healthy(work)]
    left = alert.audience - sum(n for state, n in found.items() if state not in OPEN)
    if not rates or 0 in rates:
        return None
    made = sum(found.values()) or 1
    each = max(1.0, alert.segments / made) if alert.segments else 1.0
    return max(0.0, left * each / sum(rates))
