"""What each of the carrier's codes means for the text, the person and the sender.

Codes and meanings are Twilio's (twilio.com/docs/api/errors); one that is not in the
table is a failure of that one text, never a reason to try again.
"""

from enum import StrEnum


class Meaning(StrEnum):
    """What to do about a code."""

    OPTED_OUT = "opted_out"  # they said stop to the carrier: learn it, never text again
    UNREACHABLE = "unreachable"  # no such mobile: do not text this number again
    LATER = "later"  # nothing was sent: the same text may be tried again soon
    SENDER = "sender"  # our account or number is refused: wait, and tell the operator
    FAILED = "failed"  # this text will not arrive


MEANINGS: dict[int, Meaning] = {
    20003: Meaning.SENDER,  # bad credentials
    20404: Meaning.SENDER,  # no such account or service
    20005: Meaning.SENDER,  # account not active
    20429: Meaning.LATER,  # too many requests at once; never processed
    21211: Meaning.UNREACHABLE,  # not a valid number
    21212: Meaning.SENDER,  # bad sender
    21408: Meaning.SENDER,  # sending to the country is switched off
    21601: Meaning.SENDER,
    21606: Meaning.SENDER,  # not a number of ours
    21608: Meaning.SENDER,  # trial account
    21610: Meaning.OPTED_OUT,
    21611: Meaning.LATER,  # the sender's queue is full
    21612: Meaning.FAILED,  # no route for this pair of numbers
    21614: Meaning.UNREACHABLE,  # not a mobile
    21617: Meaning.FAILED,  # too long
    21635: Meaning.UNREACHABLE,  # landline
    21659: Meaning.SENDER,
    21701: Meaning.SENDER,  # no such service
    21703: Meaning.SENDER,  # no sender in the service
    21704: Meaning.SENDER,
    30002: Meaning.SENDER,  # account suspended
    30006: Meaning.UNREACHABLE,  # landline
    30032: Meaning.SENDER,
    30033: Meaning.SENDER,
    30034: Meaning.SENDER,  # not registered
    30037: Meaning.SENDER,
    63038: Meaning.SENDER,  # daily cap of the account
}

IN_WORDS: dict[Meaning, str] = {
    Meaning.OPTED_OUT: "left the list",
    Meaning.UNREACHABLE: "the number cannot get texts",
    Meaning.LATER: "the carrier asked us to wait",
    Meaning.SENDER: "the carrier refuses our account or number",
    Meaning.FAILED: "the carrier could not deliver it",
}


def meaning(code: int | None) -> Meaning:
    """Return what a code means; an unknown or missing one is a plain failure."""
    return MEANINGS.get(code or 0, Meaning.FAILED)
