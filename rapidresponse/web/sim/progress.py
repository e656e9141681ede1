"""The latest alert as it goes, in words and numbers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rapidresponse.actions import alerts, progress, stage
from rapidresponse.errors import Conflict, NotFound, Unavailable
from rapidresponse.web import door
from rapidresponse.web.language import say

STOPPABLE = ("waiting", "sending", "paused")
# How the states of deliveries are called on a page; each state has one word.
COUNTED = {
    "waiting": ("pending", "intent"),
    "carrier": ("accepted", "sent"),
    "delivered": ("delivered",),
    "failed": ("undelivered", "failed"),
    "skipped": ("suppressed", "cancelled", "expired"),
    "in_doubt": ("in_doubt",),
}
WHYS = {"for review": "review", "a cap was met": "cap", "nobody follows this area": "nobody"}


@dataclass(frozen=True, slots=True)
class Progress:
    """Where an alert is."""

    told: Mapping[str, Any]
    problem: str = ""

    @property
    def counts(self) -> dict[str, int]:
        """How many texts are called what."""
        found = self.told["counts"]
        return {
            word: sum(found.get(state, 0) for state in states) for word, states in COUNTED.items()
        }

    @property
    def stoppable(self) -> bool:
        """Whether there is anything to stop."""
        return self.told["state"] in STOPPABLE

    @property
    def why(self) -> str:
        """Why the alert waits, or reached nobody; nothing when there is nothing to explain."""
        name = WHYS.get(self.told["why"] or "")
        return say(f"why.{name}") if name else ""

    def seconds(self, name: str) -> float | None:
        """Return how long after its start the first or the last text left."""
        start, then = self.told["started_at"], self.told[name]
        return max(0.0, then - start) if start and then else None


def latest(problem: str = "") -> Progress | None:
    """Return the progress of the alert that was taken last."""
    try:
        with door.look() as work:
            key = stage.latest_alert(work)
            return Progress(progress.tell(work, key), problem) if key else None
    except Unavailable:
        return Progress({}, problem)


def told(alert_id: int) -> Mapping[str, Any] | None:
    """Return where one alert is, if there is such an alert."""
    try:
        with door.look() as work:
            return progress.tell(work, alert_id)
    except (NotFound, Unavailable):
        return None


def halt(alert_id: int) -> str:
    """Stop an alert; return why that could not be, or nothing."""
    try:
        with door.work() as work:
            alerts.halt(work, alert_id)
    except Conflict:
        return say("progress.too_late")
    except NotFound:
        return say("progress.nothing")
    return ""
