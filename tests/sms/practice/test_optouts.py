import pytest
from twilio.base.exceptions import TwilioRestException

from rapidresponse.sms.practice.optouts import HELPED, START_WORDS, STOP_WORDS, STOPPED

PHONE = "+17045550142"
REPLY = (200, "text/xml", "<Response><Message>ours</Message></Response>")


def is_blocked(carrier):
    try:
        carrier.send(PHONE)
    except TwilioRestException as error:
        return error.code == 21610
    return False


def types(customer):
    return [call.form.get("OptOutType") for call in customer.calls]


@pytest.mark.parametrize("word", sorted(STOP_WORDS))
def test_a_stop_word_blocks_the_phone_at_once(carrier, customer, word):
    carrier.text(f" {word.lower()}\n")

    assert is_blocked(carrier)
    assert carrier.inbox(PHONE) == [STOPPED]
    assert types(customer) == ["STOP"]


@pytest.mark.parametrize("words", ["STOP PLEASE", "ALTO", "please stop", "AYUDA", "UNIRSE 28205"])
def test_other_words_reach_the_customer_plain(carrier, customer, words):
    carrier.text(words)

    assert not is_blocked(carrier)
    assert types(customer) == [None]


def test_a_second_stop_is_not_confirmed_again(carrier, customer):
    carrier.text("STOP")
    carrier.text("STOP")

    assert carrier.inbox(PHONE) == [STOPPED]
    assert types(customer) == ["STOP", "STOP"]


@pytest.mark.parametrize("word", sorted(START_WORDS))
def test_a_start_word_lifts_the_block_and_says_nothing(carrier, customer, word):
    carrier.text("STOP")
    carrier.text(word.lower())

    assert not is_blocked(carrier)
    assert types(customer) == ["STOP", "START"]
    assert carrier.inbox(PHONE)[:1] == [STOPPED]
    assert STOPPED not in carrier.inbox(PHONE)[1:]


def test_a_yes_from_a_phone_that_is_not_blocked_is_just_an_answer(carrier, customer):
    customer.usual = REPLY

    carrier.text("YES")

    assert types(customer) == [None]
    assert carrier.inbox(PHONE) == ["ours"]


def test_help_is_left_to_the_customer_unless_asked_for(carrier, customer):
    customer.usual = REPLY

    carrier.text("HELP")
    carrier.lever("knobs", carrier_help=True)
    carrier.text("INFO")

    assert types(customer) == [None, "HELP"]
    assert carrier.inbox(PHONE) == ["ours", HELPED, "ours"]


def test_our_reply_does_not_reach_a_phone_that_just_said_stop(carrier, customer):
    customer.usual = REPLY

    answer = carrier.text("STOP")

    assert answer["replies"] == []
    assert carrier.inbox(PHONE) == [STOPPED]


def test_without_advanced_opt_out_a_stop_blocks_in_silence(open_carrier, customer):
    carrier = open_carrier(advanced_opt_out=False)

    carrier.text("STOP")

    assert is_blocked(carrier)
    assert carrier.inbox(PHONE) == []
    assert types(customer) == [None]
