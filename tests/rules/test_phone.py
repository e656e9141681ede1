import traceback

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapidresponse.errors import InvalidPhone
from rapidresponse.rules import phone


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("+17045550142", "+17045550142"),
        ("704-555-0142", "+17045550142"),
        ("(704) 555-0142", "+17045550142"),
        (" 1.704.555.0142 ", "+17045550142"),
        ("+1 787 555 0142", "+17875550142"),
        ("+13405550142", "+13405550142"),
        ("+16715550142", "+16715550142"),
        ("+16705550142", "+16705550142"),
        ("+16846331234", "+16846331234"),
    ],
)
def test_numbers_of_the_us_and_its_territories_are_understood(written, number):
    assert phone.parse(written) == number


@pytest.mark.parametrize(
    "written",
    [
        pytest.param("+18765550142", id="Jamaica"),
        pytest.param("+18095550142", id="Dominican Republic"),
        pytest.param("+14165550142", id="Canada"),
        pytest.param("+442079460018", id="United Kingdom"),
        pytest.param("011 44 20 7946 0018", id="dialled abroad"),
        pytest.param("+19005550142", id="premium"),
        pytest.param("+18005550142", id="toll-free"),
        pytest.param("+15005550006", id="personal"),
        pytest.param("+15555550142", id="no such area"),
        pytest.param("+170455501421", id="a digit too many"),
        pytest.param("7045550", id="seven digits"),
        pytest.param("28205", id="a short code"),
        pytest.param("", id="nothing"),
        pytest.param("+", id="a sign"),
        pytest.param("1-704-FLOWERS", id="letters"),
        pytest.param("704-555-0142 x5", id="an extension"),
        pytest.param("+1704555014\u0662", id="an Arabic digit"),
        pytest.param("+1704555014\uff12", id="a full-width digit"),
        pytest.param("+17045550142\x00", id="NUL"),
        pytest.param("+17045550142\n", id="a line break"),
        pytest.param("+1 (704) - 555 - 0142 ", id="more than twenty characters"),
        pytest.param("+1704555" + "0" * 5000, id="a novel"),
    ],
)
def test_other_numbers_are_refused_without_being_repeated(written):
    with pytest.raises(InvalidPhone) as refusal:
        phone.parse(written)

    message = str(refusal.value)
    assert not any(char.isdigit() for char in message)
    assert refusal.value.__cause__ is None
    assert "direct cause" not in "".join(traceback.format_exception(refusal.value))


@given(st.text(alphabet="0123456789+-(). ", max_size=25))
def test_a_parsed_number_parses_to_itself(written):
    try:
        number = phone.parse(written)
    except InvalidPhone:
        return

    assert phone.parse(number) == number


def test_a_masked_number_shows_two_digits():
    assert phone.mask("+17045550142") == "...42"
