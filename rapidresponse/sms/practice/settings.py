"""What a practice carrier is told: who its customer is, and the knobs that may be turned."""

import math
from dataclasses import dataclass, field, fields, replace
from typing import Any, Self

from rapidresponse.errors import Misconfigured
from rapidresponse.sms.practice.faults import Faults
from rapidresponse.sms.practice.refusals import LATER


@dataclass(frozen=True, slots=True, kw_only=True)
class Knobs:
    """How the carrier behaves; every one of these may be turned while it runs."""

    latency_ms: float = 80.0  # from a request to its answer, exactly
    step_ms: float = 400.0  # between two statuses of one text
    rate: float = 0.0  # segments per second that leave; 0 = no limit
    queue_cap: int = 36_000  # segments that may wait to leave
    daily_cap: int = 0  # segments a day, Pacific time, before texts come back; 0 = no cap
    concurrency: int = 0  # requests in flight before a 429; 0 = no limit
    callbacks: bool = True  # tell the customer what becomes of each text
    advanced_opt_out: bool = True  # confirm STOP words to the phone, and name them in the webhook
    carrier_help: bool = False  # with advanced opt-out: answer HELP and INFO ourselves too
    fail_share: float = 0.0  # of the texts that leave, how many never reach their phone
    fail_code: int = 30003  # and the code that is given as the reason
    faults: Faults = field(default_factory=Faults)

    def __post_init__(self) -> None:
        if self.fail_code not in LATER:
            raise Misconfigured(f"fail_code {self.fail_code} is not a code of a text that fails")
        if self.fail_share > 1:
            raise Misconfigured("fail_share is between 0 and 1")

    def turned(self, changes: dict[str, object]) -> Self:
        """Return these knobs with some of them turned, or say which cannot be."""
        known = {knob.name: getattr(Knobs(), knob.name) for knob in fields(Knobs)}
        values: dict[str, Any] = {}
        for name, value in changes.items():
            if name not in known:
                raise Misconfigured(f"{name} is not a knob; the knobs are {', '.join(known)}")
            values[name] = _read(name, value, like=known[name])
        return replace(self, **values)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings(Knobs):
    """One customer with one sender, and the knobs to start with."""

    account_sid: str
    auth_token: str = field(repr=False)
    api_key: str = ""
    api_secret: str = field(default="", repr=False)
    messaging_service_sid: str = ""
    sender: str
    public_url: str = "http://127.0.0.1:8000"
    inbound_url: str = ""  # where texts go; {public_url}/twilio/inbound when empty
    host: str = "127.0.0.1"
    port: int = 8026
    seed: int = 7
    lean: bool = False  # take texts at next to no cost, without callbacks and faults

    @property
    def webhook(self) -> str:
        """Return the address that is told of every text from a phone."""
        return self.inbound_url or self.public_url.rstrip("/") + "/twilio/inbound"


def _read(name: str, value: object, *, like: object) -> object:
    """Check one knob's new value against the kind of value it has."""
    if isinstance(like, Faults):
        if not isinstance(value, dict):
            raise Misconfigured(f"{name} must be a table of faults and their shares")
        return Faults.read(value)
    if isinstance(like, bool):
        if not isinstance(value, bool):
            raise Misconfigured(f"{name} must be true or false")
        return value
    kinds = (int,) if isinstance(like, int) else (int, float)
    if isinstance(value, bool) or not isinstance(value, kinds) or not 0 <= value < math.inf:
        raise Misconfigured(f"{name} must be {_called(kinds)}, zero or more")
    return value


def _called(kinds: tuple[type, ...]) -> str:
    return "a number" if float in kinds else "a whole number"
