"""What we ask of anyone who carries texts, and what they can answer."""

from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Text:
    """One text to one phone. Neither the phone nor the words show when it is printed."""

    to: str = field(repr=False)
    body: str = field(repr=False)
    token: str = field(repr=False)
    valid_seconds: int
    sender: str = field(repr=False)  # a messaging service (MG…) or a number of ours


@dataclass(frozen=True, slots=True)
class Accepted:
    """The carrier took it, under this name of its own."""

    sid: str


@dataclass(frozen=True, slots=True)
class Refused:
    """The carrier said no, for certain, with a code of its own; nothing was sent."""

    code: int


@dataclass(frozen=True, slots=True)
class NotSent:
    """Nothing reached the carrier, or it asked us to wait: the text may be tried again."""

    slow_down: bool


@dataclass(frozen=True, slots=True)
class Unsure:
    """It may have been taken: no answer, a broken one, or a 5xx. Never tried again blindly."""

    why: str


Answer = Accepted | Refused | NotSent | Unsure


@dataclass(frozen=True, slots=True)
class Carried:
    """A text as the carrier's own list shows it."""

    sid: str
    to: str = field(repr=False)
    body: str = field(repr=False)
    status: str
    created: float  # seconds since 1970


class Provider(Protocol):
    """A company that carries texts, seen from a worker's event loop."""

    async def send(self, text: Text) -> Answer:
        """Hand one text over. Refusals and silence are answers; nothing is raised for them."""

    async def carried(self, since: float, *, to: str | None = None) -> list[Carried]:
        """List what the carrier took since a moment, or raise CarrierDown."""

    async def close(self) -> None:
        """Let the connections go."""
