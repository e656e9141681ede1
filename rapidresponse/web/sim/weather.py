"""How the practice carrier behaves: read, and changed."""

from collections.abc import Mapping
from dataclasses import dataclass

from rapidresponse.errors import CarrierDown
from rapidresponse.web.language import say
from rapidresponse.web.sim.screens import line

MOST_LATENCY_MS = 10_000


@dataclass(frozen=True, slots=True)
class Weather:
    """What the carrier was told to do, or why that is not known."""

    latency: str = ""
    fail: str = ""
    callbacks: bool = True
    gone: bool = False
    problems: tuple[tuple[str, str], ...] = ()  # field, words

    @property
    def refused(self) -> bool:
        """Whether nothing was changed."""
        return self.gone or bool(self.problems)

    def problem(self, name: str) -> str:
        """Return what is wrong with a field, or nothing."""
        return dict(self.problems).get(name, "")


def now() -> Weather:
    """Return how the carrier behaves now."""
    try:
        knobs = line().knobs()
    except CarrierDown:
        return Weather(gone=True)
    return Weather(f"{knobs['latency_ms']:g}", f"{knobs['fail_share'] * 100:g}", knobs["callbacks"])


def turn(form: Mapping[str, str]) -> Weather:
    """Change how the carrier behaves; what cannot be is said, and nothing changes."""
    latency = _number(form.get("latency", ""), MOST_LATENCY_MS)
    fail = _number(form.get("fail", ""), 100)
    callbacks = "callbacks" in form
    if latency is None or fail is None:
        wrong = {"latency": latency, "fail": fail}
        problems = tuple(
            (name, say(f"carrier.bad_{name}")) for name in wrong if wrong[name] is None
        )
        written = form.get("latency", ""), form.get("fail", "")
        return Weather(*written, callbacks, problems=problems)
    try:
        line().knobs(latency_ms=latency, fail_share=fail / 100, callbacks=callbacks)
    except CarrierDown:
        return Weather(gone=True)
    return now()


def _number(written: str, most: float) -> float | None:
    try:
        value = float(written.strip())
    except ValueError:
        return None
    return value if 0 <= value <= most else None
