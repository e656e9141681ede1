"""The faults a carrier can be asked to have, each with the share of requests it strikes."""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import inf
from pathlib import Path
from random import Random
from types import MappingProxyType
from typing import Self

from rapidresponse.errors import Misconfigured

# One request to send a text meets at most one of these.
BEFORE = ("429", "500_before", "reset_before")
AFTER = ("500_after", "hang_after", "reset_after", "garbage")
OF_REQUESTS = BEFORE + AFTER

# These are drawn on their own: one request for the list, one text, one callback.
OF_LISTS = ("list_500",)
OF_TEXTS = ("callback_shuffled", "callback_early")
OF_CALLBACKS = ("callback_lost", "callback_doubled")

SHARES = OF_REQUESTS + OF_LISTS + OF_TEXTS + OF_CALLBACKS
SECONDS = ("hang_seconds", "list_lag_seconds")


@dataclass(frozen=True, slots=True)
class Faults:
    """Which faults strike how often, and for how long the slow ones last."""

    shares: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    hang_seconds: float = 30
    list_lag_seconds: float = 0

    @classmethod
    def read(cls, table: Mapping[str, object]) -> Self:
        """Read a table such as `{"429": 0.01, "hang_seconds": 5}`."""
        shares = {name: _number(table, name) for name in SHARES if name in table}
        seconds = {name: _number(table, name) for name in SECONDS if name in table}
        if unknown := set(table) - set(SHARES) - set(SECONDS):
            names = ", ".join(SHARES + SECONDS)
            raise Misconfigured(f"no such fault: {', '.join(sorted(unknown))}; there are {names}")
        if max(shares.values(), default=0) > 1 or _sum(shares, OF_REQUESTS) > 1:
            raise Misconfigured("shares of faults are between 0 and 1, and so is their sum")
        return cls(MappingProxyType({k: v for k, v in shares.items() if v}), **seconds)

    @classmethod
    def from_file(cls, path: Path) -> Self:
        """Read a faults file: TOML, or JSON if it is named so."""
        try:
            words = path.read_text("utf-8")
            table = json.loads(words) if path.suffix == ".json" else tomllib.loads(words)
        except (OSError, ValueError) as error:
            raise Misconfigured(f"{path} cannot be read as a faults file: {error}") from error
        if not isinstance(table, dict):
            raise Misconfigured(f"{path} must hold one table of faults")
        return cls.read(table)

    def of_request(self, random: Random) -> str:
        """Draw the fault that strikes one request to send, or an empty word."""
        if not self.shares:
            return ""
        left = random.random()
        for name in OF_REQUESTS:
            left -= self.shares.get(name, 0)
            if left < 0:
                return name
        return ""

    def strikes(self, name: str, random: Random) -> bool:
        """Say whether one fault strikes this time."""
        share = self.shares.get(name, 0)
        return bool(share) and random.random() < share

    def table(self) -> dict[str, float]:
        """Return these faults in the shape that `read` takes."""
        seconds = {name: getattr(self, name) for name in SECONDS}
        return {**self.shares, **seconds}


def _number(table: Mapping[str, object], name: str) -> float:
    """Return one number of the table, refusing everything else."""
    value = table[name]
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < inf:
        raise Misconfigured(f"the fault {name} must be a number, zero or more")
    return float(value)


def _sum(shares: Mapping[str, float], names: tuple[str, ...]) -> float:
    """Add up the shares of faults that exclude one another."""
    return sum(shares.get(name, 0) for name in names)
