import secrets
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from twilio.request_validator import RequestValidator
from werkzeug.datastructures import MultiDict
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request

from tests.network import replies
from tests.rows import queued, rows

PATH = "/twilio/inbound"
SILENCE = '<?xml version="1.0" encoding="UTF-8"?><Response></Response>'


@pytest.fixture
def maria(network):
    return network.phone("+17045550101")


def unchanged(network, call):
    before = rows(network.wiring)
    answer = call()
    assert rows(network.wiring) == before
    assert queued(network.wiring) == 0
    return answer


def form_of(network, **changes):
    form = {
        "MessageSid": "SM" + secrets.token_hex(16),
        "AccountSid": network.wiring.config.twilio_account_sid,
        "From": "+17045550101",
        "Body": "JOIN 28205",
    }
    return form | changes


def signed_over(network, url, form, token=None):
    validator = RequestValidator(token or network.wiring.config.twilio_auth_token)
    return validator.compute_signature(url, form)


# Signatures that are not the carrier's for this call; each is made from the network and the form.
FORGED = {
    "none": lambda _network, _form: "",
    "noise": lambda _network, _form: "AAAA",
    "letters beyond ASCII": lambda _network, _form: "\xe9\xff",
    "another path": lambda network, form: network.sign("/twilio/inbound/", form),
    "another query": lambda network, form: network.sign(PATH + "?x=1", form),
    "another host": lambda network, form: signed_over(network, "https://evil.example" + PATH, form),
    "another scheme": lambda network, form: signed_over(
        network, network.wiring.config.public_url.replace("http:", "https:") + PATH, form
    ),
    "another token": lambda network, form: signed_over(
        network, network.wiring.config.public_url + PATH, form, "0" * 32
    ),
    "another sender": lambda network, form: network.sign(PATH, form | {"From": "+17045550102"}),
    "one field fewer": lambda network, form: network.sign(
        PATH, {name: form[name] for name in ("MessageSid", "AccountSid", "From")}
    ),
}


def test_a_text_that_the_carrier_did_not_sign_is_refused(network):
    def post(forge):
        form = form_of(network)
        headers = {"X-Twilio-Signature": forge(network, form)}
        return network.client.post(PATH, data=form, headers=headers)

    told = unchanged(network, lambda: {case: post(forge) for case, forge in FORGED.items()})

    assert {case: answer.status_code for case, answer in told.items()} == dict.fromkeys(FORGED, 403)
    assert not [case for case, answer in told.items() if b"<Response>" in answer.data]


# Forms that the carrier has signed and would not send; None takes a field away.
WRONG: dict[str, Any] = {
    "another account": {"AccountSid": "AC" + "1" * 32},
    "no account": {"AccountSid": None},
    "no name": {"MessageSid": None},
    "a name that is none": {"MessageSid": "hello"},
    "a name in capitals": {"MessageSid": "SM" + "A" * 32},
    "a name that is too long": {"MessageSid": "SM" + "a" * 33},
    "the name of a call": {"MessageSid": "CA" + "a" * 32},
    "a name ending in a line break": {"MessageSid": "SM" + "a" * 32 + "\n"},
    "no sender": {"From": None},
    "an empty sender": {"From": ""},
    "1,601 characters": {"Body": "a" * 1601},
    "an unknown kind of leaving": {"OptOutType": "MAYBE"},
}


def test_a_signed_form_that_is_wrong_is_refused(network, maria):
    told = unchanged(
        network,
        lambda: {
            case: maria.post({"Body": "JOIN 28205"} | changes).status_code
            for case, changes in WRONG.items()
        },
    )

    assert told == dict.fromkeys(WRONG, 400)


