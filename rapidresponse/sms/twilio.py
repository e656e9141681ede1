"""The only file that knows Twilio's names."""

import base64
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode
from xml.sax.saxutils import escape

from twilio.base import values
from twilio.base.exceptions import TwilioException, TwilioRestException
from twilio.base.page import Page
from twilio.http import AsyncHttpClient
from twilio.http.response import Response
from twilio.request_validator import RequestValidator
from twilio.rest import Client

from rapidresponse.errors import CarrierDown
from rapidresponse.rules.lifecycle import DeliveryState as D
from rapidresponse.sms.provider import Accepted, Answer, Carried, NotSent, Refused, Text, Unsure
from rapidresponse.sms.wire import Lost, NotConnected, Wire

ANSWER_SECONDS = 10
PAGE = 1000
MOST_PAGES = 200
SERVER_ERROR = 500
TOO_MANY_REQUESTS = 429
SLACK_SECONDS = 120  # the carrier's clock may differ from ours

# At INFO the SDK logs addresses, and with them the phone numbers of list calls.
logging.getLogger("twilio.http_client").setLevel(logging.WARNING)

STATUSES: dict[str, D] = {
    "accepted": D.ACCEPTED,
    "scheduled": D.ACCEPTED,
    "queued": D.ACCEPTED,
    "sending": D.ACCEPTED,
    "sent": D.SENT,
    "delivered": D.DELIVERED,
    "read": D.DELIVERED,
    "partially_delivered": D.DELIVERED,
    "undelivered": D.UNDELIVERED,
    "failed": D.FAILED,
    "canceled": D.FAILED,
    "receiving": D.ACCEPTED,
    "received": D.ACCEPTED,
}


@dataclass(frozen=True, slots=True)
class Account:
    """Who we are to Twilio, and the sender we use."""

    sid: str
    auth_token: str = field(repr=False)
    api_key: str = field(repr=False)
    api_secret: str = field(repr=False)
    api_url: str
    public_url: str


class _Wired(AsyncHttpClient):
    """Our own connections under the SDK, with time limits and without retries.

    The SDK's asynchronous client drops its `timeout` argument, repeats a POST on 5xx when
    told to retry, which would text people twice, and costs half of what a text costs.
    """

    def __init__(self) -> None:
        super().__init__(logging.getLogger("twilio.http_client"), is_async=True, timeout=None)
        self.wire = Wire()

    async def request(  # type: ignore[override]  # noqa: PLR0917 - the SDK's signature, which types the awaited value
        self,
        method: str,
        url: str,
        params: Mapping[str, object] | None = None,
        data: Mapping[str, object] | None = None,
        headers: Mapping[str, str] | None = None,
        auth: tuple[str, str] | None = None,
        timeout: float | None = None,  # noqa: ASYNC109, ARG002 - the SDK's signature
        allow_redirects: bool = False,  # noqa: FBT001, FBT002, ARG002 - the SDK's signature
    ) -> Response:
        """Make one call of the SDK's."""
        sent = dict(headers or {})
        if auth:
            sent["Authorization"] = _basic(*auth)
        if params:
            url = f"{url}?{urlencode(params, doseq=True)}"
        body = urlencode(data, doseq=True).encode() if data else b""
        reply = await self.wire.call(method, url, sent, body, seconds=ANSWER_SECONDS)
        return Response(reply.status, reply.body.decode("utf-8", "replace"), reply.headers)


@lru_cache(maxsize=4)
def _basic(user: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()


class TwilioProvider:
    """Sends through Twilio's Messages API with the real SDK."""

    def __init__(self, account: Account) -> None:
        self._account = account
        self._http = _Wired()
        user, password = account.sid, account.auth_token
        if account.api_key:
            user, password = account.api_key, account.api_secret
        self._client = Client(user, password, account.sid, http_client=self._http)
        self._client.api.base_url = account.api_url

    async def send(self, text: Text) -> Answer:
        """Hand one text over."""
        try:
            taken = await self._client.messages.create_async(
                to=text.to,
                body=text.body,
                status_callback=f"{self._account.public_url}/twilio/status/{text.token}",
                validity_period=text.valid_seconds,
                **_sender(text.sender),
            )
        except TwilioRestException as refusal:
            return _refusal(refusal)
        except NotConnected:
            return NotSent(slow_down=False)  # nothing was handed over
        except (Lost, TwilioException, ValueError, KeyError) as lost:
            return Unsure(type(lost).__name__)
        return Accepted(taken.sid) if taken.sid else Unsure("no sid")

    async def carried(self, since: float, *, to: str | None = None) -> list[Carried]:
        """List what Twilio took since a moment, newest first, to one phone or to all."""
        found: list[Carried] = []
        pages = self._client.messages
        try:
            page: Page = await pages.page_async(to=to or values.unset, page_size=PAGE)
            for _ in range(MOST_PAGES):
                rows = [_carried(row) for row in page]
                found += [row for row in rows if row.created >= since - SLACK_SECONDS]
                if not rows or rows[-1].created < since - SLACK_SECONDS:
                    break
                following = await page.next_page_async()
                if following is None:
                    break
                page = following
        except (NotConnected, Lost, TwilioException, ValueError, KeyError) as lost:
            raise CarrierDown(type(lost).__name__) from None
        return found

    async def close(self) -> None:
        """Let the connections go."""
        await self._http.wire.close()


def _sender(name: str) -> dict[str, str]:
    return {"messaging_service_sid" if name.startswith("MG") else "from_": name}


def _refusal(refusal: TwilioRestException) -> Answer:
    if refusal.status == TOO_MANY_REQUESTS:
        return NotSent(slow_down=True)  # "never processed", says Twilio's page on 20429
    if refusal.status >= SERVER_ERROR or not isinstance(refusal.code, int):
        return Unsure(f"HTTP {refusal.status}")
    return Refused(refusal.code)


def _carried(row: Any) -> Carried:
    created = row.date_created.timestamp() if row.date_created else float("inf")
    return Carried(row.sid, row.to, row.body or "", str(row.status), created)


def is_signed(auth_token: str, url: str, form: Mapping[str, object], signature: str) -> bool:
    """Say whether Twilio signed this call to this exact address with these fields."""
    return bool(signature) and bool(RequestValidator(auth_token).validate(url, form, signature))


def replies(bodies: Sequence[str]) -> str:
    """Return the TwiML that answers a text that came in; with no bodies, silence."""
    messages = "".join(f"<Message>{escape(body)}</Message>" for body in bodies)
    return f'<?xml version="1.0" encoding="UTF-8"?><Response>{messages}</Response>'


def state_of(status: str) -> D | None:
    """Translate a status of Twilio's into a state of ours, or None if it is new to us."""
    return STATUSES.get(status)
