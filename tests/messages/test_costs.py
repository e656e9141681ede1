import pytest

from rapidresponse import messages
from rapidresponse.errors import Misconfigured
from rapidresponse.messages.costs import Line, longest
from rapidresponse.messages.words import CODED


@pytest.mark.parametrize("line", messages.check(), ids=lambda line: f"{line.key}-{line.language}")
def test_every_message_stays_within_its_limit_at_its_longest(line):
    assert line.fits


def test_every_blank_has_a_longest_filling():
    wanted = {blank for line in messages.check() for blank in line.blanks}

    assert set(longest("en")) == wanted


@pytest.mark.parametrize("language", messages.READING)
def test_no_code_is_said_longer_than_the_longest(language):
    full = messages.say("alert.corrected", language, **longest(language))
    for name in CODED:
        for code in messages.words.codes(name):
            said = messages.say("alert.corrected", language, **longest(language) | {name: code})
            assert len(said) <= len(full)


def test_the_longest_network_name_is_the_one_measured():
    assert len(longest("en")["org"]) == messages.NAME_LIMIT


def test_a_name_that_fits_is_accepted():
    messages.check_name("Red Vecina é")


@pytest.mark.parametrize("name", ["", "   ", "RedVecina1234"])
def test_a_name_that_does_not_fit_stops_the_start(name):
    with pytest.raises(Misconfigured, match="NETWORK_NAME must have 1 to 12 characters"):
        messages.check_name(name)


def test_the_table_says_what_is_over_and_what_is_not_reviewed():
    line = Line("join.welcome", "en", "UCS-2", 80, 2, 1, ("org",), is_signed_off=False)

    table = messages.render_check([line]).splitlines()

    assert " ".join(table[1].split()) == "join.welcome en UCS-2 80 2/1 org OVER, not reviewed"
    assert table[-1] == "1 texts, 1 over their limit, 1 not reviewed."


def test_a_reviewed_message_that_fits_has_no_remark():
    line = Line("join.welcome", "en", "GSM-7", 80, 1, 1, (), is_signed_off=True)

    assert messages.render_check([line]).splitlines()[1].endswith("1/1")
