import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapidresponse.errors import IllegalMove
from rapidresponse.rules import lifecycle
from rapidresponse.rules.lifecycle import (
    ALERT_MOVES,
    DELIVERY_MOVES,
    HELD_BACK,
    OPEN,
    RANK,
    REACHED,
    AlertState,
    DeliveryState,
    News,
    Standing,
    check_alert_move,
    is_second_text,
    rises,
    standing,
)

A, D = AlertState, DeliveryState


def now(state, attempt=1, sid=None):
    return Standing(1, 0, state, attempt, standing(state, attempt), sid)


def test_every_state_has_a_row_of_moves_and_a_rank():
    assert set(ALERT_MOVES) == set(AlertState)
    assert set(DELIVERY_MOVES) == set(RANK) == set(DeliveryState)


def test_whoever_has_the_text_has_it():
    assert DELIVERY_MOVES[D.DELIVERED] == frozenset()
    assert all(D.DELIVERED in DELIVERY_MOVES[state] for state in D if state is not D.DELIVERED)


def test_nobody_is_both_texted_and_held_back():
    assert not REACHED & HELD_BACK
    assert not OPEN & HELD_BACK


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (A.WAITING, A.SENDING),
        (A.WAITING, A.HALTED),
        (A.SENDING, A.PAUSED),
        (A.SENDING, A.DONE),
        (A.SENDING, A.EXPIRED),
        (A.PAUSED, A.SENDING),
        (A.DONE, A.SENDING),
    ],
)
def test_an_alert_may_move_so(old, new):
    check_alert_move(old, new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (A.HALTED, A.SENDING),
        (A.EXPIRED, A.SENDING),
        (A.WAITING, A.DONE),
        (A.SENDING, A.WAITING),
        (A.SENDING, A.SENDING),
        (A.DONE, A.HALTED),
        (A.PAUSED, A.DONE),
    ],
)
def test_an_alert_may_not_move_so(old, new):
    with pytest.raises(IllegalMove, match=f"{old} cannot become {new}"):
        check_alert_move(old, new)


@pytest.mark.parametrize(
    ("old", "new", "moves"),
    [
        (D.INTENT, D.ACCEPTED, True),
        (D.INTENT, D.DELIVERED, True),
        (D.ACCEPTED, D.SENT, True),
        (D.SENT, D.ACCEPTED, False),
        (D.SENT, D.SENT, False),
        (D.DELIVERED, D.UNDELIVERED, False),
        (D.DELIVERED, D.FAILED, False),
        (D.UNDELIVERED, D.DELIVERED, True),
        (D.FAILED, D.SENT, False),
        (D.SUPPRESSED, D.DELIVERED, True),
        (D.ACCEPTED, D.PENDING, False),
        (D.ACCEPTED, D.IN_DOUBT, False),
        (D.IN_DOUBT, D.ACCEPTED, True),
        (D.IN_DOUBT, D.INTENT, False),
    ],
)
def test_news_of_the_same_attempt_only_moves_forward(old, new, moves):
    assert rises(now(old), News(1, 1, new)) is moves


@pytest.mark.parametrize("state", [D.ACCEPTED, D.SENT, D.UNDELIVERED, D.FAILED, D.IN_DOUBT])
def test_late_news_of_an_older_attempt_is_ignored(state):
    assert not rises(now(D.INTENT, attempt=2), News(1, 1, state))


def test_a_delivery_of_an_older_attempt_is_the_truth_all_the_same():
    assert rises(now(D.FAILED, attempt=3), News(1, 1, D.DELIVERED))


attempts = st.integers(1, 3000)
states = st.sampled_from(DeliveryState)


@given(states, states, attempts, attempts)
def test_a_standing_only_rises_and_fits_its_column(old, new, first, second):
    here, there = standing(old, first), standing(new, second)

    assert here <= lifecycle.HIGHEST < 2**15
    if rises(now(old, first), News(1, second, new)):
        assert there > here


def test_a_second_text_is_one_under_another_name():
    assert is_second_text(now(D.SENT, sid="SM1"), News(1, 2, D.SENT, sid="SM2"))
    assert not is_second_text(now(D.SENT, sid="SM1"), News(1, 1, D.DELIVERED, sid="SM1"))
    assert not is_second_text(now(D.INTENT), News(1, 1, D.SENT, sid="SM1"))
    assert not is_second_text(now(D.SENT, sid="SM1"), News(1, 1, D.IN_DOUBT))