def test_a_field_that_stands_twice_is_refused(network):
    form = {name: [value] for name, value in form_of(network).items()}
    form["Body"] = ["JOIN 28205", "STOP"]
    signature = signed_over(network, network.wiring.config.public_url + PATH, MultiDict(form))

    answer = unchanged(
        network,
        lambda: network.client.post(PATH, data=form, headers={"X-Twilio-Signature": signature}),
    )

    assert answer.status_code == 400


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE"])
def test_a_text_is_posted(network, method):
    assert network.client.open(PATH, method=method).status_code == 405


def test_a_huge_body_is_refused(network):
    body = b"Body=" + b"a" * 200_000

    answer = unchanged(
        network,
        lambda: network.client.post(
            PATH, data=body, content_type="application/x-www-form-urlencoded"
        ),
    )

    assert answer.status_code == 413


@pytest.mark.parametrize("kind", ["application/json", "text/plain", "application/xml", ""])
def test_a_body_that_is_no_form_is_refused(network, kind):
    signature = network.sign(PATH, {})

    answer = unchanged(
        network,
        lambda: network.client.post(
            PATH,
            data=b'{"Body": "STOP"}',
            content_type=kind,
            headers={"X-Twilio-Signature": signature},
        ),
    )

    assert answer.status_code == 400


def test_a_path_in_another_spelling_needs_a_signature_over_that_spelling(network):
    spelled, form = "/twilio/%69nbound", form_of(network)

    plain = network.client.post(
        spelled, data=form, headers={"X-Twilio-Signature": network.sign(PATH, form)}
    )
    exact = network.client.post(
        spelled, data=form, headers={"X-Twilio-Signature": network.sign(spelled, form)}
    )

    assert (plain.status_code, exact.status_code) == (403, 200)


def test_a_query_is_part_of_what_is_signed(network):
    path, form = PATH + "?from=carrier&x=%20", form_of(network)

    signature = network.sign(path, form)

    answer = network.client.post(path, data=form, headers={"X-Twilio-Signature": signature})
    assert answer.status_code == 200


def test_a_text_that_comes_twice_is_answered_once(network, maria):
    sid = "SM" + "ab" * 16
    first = maria.text("JOIN 28205", sid=sid)
    before = rows(network.wiring)

    again = maria.post({"Body": "JOIN 28205", "MessageSid": sid})

    assert len(first) == 1
    assert (again.status_code, again.get_data(as_text=True)) == (200, SILENCE)
    assert rows(network.wiring) == before


def test_a_text_that_comes_twice_at_once_is_answered_once(network):
    form = form_of(network)
    headers = {"X-Twilio-Signature": network.sign(PATH, form)}

    def post(_):
        return network.app.test_client().post(PATH, data=form, headers=headers)

    with ThreadPoolExecutor(6) as threads:
        answers = list(threads.map(post, range(6)))

    assert {answer.status_code for answer in answers} == {200}
    assert sorted(len(replies(answer.get_data(as_text=True))) for answer in answers) == [0] * 5 + [
        1
    ]
    assert len(rows(network.wiring)["texts_in"]) == 1


def test_a_person_who_texts_twice_at_once_is_one_person(network):
    def post(word):
        form = form_of(network, Body=word)
        headers = {"X-Twilio-Signature": network.sign(PATH, form)}
        return network.app.test_client().post(PATH, data=form, headers=headers)

    with ThreadPoolExecutor(6) as threads:
        answers = list(threads.map(post, ["JOIN 28205", "JOIN 28202", "UNIRSE 28205"] * 2))

    assert {answer.status_code for answer in answers} == {200}
    assert len(rows(network.wiring)["subscribers"]) == 1


