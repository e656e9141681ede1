"""The levers of a practice carrier, pulled from our own demo, pages, tests and benchmarks."""

import json
import urllib.request
from typing import Any

from rapidresponse.errors import CarrierDown

WAIT_SECONDS = 20


class PracticeLine:
    """A practice carrier somewhere on this machine, seen by whoever holds its account's token."""

    def __init__(self, url: str, key: str) -> None:
        self._url = url.rstrip("/") + "/practice/"
        self._key = key

    def text(self, phone: str, body: str) -> list[str]:
        """Text the network from a practice phone, and return what it answered at once."""
        return list(self.pull("text", {"from": phone, "body": body})["replies"])

    def inbox(self, phone: str, *, after: int = 0) -> list[dict[str, Any]]:
        """Return what is on a phone's screen."""
        return list(self.pull("inbox", {"phone": phone, "after": after})["messages"])

    def totals(self) -> dict[str, Any]:
        """Return how many texts were taken, to how many phones, and what became of them."""
        return dict(self.pull("totals", {}))

    def log(self, *, after: int = 0, limit: int = 1000) -> list[dict[str, Any]]:
        """Return the texts that were taken, in order."""
        return list(self.pull("log", {"after": after, "limit": limit}))

    def knobs(self, **changes: object) -> dict[str, Any]:
        """Turn knobs, and return how all of them stand."""
        return dict(self.pull("knobs", changes))

    def pull(self, lever: str, asked: dict[str, object]) -> Any:
        """Pull a lever, or raise CarrierDown."""
        call = urllib.request.Request(  # noqa: S310 - our own address
            self._url + lever,
            json.dumps(asked).encode(),
            {"X-Practice-Key": self._key, "Content-Type": "application/json"},
            method="POST",
        )
        try:
            with urllib.request.urlopen(call, timeout=WAIT_SECONDS) as answer:  # noqa: S310 - our own address
                return json.load(answer)
        except (OSError, ValueError) as problem:
            raise CarrierDown(f"the practice carrier: {type(problem).__name__}") from None
