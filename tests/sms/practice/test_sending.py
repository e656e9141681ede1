import asyncio
import base64
import json
import time

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.http.async_http_client import AsyncTwilioHttpClient
from twilio.rest import Client

from rapidresponse.sms.practice.refusals import AT_ONCE

ACCOUNT = "AC" + "0" * 32
TOKEN = "practice-token-of-thirty-two-char"
SERVICE = "MG" + "1" * 32
SENDER = "+17045550100"
PHONE = "+17045550142"
MESSAGES = f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json"
KEY = {"Authorization": "Basic " + base64.b64encode(f"{ACCOUNT}:{TOKEN}".encode()).decode()}

# Codes that no request to send is answered with.
NOT_FOR_SENDING = {20004, 20009, 30400, 30409}

# The SDK still builds its key in a way that aiohttp has begun to warn of.
upstream = pytest.mark.filterwarnings(
    "ignore:(BasicAuth|The 'auth' parameter) is deprecated:DeprecationWarning"
)


def refused(send):
    with pytest.raises(TwilioRestException) as caught:
        send()
    return caught.value


def test_a_service_accepts_a_text_before_it_knows_the_sender(carrier):
    text = carrier.send(PHONE, "¿Qué pasó?")

    assert text.status == "accepted"
    assert text.from_ is None
    assert text.num_segments == "0"
    assert text.messaging_service_sid == SERVICE
    assert text.to == PHONE
    assert text.body == "¿Qué pasó?"
    assert text.direction == "outbound-api"
    assert text.sid.startswith("SM")
    assert len(text.sid) == 34
    assert text.price is None
    assert text.error_code is None
    assert text.date_sent is None
    assert abs(text.date_created.timestamp() - time.time()) < 5


def test_a_bare_sender_queues_a_text_and_counts_its_segments(carrier):
    text = carrier.send(PHONE, "á" * 71, from_=SENDER)

    assert text.status == "queued"
    assert text.from_ == SENDER
    assert text.num_segments == "2"
    assert text.messaging_service_sid is None


def test_dates_and_members_are_spelled_as_twilio_spells_them(carrier):
    form = f"To=%2B17045550142&From=%2B17045550100&Body=Hola%20%22vecina%22+{'a' * 5}"

    status, body = carrier.raw("POST", MESSAGES, form, KEY)

    text = json.loads(body)
    assert status == 201
    assert text["body"] == 'Hola "vecina" aaaaa'
    assert text["date_created"].endswith(" +0000")
    assert text["uri"] == f"/2010-04-01/Accounts/{ACCOUNT}/Messages/{text['sid']}.json"
    assert text["subresource_uris"] == {"media": text["uri"].replace(".json", "/Media.json")}
    assert set(text) == {
        "account_sid", "api_version", "body", "date_created", "date_sent", "date_updated",
        "direction", "error_code", "error_message", "from", "messaging_service_sid", "num_media",
        "num_segments", "price", "price_unit", "sid", "status", "subresource_uris", "to", "uri",
    }  # fmt: skip


def test_a_text_reaches_the_phone_and_is_delivered(carrier, eventually):
    text = carrier.send(PHONE, "Hello")

    eventually(lambda: carrier.inbox(PHONE) == ["Hello"])
    later = carrier.client.messages(text.sid).fetch()
    assert later.status == "delivered"
    assert later.from_ == SENDER
    assert later.num_segments == "1"
    assert later.date_sent is not None


def test_every_code_can_be_asked_for(carrier):
    asked = sorted(set(AT_ONCE) - NOT_FOR_SENDING)

    answers = {code: refused(lambda c=code: carrier.send(f"+150055{c}")) for code in asked}

    assert {code: error.code for code, error in answers.items()} == {c: c for c in asked}
    assert {code: error.status for code, error in answers.items()} == {
        c: AT_ONCE[c][0] for c in asked
    }
    assert carrier.lever("totals")["refused"] == len(asked)
    assert carrier.lever("totals")["accepted"] == 0


@pytest.mark.parametrize(
    ("to", "code"),
    [
        ("+15005550001", 21211),
        ("+15005550002", 21612),
        ("+15005550003", 21408),
        ("+15005550004", 21610),
        ("+15005550009", 21614),
    ],
)
def test_twilios_own_magic_numbers_are_refused(carrier, to, code):
    assert refused(lambda: carrier.send(to)).code == code


