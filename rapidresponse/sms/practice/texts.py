"""One text at the carrier, and the journey it makes from status to status."""

from dataclasses import dataclass

from rapidresponse.sms.practice.refusals import Fate

FINAL = frozenset({"delivered", "undelivered", "failed", "canceled", "received"})

Steps = tuple[tuple[float, str], ...]


@dataclass(slots=True, eq=False)
class Text:
    """One text, in either direction, with every status it has had or will have.

    The journey is known from the start, so nothing has to run for a status to
    change: the clock is compared with the steps when somebody asks.
    """

    n: int
    sid: str
    to: str
    sender: str
    body: str
    segments: int
    steps: Steps
    direction: str = "outbound-api"
    service: str = ""
    media: int = 0
    callback: str = ""
    code: int = 0
    redacted: bool = False
    deleted: bool = False

    @property
    def created(self) -> float:
        """Return when the carrier took the text."""
        return self.steps[0][0]

    def step(self, now: float) -> tuple[float, str]:
        """Return the last step that the text has made by now."""
        for step in reversed(self.steps):
            if step[0] <= now:
                return step
        return self.steps[0]

    def status(self, now: float) -> str:
        """Return what the carrier says of the text now."""
        return self.step(now)[1]

    def is_final(self, now: float) -> bool:
        """Say whether nothing more can happen to the text."""
        return self.status(now) in FINAL

    def sent_at(self, now: float) -> float | None:
        """Return when the text left, or None while it has not."""
        for at, status in self.steps:
            if at <= now and status in ("sent", "received"):
                return at
        return None

    def cancel(self, now: float) -> None:
        """End the journey here."""
        made = tuple(step for step in self.steps if step[0] <= now)
        self.steps = (*made, (now, "canceled"))


def journey(
    created: float, *, first: str, start: float, leaves: float, pace: float, fate: Fate
) -> Steps:
    """Lay out a journey: taken, in the queue, out of the queue, and how it ends."""
    steps = [(created, first)]
    if first != "queued":
        steps.append((start, "queued"))
    if fate.ending == "failed":
        return (*steps, (leaves, "failed"))
    steps.append((leaves, "sent"))
    if fate.ending != "sent":
        steps.append((leaves + pace, fate.ending))
    return tuple(steps)
