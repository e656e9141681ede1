import base64

import pytest

from rapidresponse.rules import hooks
from rapidresponse.rules.hooks import Signed

# The worked example of the standard: standardwebhooks.com, "Signature scheme".
SECRET = "whsec_plJ3nmyCDGBKInavdOK15jsl"
BODY = b'{"event_type":"ping","data":{"success":true}}'
CALL = Signed(
    "msg_loFOjxBNrRLzqYUf",
    "1731705121",
    "v1,rAvfW3dJ/X/qxhsaXPOyyCGmRKsaKWcsNccKXlIktD0=",
    BODY,
)
THEN = 1731705121.0


def with_signature(signature):
    return Signed(CALL.id, CALL.timestamp, signature, BODY)


def test_the_example_of_the_standard_is_genuine():
    assert hooks.sign(SECRET, CALL.id, int(CALL.timestamp), BODY) == CALL.signature
    assert hooks.is_genuine(SECRET, CALL, now=THEN)


def test_a_secret_has_the_form_of_the_standard_and_is_new_each_time():
    one, other = hooks.fresh_secret(), hooks.fresh_secret()

    assert one != other
    assert one.startswith("whsec_")
    assert len(base64.b64decode(one.removeprefix("whsec_"), validate=True)) == 24


@pytest.mark.parametrize(
    ("away", "genuine"), [(0, True), (300, True), (-300, True), (301, False), (-301, False)]
)
def test_a_call_is_believed_for_five_minutes(away, genuine):
    assert hooks.is_genuine(SECRET, CALL, now=THEN + away) is genuine


@pytest.mark.parametrize(
    "change",
    [
        {"id": "msg_other"},
        {"id": ""},
        {"id": "msg with a blank"},
        {"id": "m" * 129},
        {"id": "msg_é"},
        {"id": CALL.id + "\n"},
        {"timestamp": "1731705122"},
        {"timestamp": "-1731705121"},
        {"timestamp": "1731705121.0"},
        {"timestamp": ""},
        {"timestamp": "1" * 400},
        {"body": BODY + b" "},
        {"body": b""},
        {"signature": ""},
        {"signature": "v1,"},
        {"signature": CALL.signature.replace("v1", "v2")},
        {"signature": CALL.signature.replace("v1,", "")},
        {"signature": CALL.signature.replace("=", "")},
        {"signature": CALL.signature.replace(" ", "")[:-1] + "é"},
        {"signature": "\ud800"},
    ],
)
def test_a_call_that_differs_in_anything_is_not_genuine(change):
    whole = {"id": CALL.id, "timestamp": CALL.timestamp, "signature": CALL.signature, "body": BODY}

    assert not hooks.is_genuine(SECRET, Signed(**whole | change), now=THEN)


def test_one_of_several_signatures_is_enough_but_not_of_too_many():
    among = f"v1,AAAA v1a,zzz {CALL.signature}"
    too_many = " ".join(["v1,AAAA"] * hooks.MOST_SIGNATURES + [CALL.signature])

    assert hooks.is_genuine(SECRET, with_signature(among), now=THEN)
    assert not hooks.is_genuine(SECRET, with_signature(too_many), now=THEN)


@pytest.mark.parametrize("secret", ["whsec_", "", "whsec_!!!", "whsec_AAAA"])
def test_another_secret_does_not_do(secret):
    assert not hooks.is_genuine(secret, CALL, now=THEN)


def test_neither_signature_nor_body_is_printed():
    assert "rAvfW3" not in repr(CALL)
    assert "ping" not in repr(CALL)
