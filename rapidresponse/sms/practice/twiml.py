"""Reading the answer to an inbound text: which replies does the customer want sent?"""

from dataclasses import dataclass
from xml.etree import ElementTree as ET

from rapidresponse.sms.practice.webhooks import LONGEST_ANSWER, Answer

UNREACHABLE, TOO_LONG, NOT_XML = 11200, 11750, 12100


@dataclass(frozen=True, slots=True)
class Replies:
    """The replies to send, and Twilio's code for what was wrong with the answer."""

    bodies: tuple[str, ...] = ()
    error: int | None = None


def read(answer: Answer) -> Replies:
    """Read TwiML, plain words, or an empty answer."""
    if answer.trouble or not answer.status:
        return Replies(error=UNREACHABLE)
    if len(answer.body) > LONGEST_ANSWER:
        return Replies(error=TOO_LONG)
    if not answer.body.strip():
        return Replies()
    if answer.media_type == "text/plain":
        return Replies((answer.body.decode("utf-8", "replace"),))
    return _read_xml(answer.body)


def _read_xml(body: bytes) -> Replies:
    try:
        root = ET.fromstring(body)  # noqa: S314 - the app under practice wrote it, not a stranger
    except ET.ParseError:
        return Replies(error=NOT_XML)
    if root.tag != "Response":
        return Replies(error=NOT_XML)
    bodies = (_words(message) for message in root.iterfind("Message"))
    return Replies(tuple(words for words in bodies if words))


def _words(message: ET.Element) -> str:
    """Return what one `<Message>` says, written in it directly or in its `<Body>`."""
    parts = [message.text or ""]
    for child in message:
        if child.tag == "Body":
            parts.append("".join(child.itertext()))
        parts.append(child.tail or "")
    return "".join(parts).strip()
