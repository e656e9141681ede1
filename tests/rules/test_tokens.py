import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapidresponse.rules import tokens
from rapidresponse.rules.tokens import Attempt

KEY = b"a key of the tests, and of nothing else"
TOKEN = tokens.sign(KEY, Attempt(7, 1200, 1))

attempts = st.builds(
    Attempt, st.integers(0, 2**64 - 1), st.integers(0, 2**32 - 1), st.integers(0, 2**16 - 1)
)


@given(attempts)
def test_a_token_names_its_attempt(attempt):
    token = tokens.sign(KEY, attempt)

    assert tokens.read(KEY, token) == attempt
    assert len(token) == tokens.LENGTH
    assert set(token) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")


def test_a_token_with_one_letter_changed_is_not_ours():
    for at, letter in enumerate(TOKEN):
        other = "A" if letter != "A" else "B"

        assert tokens.read(KEY, TOKEN[:at] + other + TOKEN[at + 1 :]) is None


@pytest.mark.parametrize(
    "token",
    ["", "A", TOKEN[:-1], TOKEN + "A", TOKEN[:-1] + "=", TOKEN[:-1] + "é", "*" * 32, " " * 32],
)
def test_what_is_no_token_is_not_ours(token):
    assert tokens.read(KEY, token) is None


@given(st.text(max_size=40))
def test_whatever_is_sent_breaks_nothing(token):
    assert tokens.read(KEY, token) is None


def test_another_network_cannot_sign_for_us():
    assert tokens.read(b"another key", TOKEN) is None
