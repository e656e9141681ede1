import pytest

from rapidresponse import messages
from rapidresponse.messages.words import codes, word

FILLING = {
    "org": "RedVecina",
    "ref": "A27",
    "agency": "other",
    "area": "Plaza Midwood, Charlotte",
    "time": "9:40am",
    "how": "on_scene",
    "hot": "704-555-0142",
}


def test_a_message_is_said_with_its_blanks_filled_in():
    assert messages.say("alert.street", "en", **FILLING) == (
        "RedVecina A27 Plaza Midwood, Charlotte, 9:40am: agents stopping people. "
        "Verified by an observer. Ask: Am I free to go? Help 704-555-0142"
    )


def test_codes_are_said_in_the_words_of_the_language():
    text = messages.say("alert.street", "es", **FILLING)

    assert "agentes deteniendo a gente. Verificado por un observador." in text


def test_a_phone_of_unknown_language_reads_both():
    text = messages.say("alert.street", "both", **FILLING)

    assert "Hay agentes" in text
    assert "Seen: agents" in text
    assert text.endswith("STOP=salir/end")


def test_a_message_without_a_short_form_is_said_twice():
    text = messages.say("stop.goodbye", "both", org="RedVecina")

    assert text == "\n".join(
        messages.say("stop.goodbye", language, org="RedVecina") for language in ("es", "en")
    )


def test_values_are_spelled_plainly_on_one_line():
    text = messages.say("join.confirm_place", "es", org="Red\u2019s", place="San José\n— Á")

    assert text == "Red's: ¿Es San José - A? Responda SI, o mande su ZIP."


def test_braces_in_a_value_stay_braces():
    assert "{hot}" in messages.say("join.confirm_place", "en", org="Red", place="{hot}")


def test_values_without_a_blank_are_left_aside():
    assert messages.say("language.set", "en", **FILLING).startswith("RedVecina: English")


@pytest.mark.parametrize(
    ("key", "language", "filling", "complaint"),
    [
        ("join.nothing", "en", {}, "no message called join.nothing"),
        ("stop.goodbye", "fr", {"org": "Red"}, "We speak en, es, both"),
        ("alert.home", "en", {"org": "Red"}, "also needs agency, area, hot, how, ref, time"),
        ("alert.home", "en", FILLING | {"how": "rumour"}, "how is one of on_scene"),
        ("alert.home", "both", FILLING | {"agency": "FBI"}, "agency is one of ICE"),
    ],
)
def test_a_mistake_is_named(key, language, filling, complaint):
    with pytest.raises(KeyError, match=complaint):
        messages.say(key, language, **filling)


@pytest.mark.parametrize("name", ["agency", "how", "what"])
def test_every_language_has_a_word_for_every_code(name):
    assert all(word(name, code, language) for code in codes(name) for language in ("en", "es"))


def test_drafts_are_not_signed_off():
    assert not any(messages.is_signed_off(language) for language in messages.READING)
