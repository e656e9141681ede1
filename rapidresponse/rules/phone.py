"""Phone numbers: parsed once at the door, carried as E.164 ever after."""

import re

import phonenumbers
from phonenumbers import PhoneNumber, PhoneNumberType

from rapidresponse.errors import InvalidPhone

# Jamaica, Canada and twenty others share +1 with us, so the prefix says nothing.
HOME = frozenset({"US", "PR", "VI", "GU", "AS", "MP"})
TEXTABLE = frozenset(
    {PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE, PhoneNumberType.FIXED_LINE_OR_MOBILE}
)
# Only ASCII digits and the usual marks: no letters, no look-alike digits, no extension.
WRITTEN = re.compile(r"[0-9+(). -]{1,20}")


def parse(text: str) -> str:
    """Return a number of the US or its territories as E.164, or raise InvalidPhone.

    No error says which number it was, so that none ends up in a log.
    """
    if not WRITTEN.fullmatch(text):
        raise InvalidPhone("That does not look like a phone number.")
    number = _number(text)
    if phonenumbers.region_code_for_number(number) not in HOME:
        raise InvalidPhone("That is not a number of the US or its territories.")
    if phonenumbers.number_type(number) not in TEXTABLE:
        raise InvalidPhone("That number cannot receive texts from us.")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def mask(e164: str) -> str:
    """Return all of a number that may be shown: `...42`."""
    return f"...{e164[-2:]}"


def _number(text: str) -> PhoneNumber:
    try:
        return phonenumbers.parse(text, "US")
    except phonenumbers.NumberParseException:
        raise InvalidPhone("That does not look like a phone number.") from None
