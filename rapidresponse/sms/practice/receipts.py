"""What the carrier tells its customer about a text: the forms of its webhooks."""

import time

from rapidresponse.sms.practice.settings import Settings
from rapidresponse.sms.practice.texts import Text
from rapidresponse.sms.practice.webhooks import Params

API_VERSION = "2010-04-01"

_FAILURES = ("failed", "undelivered")
_NEWS_FROM_THE_CARRIER = ("delivered", "undelivered")
_NOT_KNOWN = ("City", "State", "Zip", "Country")


def form(text: Text, status: str, settings: Settings) -> Params:
    """Fill in the form of a status callback."""
    filled = [
        ("SmsSid", text.sid),
        ("SmsStatus", status),
        ("MessageStatus", status),
        ("To", text.to),
        ("MessageSid", text.sid),
        ("AccountSid", settings.account_sid),
        ("From", text.sender),
        ("ApiVersion", API_VERSION),
    ]
    if text.service:
        filled.append(("MessagingServiceSid", text.service))
    if status in _FAILURES:
        filled.append(("ErrorCode", str(text.code)))
    if status in _NEWS_FROM_THE_CARRIER:
        filled.append(("RawDlrDoneDate", time.strftime("%y%m%d%H%M", time.gmtime())))
    return filled


def inbound(text: Text, opt_out_type: str, settings: Settings) -> Params:
    """Fill in the form that brings a phone's text to the customer."""
    filled = [
        ("SmsMessageSid", text.sid),
        ("NumMedia", "0"),
        ("SmsSid", text.sid),
        ("SmsStatus", "received"),
        ("Body", text.body),
        ("To", text.to),
        ("From", text.sender),
        ("NumSegments", str(text.segments)),
        ("ReferralNumMedia", "0"),
        ("MessageSid", text.sid),
        ("AccountSid", settings.account_sid),
        ("ApiVersion", API_VERSION),
        # Where a number was first sold says nothing of its owner, so it stays blank.
        *((end + part, "") for end in ("From", "To") for part in _NOT_KNOWN),
    ]
    if text.service:
        filled.append(("MessagingServiceSid", text.service))
    if opt_out_type:
        filled.append(("OptOutType", opt_out_type))
    return filled
