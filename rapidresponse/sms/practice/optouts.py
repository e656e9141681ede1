"""The carrier's own list of phones that said STOP to the sender."""

from enum import StrEnum

# The default words of a carrier are English; they count only as the whole text.
STOP_WORDS = frozenset(
    {"STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"}
)
START_WORDS = frozenset({"START", "UNSTOP", "YES"})
HELP_WORDS = frozenset({"HELP", "INFO"})

STOPPED = (
    "You have successfully been unsubscribed. You will not receive any more messages from this "
    "number. Reply START to resubscribe."
)
HELPED = "Reply STOP to unsubscribe. Msg&Data Rates May Apply."


class Heard(StrEnum):
    """What a text from a phone means to the carrier; the value is its `OptOutType`."""

    NOTHING = ""
    STOP = "STOP"
    START = "START"
    HELP = "HELP"


class OptOuts:
    """Phones that the sender may not text; sender and messaging service share one list."""

    def __init__(self) -> None:
        self._blocked: set[str] = set()

    def __contains__(self, phone: str) -> bool:
        return phone in self._blocked

    def __len__(self) -> int:
        return len(self._blocked)

    def hear(self, phone: str, body: str) -> Heard:
        """Act on a text from a phone, and say what it was taken for.

        YES, START and UNSTOP mean something only to a phone that is blocked, so
        that an answer to a question of the customer's stays an answer.
        """
        word = body.strip().upper()
        if word in STOP_WORDS:
            self._blocked.add(phone)
            return Heard.STOP
        if word in START_WORDS and phone in self._blocked:
            self._blocked.remove(phone)
            return Heard.START
        return Heard.HELP if word in HELP_WORDS else Heard.NOTHING