@pytest.mark.parametrize(
    ("sender", "code"),
    [("+15005550001", 21212), ("+15005550007", 21606), ("+15005550008", 21611)],
)
def test_twilios_own_magic_senders_are_refused(carrier, sender, code):
    assert refused(lambda: carrier.send(from_=sender)).code == code


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"to": "7045550142"}, 21211),
        ({"to": "+0123456789"}, 21211),
        ({"to": ""}, 21604),
        ({"body": ""}, 21602),
        ({"body": "a" * 1601}, 21617),
        ({"messaging_service_sid": ""}, 21603),
        ({"messaging_service_sid": "MG" + "9" * 32}, 21701),
        ({"from_": "+17045550199"}, 21606),
        ({"to": SENDER}, 21266),
        ({"status_callback": "alerts.example.org/cb"}, 21609),
        ({"status_callback": "https://rapid_response.example.org/cb"}, 21609),
        ({"status_callback": "http://[broken/cb"}, 21609),
        ({"validity_period": 0}, 20001),
        ({"validity_period": 36_001}, 20001),
        ({"schedule_type": "fixed", "send_at": "soon"}, 20001),
        ({"schedule_type": "fixed", "from_": SENDER}, 35118),
    ],
)
def test_a_faulty_request_is_refused_with_its_code(carrier, asked, code):
    asked = {"to": PHONE, "body": "Hello", **asked}

    error = refused(lambda: carrier.send(**asked))

    assert (error.status, error.code) == (400, code)


def test_a_refusal_names_its_code_and_its_page(carrier):
    status, body = carrier.raw("POST", MESSAGES, "Body=Hello", KEY)

    assert status == 400
    assert json.loads(body) == {
        "code": 21604,
        "message": "A 'To' phone number is required.",
        "more_info": "https://www.twilio.com/docs/errors/21604",
        "status": 400,
    }


def test_sixteen_hundred_letters_still_go(carrier):
    assert carrier.send(PHONE, "a" * 1600, from_=SENDER).num_segments == "11"


@pytest.mark.parametrize(
    ("name", "secret"), [(ACCOUNT, "wrong"), ("SK" + "2" * 32, TOKEN), ("AC" + "9" * 32, TOKEN)]
)
def test_a_wrong_key_opens_nothing(carrier, name, secret):
    sdk = carrier.sdk(name, secret)

    error = refused(lambda: sdk.messages.create(to=PHONE, body="Hello", from_=SENDER))

    assert (error.status, error.code) == (401, 20003)


def test_an_api_key_opens_the_account(carrier):
    sdk = carrier.sdk("SK" + "2" * 32, "practice-api-secret")

    assert sdk.messages.create(to=PHONE, body="Hello", from_=SENDER).status == "queued"


def test_another_account_is_not_found(carrier):
    sdk = carrier.sdk(ACCOUNT, TOKEN, "AC" + "9" * 32)

    assert refused(lambda: sdk.messages.create(to=PHONE, body="Hi", from_=SENDER)).code == 20404


def test_the_account_itself_can_be_fetched(carrier):
    assert carrier.client.api.accounts(ACCOUNT).fetch().status == "active"


def test_pictures_are_counted_and_named_apart(carrier):
    text = carrier.send(PHONE, "", media_url=["https://example.org/1", "https://example.org/2"])

    assert text.num_media == "2"
    assert text.sid.startswith("MM")


@upstream
def test_the_async_sdk_sends_too(carrier):
    async def send():
        async with AsyncTwilioHttpClient() as http:
            client = Client(ACCOUNT, TOKEN, http_client=http)
            client.api.base_url = carrier.url
            texts = [
                client.messages.create_async(
                    to=f"+1704555{n:04}", body="Hello", messaging_service_sid=SERVICE
                )
                for n in range(20)
            ]
            return await asyncio.gather(*texts)

    texts = asyncio.run(send())

    assert len({text.sid for text in texts}) == 20
    assert carrier.lever("totals")["phones"] == 20


def test_an_answer_comes_as_late_as_the_knob_says(open_carrier):
    carrier = open_carrier(latency_ms=120)
    carrier.send()
    began = time.perf_counter()

    carrier.send()

    assert time.perf_counter() - began >= 0.12


def test_headers_name_the_request_and_the_load(carrier):
    answer = carrier.client.messages.create_with_http_info(to=PHONE, body="Hello", from_=SENDER)

    assert answer.status_code == 201
    assert answer.headers["Twilio-Request-Id"].startswith("RQ")
    assert answer.headers["Twilio-Concurrent-Requests"] == "1"


@upstream
def test_too_many_at_once_are_turned_away(open_carrier):
    carrier = open_carrier(latency_ms=250, concurrency=2)

    async def send(http):
        client = Client(ACCOUNT, TOKEN, http_client=http)
        client.api.base_url = carrier.url
        return await client.messages.create_async(to=PHONE, body="Hello", from_=SENDER)

    async def send_five():
        async with AsyncTwilioHttpClient() as http:
            return await asyncio.gather(*(send(http) for _ in range(5)), return_exceptions=True)

    answers = asyncio.run(send_five())

    turned_away = [a for a in answers if isinstance(a, TwilioRestException)]
    assert {(e.status, e.code) for e in turned_away} == {(429, 20429)}
    assert len(turned_away) == 3
    assert carrier.lever("totals")["accepted"] == 2


def test_there_is_nothing_else_here(carrier):
    assert carrier.raw("GET", "/", headers=KEY)[0] == 404
    assert carrier.raw("GET", f"/2010-04-01/Accounts/{ACCOUNT}/Calls.json", headers=KEY)[0] == 404
    assert carrier.raw("PUT", MESSAGES, headers=KEY)[0] == 405
