"""Everything that can go wrong, in one tree.

RapidResponseError
├── Invalid             we cannot accept this             400, or a kind text back
│   ├── InvalidPhone    not a number we can text
│   ├── UnknownPlace    no such ZIP, county, city or point
│   └── InvalidReport   every problem of a payload at once
├── NotAllowed          you may not do this               401 or 403
├── NotFound            there is no such thing            404
├── Conflict            not now, in this state            409
│   └── IllegalMove     a state may not change like that
├── TooMany             slow down                         429
├── Unavailable         cannot be written down now        503
├── Misconfigured       a setting stops the start         one line, exit 1
└── CarrierDown         the carrier gave no usable answer  in doubt, never blindly retried
"""


class RapidResponseError(Exception):
    """Base of every error we raise on purpose."""


class Invalid(RapidResponseError):  # noqa: N818 - reads better than InvalidError
    """The request cannot be accepted as it stands."""


class InvalidPhone(Invalid):
    """The number is not one we can text. The number itself is never part of the message."""


class UnknownPlace(Invalid):
    """No such ZIP, county, city or point in the places file."""


class InvalidReport(Invalid):
    """A payload has problems; `problems` lists them all as (JSON pointer, plain words)."""

    def __init__(self, problems: list[tuple[str, str]]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = problems


class NotAllowed(RapidResponseError):  # noqa: N818
    """The caller may not do this."""


class NotFound(RapidResponseError):  # noqa: N818
    """There is no such thing."""


class Conflict(RapidResponseError):  # noqa: N818
    """The thing is not in a state where this makes sense."""


class IllegalMove(Conflict):
    """A state may not change from one value to the other."""


class TooMany(RapidResponseError):  # noqa: N818
    """The caller asks too often."""


class Unavailable(RapidResponseError):  # noqa: N818
    """It cannot be written down now; nothing was kept."""


class Misconfigured(RapidResponseError):  # noqa: N818
    """A setting stops the start; the message names it and the remedy in one line."""


class CarrierDown(RapidResponseError):  # noqa: N818
    """The carrier could not be asked; what it knows stays unknown for now."""
