"""Finding texts again: the filters of the list, and where a page begins."""

import time
from dataclasses import dataclass
from itertools import islice
from typing import Self

from rapidresponse.sms.practice import orders
from rapidresponse.sms.practice.book import Book
from rapidresponse.sms.practice.pages import Page
from rapidresponse.sms.practice.refusals import Refusal
from rapidresponse.sms.practice.texts import Text

_DAY = 86_400


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which texts a list is asked for."""

    to: str = ""
    sender: str = ""
    since: float = float("-inf")
    until: float = float("inf")

    @classmethod
    def read(cls, query: dict[str, str]) -> Self:
        """Read the filters; `DateSent>` and `DateSent<` include the moment they name."""
        since, until = float("-inf"), float("inf")
        if day := query.get("DateSent"):
            # Twilio looks at the day alone, even where the SDK adds a midnight to it.
            since = orders.read_time(day[: len("2026-11-24")])
            until = since + _DAY - 1
        if moment := query.get("DateSent>"):
            since = orders.read_time(moment)
        if moment := query.get("DateSent<"):
            until = orders.read_time(moment)
        return cls(query.get("To", ""), query.get("From", ""), since, until)

    def matches(self, text: Text, now: float) -> bool:
        """Say whether a text is wanted; one that has not left yet counts from when it was taken."""
        if (self.to and text.to != self.to) or (self.sender and text.sender != self.sender):
            return False
        # Dates are shown, and so compared, in whole seconds.
        return self.since <= int(text.sent_at(now) or text.created) <= self.until


def listed(
    book: Book, query: dict[str, str], *, sender: str, lag: float
) -> tuple[list[Text], Page]:
    """Return one page of the texts that are wanted, newest first.

    With a lag, the youngest texts are taken but not listed yet, as happens
    when a list is a copy that trails behind.
    """
    wanted, page = Wanted.read(query), Page(query)
    now = time.time()
    phone = next((end for end in (wanted.to, wanted.sender) if end and end != sender), None)
    older = book.newest(phone=phone, before=_before(book, page.token))
    found = (t for t in older if t.created + lag <= now and wanted.matches(t, now))
    texts = list(islice(found, page.size + 1))
    page.more = len(texts) > page.size
    return texts[: page.size], page


def _before(book: Book, token: str) -> int:
    """Return the place that a page starts below."""
    if not token:
        return len(book.texts) + 1
    text = book.ever(token.removeprefix("PA"))
    if text is None:
        raise Refusal(20001, about="PageToken")
    return text.n
