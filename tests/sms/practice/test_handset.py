import pytest
from twilio.request_validator import RequestValidator
from twilio.twiml.messaging_response import MessagingResponse

from rapidresponse.sms.practice import twiml
from rapidresponse.sms.practice.webhooks import LONGEST_ANSWER, Answer

ACCOUNT = "AC" + "0" * 32
TOKEN = "practice-token-of-thirty-two-char"
SERVICE = "MG" + "1" * 32
SENDER = "+17045550100"
PHONE = "+17045550142"


def test_a_text_from_a_phone_reaches_the_webhook_signed_and_whole(carrier, customer):
    answer = carrier.text("Ví 3 carros aquí")

    call = customer.calls[0]
    assert call.url == f"{customer.url}/twilio/inbound"
    assert RequestValidator(TOKEN).validate(call.url, call.form, call.headers["X-Twilio-Signature"])
    assert call.form == {
        "MessageSid": answer["sid"],
        "SmsSid": answer["sid"],
        "SmsMessageSid": answer["sid"],
        "AccountSid": ACCOUNT,
        "MessagingServiceSid": SERVICE,
        "From": PHONE,
        "To": SENDER,
        "Body": "Ví 3 carros aquí",
        "NumMedia": "0",
        "NumSegments": "1",
        "ReferralNumMedia": "0",
        "SmsStatus": "received",
        "ApiVersion": "2010-04-01",
        **{
            end + part: "" for end in ("From", "To") for part in ("City", "State", "Zip", "Country")
        },
    }


def test_replies_appear_on_the_phone_in_order(carrier, customer):
    response = MessagingResponse()
    response.message("¿Qué ZIP? & <más>")
    response.message().body("Second")
    customer.usual = (200, "text/xml", str(response))

    answer = carrier.text("JOIN")

    assert answer["status"] == 200
    assert answer["replies"] == ["¿Qué ZIP? & <más>", "Second"]
    assert answer["ms"] > 0
    shown = carrier.lever("inbox", phone=PHONE)["messages"]
    assert [(m["n"], m["direction"], m["body"]) for m in shown] == [
        (1, "out", "JOIN"),
        (2, "in", "¿Qué ZIP? & <más>"),
        (3, "in", "Second"),
    ]
    assert [m["n"] for m in carrier.lever("inbox", phone=PHONE, after=2)["messages"]] == [3]


def test_a_phone_can_be_read_while_texts_are_on_their_way(carrier, eventually):
    carrier.send(PHONE, "sent first, arrives second")
    carrier.text("typed at once")
    before = carrier.lever("inbox", phone=PHONE)["messages"]

    eventually(lambda: len(carrier.inbox(PHONE)) == 1)

    after = carrier.lever("inbox", phone=PHONE)["messages"]
    assert [m["body"] for m in before] == ["typed at once"]
    assert [m["body"] for m in after] == ["typed at once", "sent first, arrives second"]
    assert after[0]["at"] < after[1]["at"]


@pytest.mark.parametrize(
    ("answer", "bodies", "error"),
    [
        (Answer(200, "text/xml", b"<Response/>"), (), None),
        (Answer(204), (), None),
        (Answer(200, "text/xml", b"<Response><Message> a </Message></Response>"), ("a",), None),
        (
            Answer(200, "text/xml", b"<Response><Message><Body>a</Body></Message></Response>"),
            ("a",),
            None,
        ),
        (Answer(200, "text/xml", b"<Response><Message/></Response>"), (), None),
        (Answer(200, "text/xml", b"<Response><Redirect>/x</Redirect></Response>"), (), None),
        (Answer(200, "text/plain", b"OK"), ("OK",), None),
        (Answer(200, "text/html", b"<p>Oops"), (), 12100),
        (Answer(200, "text/xml", b"<Message>a</Message>"), (), 12100),
        (Answer(200, "text/xml", b"<" * (LONGEST_ANSWER + 1)), (), 11750),
        (Answer(500, "text/xml", b"<Response/>", "5xx"), (), 11200),
        (Answer(trouble="rt"), (), 11200),
    ],
)
def test_answers_are_read_as_twilio_reads_them(answer, bodies, error):
    assert twiml.read(answer) == twiml.Replies(bodies, error)


def test_a_customer_who_is_not_there_is_reported(open_carrier):
    carrier = open_carrier(public_url="http://127.0.0.1:9")

    answer = carrier.text("HELLO")

    assert (answer["status"], answer["replies"], answer["error"]) == (0, [], 11200)
