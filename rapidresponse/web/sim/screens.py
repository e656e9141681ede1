"""What is on a practice phone's screen, and a text sent from it."""

from dataclasses import dataclass
from http import HTTPStatus
from itertools import pairwise

from rapidresponse.errors import CarrierDown
from rapidresponse.rules import phone as numbers
from rapidresponse.rules.cast import Phone
from rapidresponse.sms.practice.client import PracticeLine
from rapidresponse.web import door
from rapidresponse.web.hooks.texts import LONGEST_BODY
from rapidresponse.web.language import say

MOST_BUBBLES = 60  # of a long game, the end is shown


@dataclass(frozen=True, slots=True)
class Bubble:
    """One text on a screen: what it cost, and how long after the one before it came."""

    direction: str
    body: str
    parts: int
    later: float | None


@dataclass(frozen=True, slots=True)
class Screen:
    """A phone as the page shows it; its number stays behind."""

    phone: Phone
    bubbles: list[Bubble]
    gone: bool = False  # nothing is known, since the carrier is not there
    problem: str = ""
    typed: str = ""

    @property
    def masked(self) -> str:
        """All of its number that may be shown."""
        return numbers.mask(self.phone.number)

    @property
    def speaks(self) -> str:
        """The language of what it gets, where that is one language."""
        return "" if self.phone.language == "both" else self.phone.language


def line() -> PracticeLine:
    """Return the practice carrier of this network."""
    config = door.wiring().config
    return PracticeLine(config.twilio_api_url, config.twilio_auth_token)


def look(phone: Phone, *, problem: str = "", typed: str = "") -> Screen:
    """Return what is on a phone's screen, or why that is not known."""
    try:
        texts = line().inbox(phone.number)
    except CarrierDown:
        return Screen(phone, [], gone=True, problem=problem, typed=typed)
    times = [text["at"] for text in texts]
    later = [None, *(after - before for before, after in pairwise(times))]
    bubbles = [
        Bubble(text["direction"], text["body"], text["segments"], seconds)
        for text, seconds in zip(texts, later, strict=False)
    ]
    return Screen(phone, bubbles[-MOST_BUBBLES:], problem=problem, typed=typed)


def text(phone: Phone, body: str) -> str:
    """Text the network from a phone; return what went wrong, or nothing."""
    if not body.strip():
        return say("phone.empty")
    if len(body) > LONGEST_BODY:
        return say("phone.long", most=LONGEST_BODY, length=len(body))
    try:
        answer = line().pull("text", {"from": phone.number, "body": body})
    except CarrierDown:
        return say("carrier.gone")
    return "" if answer["status"] == HTTPStatus.OK else say("phone.unanswered")
