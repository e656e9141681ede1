"""Every word we text, in every language we speak."""

from rapidresponse.messages.costs import NAME_LIMIT, Line, check, check_name, render_check
from rapidresponse.messages.words import (
    LANGUAGES,
    READING,
    blanks,
    catalogue,
    is_signed_off,
    keys,
    say,
)

__all__ = [
    "LANGUAGES",
    "NAME_LIMIT",
    "READING",
    "Line",
    "blanks",
    "catalogue",
    "check",
    "check_name",
    "is_signed_off",
    "keys",
    "render_check",
    "say",
]
