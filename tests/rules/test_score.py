import re
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from rapidresponse.rules import intents, score, tongue

CASES = Path(__file__).parent.parent / "cases"


def told(name):
    [line] = [line for line in score.lines(CASES) if line.startswith(name)]
    return [int(number) for number in re.findall(r"\d+", line)]


def test_nobody_who_stays_leaves_and_nearly_all_who_leave_do():
    left, wished, gone, *_ = told("optout seen")

    assert gone == 0
    assert left >= 0.97 * wished


def test_nobody_who_stays_leaves_in_our_own_cases_either():
    assert told("own_optout seen")[2] == told("own_optout held out")[2] == 0


def test_the_language_of_short_texts_is_known():
    right, of = told("language seen")

    assert (right >= 39, of) == (True, 40)


def test_a_word_or_two_show_no_language():
    assert not tongue.is_long_enough("ok gracias")
    assert tongue.is_long_enough("hay migra en la central")


def test_other_scripts_are_neither_language():
    assert tongue.of("移民局在我家门口") is None
    assert tongue.of("") is None


@settings(max_examples=2000, deadline=None)
@given(st.text(max_size=200))
def test_every_text_means_something(said):
    assert intents.read(said) is not None
    assert tongue.of(said) in {None, "en", "es"}
