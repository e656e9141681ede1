"""How the API writes things down: one text, a page of texts, a refusal."""

import json
import time
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import lru_cache
from urllib.parse import urlencode

from rapidresponse.sms.practice.receipts import API_VERSION
from rapidresponse.sms.practice.refusals import LATER, Refusal
from rapidresponse.sms.practice.texts import Text

LARGEST_PAGE = 1000

_quoted = json.encoder.encode_basestring_ascii

# One text is written by hand, because writing it is most of what a text costs here.
_TEXT = (
    '{"account_sid": "%s", "api_version": "' + API_VERSION + '", "body": %s, '
    '"date_created": "%s", "date_sent": %s, "date_updated": "%s", "direction": "%s", '
    '"error_code": %s, "error_message": %s, "from": %s, "messaging_service_sid": %s, '
    '"num_media": "%d", "num_segments": "%d", "price": null, "price_unit": "USD", '
    '"sid": "%s", "status": "%s", "subresource_uris": {"media": "%s/Media.json"}, '
    '"to": "%s", "uri": "%s.json"}'
)


def messages_uri(account: str) -> str:
    """Return the path of an account's texts, without its ending."""
    return f"/{API_VERSION}/Accounts/{account}/Messages"


def text_json(text: Text, account: str, now: float) -> str:
    """Write one text as the API shows it now."""
    updated, status = text.step(now)
    uri = f"{messages_uri(account)}/{text.sid}"
    # A service picks its sender later; until then there is no sender and no count of segments.
    undecided = status in ("accepted", "scheduled")
    return _TEXT % (
        account,
        '""' if text.redacted else _quoted(text.body),
        written_date(int(text.created)),
        _sent(text, now),
        written_date(int(updated)),
        text.direction,
        *_error(text, status),
        "null" if undecided else f'"{text.sender}"',
        f'"{text.service}"' if text.service else "null",
        text.media,
        0 if undecided else text.segments,
        text.sid,
        status,
        uri,
        text.to,
        uri,
    )


def list_json(texts: list[Text], account: str, page: "Page") -> str:
    """Write one page of a list, newest text first."""
    uri = messages_uri(account) + ".json"
    here, following, first = page.addresses(texts, uri)
    now = time.time()
    shape = {
        "first_page_uri": first,
        "end": page.start + max(len(texts) - 1, 0),
        "previous_page_uri": None,
        "uri": here,
        "page_size": page.size,
        "start": page.start,
        "next_page_uri": following,
        "page": page.number,
    }
    rows = ", ".join(text_json(text, account, now) for text in texts)
    return f'{json.dumps(shape)[:-1]}, "messages": [{rows}]}}'


class Page:
    """Which part of a list is asked for; the token names the last text of the page before."""

    def __init__(self, query: dict[str, str]) -> None:
        self._filters = {k: v for k, v in query.items() if k not in ("Page", "PageToken")}
        self.size = max(min(_whole(query, "PageSize", usual=50), LARGEST_PAGE), 1)
        self.number = _whole(query, "Page", usual=0)
        self.token = query.get("PageToken", "")
        self.more = False

    @property
    def start(self) -> int:
        """Return the place in the list of the first text of this page."""
        return self.number * self.size

    def addresses(self, texts: list[Text], uri: str) -> tuple[str, str | None, str]:
        """Return the addresses of this page, the next one if there is one, and the first."""
        first = self._address(uri, 0, "")
        here = self._address(uri, self.number, self.token)
        following = self._address(uri, self.number + 1, f"PA{texts[-1].sid}") if self.more else None
        return here, following, first

    def _address(self, uri: str, number: int, token: str) -> str:
        asked = {**self._filters, "PageSize": str(self.size), "Page": str(number)}
        return f"{uri}?{urlencode({**asked, 'PageToken': token} if token else asked)}"


def refusal_json(refusal: Refusal) -> str:
    """Write a refusal as the API shows it."""
    return json.dumps(
        {
            "code": refusal.code,
            "message": refusal.message,
            "more_info": f"https://www.twilio.com/docs/errors/{refusal.code}",
            "status": refusal.status,
        }
    )


@lru_cache(maxsize=256)
def written_date(second: int) -> str:
    """Write a time as RFC 2822 has it; thousands of texts share one second."""
    return format_datetime(datetime.fromtimestamp(second, UTC))


def _sent(text: Text, now: float) -> str:
    at = text.sent_at(now)
    return "null" if at is None else f'"{written_date(int(at))}"'


def _error(text: Text, status: str) -> tuple[str, str]:
    if not text.code or status not in ("failed", "undelivered"):
        return "null", "null"
    return str(text.code), _quoted(LATER[text.code][1])


def _whole(query: dict[str, str], name: str, *, usual: int) -> int:
    value = query.get(name, str(usual))
    if not value.isdecimal():
        raise Refusal(20001, about=name)
    return int(value)
