import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapidresponse.rules.segments import GSM, Segments, measure, plain


@pytest.mark.parametrize(
    ("text", "cost"),
    [
        ("", Segments("GSM-7", 0, 1)),
        ("a" * 160, Segments("GSM-7", 160, 1)),
        ("a" * 161, Segments("GSM-7", 161, 2)),
        ("a" * 306, Segments("GSM-7", 306, 2)),
        ("a" * 307, Segments("GSM-7", 307, 3)),
        ("a" * 459, Segments("GSM-7", 459, 3)),
        ("€" * 80, Segments("GSM-7", 160, 1)),
        ("€" * 80 + "a", Segments("GSM-7", 161, 2)),
        # 152 letters leave one unit, too few for a pair: it moves and pushes the last letter on.
        ("a" * 152 + "€" + "a" * 152, Segments("GSM-7", 306, 3)),
        ("a" * 151 + "€" + "a" * 153, Segments("GSM-7", 306, 2)),
        ("¿Qué paso?", Segments("GSM-7", 10, 1)),
        ("ñ" * 160, Segments("GSM-7", 160, 1)),
        ("á", Segments("UCS-2", 1, 1)),
        ("á" * 70, Segments("UCS-2", 70, 1)),
        ("á" * 71, Segments("UCS-2", 71, 2)),
        ("á" * 134, Segments("UCS-2", 134, 2)),
        ("á" * 135, Segments("UCS-2", 135, 3)),
        ("😀", Segments("UCS-2", 2, 1)),
        ("😀" * 35, Segments("UCS-2", 70, 1)),
        # 67 is odd, so a part holds 33 of them.
        ("😀" * 67, Segments("UCS-2", 134, 3)),
        ("a" * 66 + "😀" + "a" * 66, Segments("UCS-2", 134, 3)),
        ("\x1b", Segments("UCS-2", 1, 1)),
        ("`", Segments("UCS-2", 1, 1)),
        ("\t", Segments("UCS-2", 1, 1)),
    ],
)
def test_a_text_costs_what_the_carrier_bills(text, cost):
    assert measure(text) == cost


@pytest.mark.parametrize(
    ("text", "spelled"),
    [
        ("está aquí", "esta aqui"),
        ("Ángel, ÚLTIMO", "Angel, ULTIMO"),
        ("¿Qué? ¡Niño, pingüino!", "¿Qué? ¡Niño, pingüino!"),
        (unicodedata.normalize("NFD", "niño, qué"), "niño, qué"),
        ("“It\u2019s” \u2013 really…", '"It\'s" - really...'),
        ("• one\u00a0two", "- one two"),
        ("1.ª, 2.º, ½", "1.a, 2.o, 1/2"),
        ("«Café»", '"Café"'),
        ("São Paulo, Łódź, Đà Nẵng", "Sao Paulo, Lodz, Dà Nang"),
        ("\uff23harlotte", "Charlotte"),
        ("a\u200bb\u202ec\x00", "abc"),
        ("one\ttwo", "one two"),
        ("家 😀", "家 😀"),
        ("line\nline", "line\nline"),
    ],
)
def test_a_plain_text_keeps_its_words_and_loses_its_costly_marks(text, spelled):
    assert plain(text) == spelled


@given(st.text())
def test_plain_text_is_plain_already(text):
    assert plain(plain(text)) == plain(text)


@given(st.text(alphabet=st.characters(max_codepoint=0x17F)))
def test_european_letters_never_cost_more_once_plain(text):
    assert measure(plain(text)).count <= measure(text).count


@given(st.text(alphabet=sorted(GSM), max_size=500))
def test_parts_hold_all_the_units(text):
    cost = measure(text)

    assert cost.encoding == "GSM-7"
    assert cost.count == 1 or (cost.count - 1) * 152 < cost.units <= cost.count * 153
