"""What a carrier says no with, and the numbers that make it say so on request."""

from dataclasses import dataclass


class Refusal(Exception):  # noqa: N818 - an answer, not a fault of ours
    """The request is answered with an error code."""

    def __init__(self, code: int, *, about: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.status, words = AT_ONCE[code]
        self.message = words.format(about)


@dataclass(frozen=True, slots=True)
class Fate:
    """How a text ends, and the code that says why."""

    ending: str
    code: int = 0
    only_first: bool = False  # later texts to the same phone arrive


# Refused in the answer to the request: the HTTP status, and the words.
AT_ONCE = {
    20001: (400, "Invalid parameter: {}"),
    20003: (401, "Authenticate"),
    20004: (405, "Method not allowed"),
    20009: (422, "Cannot delete this resource before it is complete"),
    20404: (404, "The requested resource {} was not found"),
    20429: (429, "Too Many Requests"),
    20500: (500, "An internal server error has occurred"),
    21211: (400, "Invalid 'To' Phone Number: {}"),
    21212: (400, "Invalid 'From' Number: {}"),
    21266: (400, "'To' and 'From' number cannot be the same: {}"),
    21408: (
        400,
        "Permission to send an SMS has not been enabled for the region of the 'To' number",
    ),
    21602: (400, "Message body is required."),
    21603: (400, "A 'From' phone number is required."),
    21604: (400, "A 'To' phone number is required."),
    21606: (400, "The 'From' phone number provided ({}) is not a valid Twilio phone number."),
    21608: (400, "The number is unverified. Trial accounts cannot send to unverified numbers."),
    21609: (400, "The 'StatusCallback' URL {} is not a valid URL."),
    21610: (400, "Attempt to send to unsubscribed recipient"),
    21611: (400, "This 'From' number has exceeded the maximum number of queued messages."),
    21612: (400, "Message cannot be sent with the current combination of 'To' and/or 'From'."),
    21614: (400, "'To' number is not a valid mobile number"),
    21617: (400, "The concatenated message body exceeds the 1600 character limit."),
    21635: (400, "'To' number cannot be a landline"),
    21701: (400, "The Messaging Service does not exist."),
    21703: (400, "The Messaging Service does not have a phone number available to send a message."),
    30029: (400, "ContentRetention is not enabled for this account"),
    30030: (400, "AddressRetention is not enabled for this account"),
    30400: (400, "Body and Status cannot be changed in the same request"),
    30409: (400, "This message cannot be canceled"),
    35111: (400, "SendAt must be between 15 minutes and 35 days ahead"),
    35118: (400, "MessagingServiceSid is required to schedule a message"),
    35125: (400, "Too many scheduled messages"),
    63038: (429, "The account has exceeded its daily messages limit"),
}

# Taken, and told later that it did not arrive: how such a text ends, and the words.
LATER = {
    30001: ("failed", "Queue overflow"),
    30002: ("failed", "Account suspended"),
    30003: ("undelivered", "Unreachable destination handset"),
    30004: ("undelivered", "Message blocked"),
    30005: ("undelivered", "Unknown destination handset"),
    30006: ("undelivered", "Landline or unreachable carrier"),
    30007: ("undelivered", "Message filtered"),
    30008: ("undelivered", "Unknown error"),
    30017: ("undelivered", "Carrier network congestion"),
    30019: ("undelivered", "Content size exceeds carrier limit"),
    30022: ("undelivered", "Campaign rate limit exceeded"),
    30023: ("undelivered", "Daily message cap of the carrier reached"),
    30024: ("undelivered", "Sender not provisioned by the carrier"),
    30032: ("undelivered", "Toll-free number has not been verified"),
    30033: ("failed", "Campaign suspended"),
    30034: ("undelivered", "Message from an unregistered number"),
    30035: ("undelivered", "Number is still being configured"),
    30036: ("failed", "Validity period expired"),
    30037: ("failed", "Outbound messaging disabled"),
    30039: ("failed", "Message loop detected"),
    30046: ("undelivered", "Delivery could not be confirmed"),
    30047: ("failed", "Message could not be rescheduled"),
    30410: ("failed", "Provider timeout"),
    30450: ("undelivered", "Message blocked for suspected pumping"),
    30453: ("undelivered", "Message blocked for suspected fraud"),
    30454: ("undelivered", "Message blocked by a limit"),
    30500: ("failed", "Internal failure"),
    30610: ("failed", "Blocked during quiet hours"),
    30640: ("failed", "Blocked by the compliance toolkit"),
    63017: ("failed", "Account throughput exceeded"),
}

DELIVERED = Fate("delivered")
STUCK = Fate("sent")

# Twilio's own magic numbers first, then the ones of other practice carriers.
_TO = {
    "+15005550001": 21211,
    "+15005550002": 21612,
    "+15005550003": 21408,
    "+15005550004": 21610,
    "+15005550009": 21614,
    "+15005550010": 30008,
    "+15005550011": 30003,
    "+15005550012": 30005,
    "+15005550013": 30006,
}
_STUCK_AT_SENT = "+15005550014"
_SECOND_TRY = "+15005550015"
_FROM = {"+15005550001": 21212, "+15005550007": 21606, "+15005550008": 21611}
MAGIC_SENDER = "+15005550006"
_ANY_CODE = "+150055"


def fate_of(to: str) -> Fate:
    """Return how a text to this number ends; a refusal at once is raised.

    Every code can be asked for: text +150055 followed by its five digits.
    """
    if not to.startswith(_ANY_CODE):
        return DELIVERED
    if to == _STUCK_AT_SENT:
        return STUCK
    if to == _SECOND_TRY:
        return Fate(LATER[30003][0], 30003, only_first=True)
    code = _TO.get(to) or int(to[len(_ANY_CODE) :])
    if code in AT_ONCE:
        raise Refusal(code, about=to)
    return failing(code) if code in LATER else DELIVERED


def failing(code: int) -> Fate:
    """Return the fate of a text that is taken and does not arrive."""
    return Fate(LATER[code][0], code)


def check_sender(sender: str) -> None:
    """Refuse the sending numbers that stand for a refusal."""
    if code := _FROM.get(sender):
        raise Refusal(code, about=sender)
