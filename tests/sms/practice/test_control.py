import json

import pytest

from rapidresponse.errors import Misconfigured
from rapidresponse.sms.practice import Settings

TOKEN = "practice-token-of-thirty-two-char"
PHONE = "+17045550142"
OTHER = "+17045550143"


def refused(carrier, name, body, key=TOKEN):
    status, words = carrier.raw("POST", f"/practice/{name}", body, {"X-Practice-Key": key})
    return status, json.loads(words)["error"]


@pytest.mark.parametrize("key", ["", "wrong", TOKEN[:-1], "ñ"])
def test_the_levers_need_the_key(carrier, key):
    assert refused(carrier, "totals", "{}", key.encode())[0] == 401
    assert carrier.raw("POST", "/practice/totals", "{}")[0] == 401


@pytest.mark.parametrize(
    ("name", "body", "problem"),
    [
        ("totals", "{", "JSON"),
        ("totals", "[]", "JSON object"),
        ("text", '{"from": "+17045550142"}', "body must be a string"),
        ("text", '{"from": "7045550142", "body": "Hi"}', "from must be a number"),
        ("inbox", '{"phone": 7}', "phone must be a string"),
        ("inbox", '{"phone": "+17045550142", "after": -1}', "after must be a whole number"),
        ("log", '{"limit": true}', "limit must be a whole number"),
        ("knobs", '{"speed": 1}', "speed is not a knob"),
        ("knobs", '{"rate": -1}', "rate must be a number"),
        ("knobs", '{"rate": NaN}', "rate must be a number"),
        ("knobs", '{"queue_cap": 1.5}', "queue_cap must be a whole number"),
        ("knobs", '{"callbacks": 1}', "callbacks must be true or false"),
        ("knobs", '{"faults": 1}', "faults must be a table"),
        ("knobs", '{"fail_code": 21610}', "fail_code 21610"),
        ("knobs", '{"fail_share": 2}', "fail_share is between 0 and 1"),
        ("knobs", '{"auth_token": "mine"}', "auth_token is not a knob"),
    ],
)
def test_a_wrong_question_is_answered_in_plain_words(carrier, name, body, problem):
    status, error = refused(carrier, name, body)

    assert status == 400
    assert problem in error


def test_there_is_no_other_lever(carrier):
    assert refused(carrier, "elsewhere", "{}")[0] == 404
    assert carrier.raw("GET", "/practice/totals", "", {"X-Practice-Key": TOKEN})[0] == 404


def test_totals_count_texts_phones_and_news(carrier, customer, eventually):
    for phone in (PHONE, PHONE, OTHER):
        carrier.send(phone, status_callback=f"{customer.url}/cb")

    eventually(lambda: carrier.lever("totals")["callbacks_sent"] == 9)
    totals = carrier.lever("totals")
    assert totals["accepted"] == 3
    assert totals["phones"] == 2
    assert totals["most_to_one_phone"] == 2
    assert totals["refused"] == 0
    assert totals["by_status"] == {"delivered": 3}
    assert totals["first_at"] < totals["last_at"]
    assert totals["callbacks_failed"] == 0


def test_the_log_lists_what_was_taken_in_order(carrier):
    sids = [carrier.send(PHONE, str(n)).sid for n in range(4)]
    carrier.text("not in the log")

    whole = carrier.lever("log")
    part = carrier.lever("log", after=1, limit=2)

    assert [(row["n"], row["sid"], row["to"], row["body"]) for row in whole] == [
        (n + 1, sid, PHONE, str(n)) for n, sid in enumerate(sids)
    ]
    assert part == [{**row, "status": part[i]["status"]} for i, row in enumerate(whole[1:3])]


def test_knobs_turn_while_it_runs_and_show_how_they_stand(carrier):
    before = carrier.lever("knobs")
    after = carrier.lever("knobs", latency_ms=2.5, rate=30, faults={"429": 0.5})

    assert before["latency_ms"] == 0
    assert after == {
        **before,
        "latency_ms": 2.5,
        "rate": 30,
        "faults": {"429": 0.5, "hang_seconds": 30, "list_lag_seconds": 0},
    }


def test_a_reset_forgets_everything_but_the_knobs(carrier):
    carrier.text("STOP")
    carrier.send(OTHER)
    carrier.lever("knobs", rate=5)

    carrier.lever("reset")

    totals = carrier.lever("totals")
    assert (totals["accepted"], totals["opted_out"], totals["first_at"]) == (0, 0, None)
    assert carrier.inbox(PHONE) == []
    assert carrier.client.messages.list() == []
    assert carrier.send(PHONE).status == "accepted"
    assert carrier.lever("knobs")["rate"] == 5


def test_a_reset_can_turn_the_knobs_back_too(carrier):
    carrier.lever("knobs", rate=5)

    carrier.lever("reset", knobs=True)

    assert carrier.lever("knobs")["rate"] == 0


def test_settings_keep_their_secrets_to_themselves():
    settings = Settings(
        account_sid="AC1", auth_token="hush", api_secret="hush", sender="+17045550100"
    )

    assert "hush" not in repr(settings)
    assert settings.webhook == "http://127.0.0.1:8000/twilio/inbound"
    with pytest.raises(Misconfigured):
        settings.turned({"fail_code": 1})