# What people, pranksters and broken phones text. It gets a kind answer or none, and never breaks.
STRANGE = {
    "nothing": "",
    "blanks": " \t\r\n ",
    "emoji": "👍🏽🙏❤️‍🔥",
    "1,600 letters": "a" * 1600,
    "1,600 emoji": "🙏" * 1600,
    "a null": "JOIN\x0028205\x00",
    "only a null": "\x00",
    "right to left": "\u202eJOIN 28205\u202c \u200f",
    "marks without letters": "\u0301\u0301\u0301",
    "letters with a hundred marks": "J" + "\u0301" * 100 + "OIN 28205",
    "punctuation": "?!... ;; --- &&& %%% ###",
    "a quote that SQL would like": "'; DROP TABLE subscribers; --",
    "a text in markup": "</Message></Response><Message>hi</Message>",
    "an entity": "&lt;Message&gt; &amp; &#0; &nope; ]]>",
    "braces": "{org} {0} {} %s %(x)s ${jndi}",
    "control letters": "\x01\x02\x1b[31m\x7f\x85",
    "the end of the planes": "\U0010ffff\ufffe\uffff\ufdd0",
    "only digits": "9" * 1600,
    "ten ZIP codes": "28205 " * 10,
    "JOIN and noise": "JOIN " + "x" * 1500,
    "JOIN and markup": "JOIN <b>28205</b>&",
    "UNIRSE and emoji": "UNIRSE 🏠",
    "YES to nothing": "YES",
    "no to nothing": "NO",
    "other digits": "JOIN ２８２０５",  # noqa: RUF001 - the look-alikes are the point
    "Arabic digits": "JOIN ٢٨٢٠٥",
    "another language": "请告诉我该怎么办",
    "half a word": "JOIN ",
}


def test_whatever_is_texted_is_answered_kindly_or_not_at_all(maria):
    answers = {case: maria.post({"Body": body}) for case, body in STRANGE.items()}

    for answer in answers.values():
        assert (answer.status_code, answer.mimetype) == (200, "text/xml")
        response = ET.fromstring(answer.get_data(as_text=True))  # noqa: S314 - our own answer
        assert response.tag == "Response"
        assert [message.tag for message in response] in ([], ["Message"])
        assert all(message.text and len(message) == 0 for message in response)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"%FF%FE", 200),
        (b"JOIN+%ED%A0%80+28205", 200),
        (b"%C3", 200),
        (b"%", 200),
        (b"%zz", 200),
        (b"\xff\xfe", 400),
        (b"J\xd3IN", 400),
    ],
)
def test_bytes_that_are_no_text_break_nothing(network, body, code):
    form = form_of(network)
    rest = "&".join(f"{name}={form[name]}" for name in ("MessageSid", "AccountSid"))
    raw = f"{rest}&From=%2B17045550101&Body=".encode() + body
    kind = "application/x-www-form-urlencoded"
    heard = Request(EnvironBuilder(data=raw, content_type=kind, method="POST").get_environ()).form
    signature = network.sign(PATH, heard)

    answer = network.client.post(
        PATH, data=raw, content_type=kind, headers={"X-Twilio-Signature": signature}
    )

    assert answer.status_code == code


MACHINES = [
    "28205",
    "611",
    "TWILIO",
    "+18765550101",  # Jamaica
    "+14165550101",  # Canada
    "+525555550101",
    "+18005550101",
    "+1704555010",
    "whatsapp:+17045550101",
    "client:maria",
    "+17045550101;ext=7",
    "anonymous",
    "' OR 1=1 --",
]


def test_machines_and_numbers_abroad_are_answered_with_silence(network, maria):
    told = unchanged(
        network,
        lambda: {
            sender: maria.post({"From": sender, "Body": "JOIN 28205"}).get_data(as_text=True)
            for sender in MACHINES
        },
    )

    assert told == dict.fromkeys(MACHINES, SILENCE)


def test_a_text_without_words_is_a_text(maria):
    assert len(maria.text(None)) == 1


def test_the_record_being_away_is_said_and_the_text_is_taken_the_next_time(
    network, maria, record_is_read_only
):
    sid = "SM" + "cd" * 16

    with record_is_read_only():
        answer = maria.post({"Body": "JOIN 28205", "MessageSid": sid})

    assert answer.status_code == 503
    assert len(maria.text("JOIN 28205", sid=sid)) == 1
    assert len(rows(network.wiring)["subscribers"]) == 1
