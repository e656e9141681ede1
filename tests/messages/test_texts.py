import re

import pytest

from rapidresponse import messages
from rapidresponse.messages.costs import longest
from rapidresponse.rules import intents
from rapidresponse.rules.segments import GSM
from rapidresponse.rules.wording import problems

KEYS = messages.keys()
ALERTS = [key for key in KEYS if key.startswith("alert.")]
CARDS = {key.removeprefix("rights.") for key in KEYS if key.startswith("rights.")} - {"menu"}
IN_ORDER = (
    *("home", "street", "car", "work", "court"),
    *("detained", "witness", "school", "family", "find"),
)
EVERY = [(key, language) for key in KEYS for language in messages.READING]
# The least a text can say before its subject: a short name and a bare ZIP.
SHORTEST = {"org": "RCN", "place": "28205", "area": "Durham", "ref": "A1", "time": "9am"}
NOT_YET = r"\b(CALL|LLAMAR|VOLUNTEER|VOLUNTARIO)\b"


def say(key, language, **values):
    return messages.say(key, language, **longest(language) | values)


@pytest.mark.parametrize("language", messages.READING)
def test_every_language_says_everything(language):
    assert set(messages.catalogue(language)) == set(messages.keys())


@pytest.mark.parametrize(("key", "language"), EVERY)
def test_every_language_fills_the_same_blanks(key, language):
    named = re.findall(r"\{(\w+)(?::\w+)?\}", messages.catalogue(language)[key])

    assert set(named) == messages.blanks(key)


@pytest.mark.parametrize(("key", "language"), EVERY)
def test_every_text_is_calm_cheap_and_names_nobody(key, language):
    text = say(key, language)

    assert problems(text) == []
    assert set(text) <= GSM


@pytest.mark.parametrize(("key", "language"), EVERY)
def test_no_text_offers_what_does_not_exist_yet(key, language):
    assert not re.search(NOT_YET, messages.catalogue(language)[key])


@pytest.mark.parametrize(("key", "language"), EVERY)
def test_a_lock_screen_does_not_say_what_the_text_is_about(key, language):
    shown = say(key, language, **SHORTEST)[:40].casefold()

    assert "immigration" not in shown
    assert "migra" not in shown


@pytest.mark.parametrize("language", messages.READING)
@pytest.mark.parametrize("key", ALERTS)
def test_every_alert_says_who_where_when_how_and_whom_to_call(key, language):
    assert messages.blanks(key) >= {"org", "ref", "agency", "area", "time", "how", "hot"}
    assert say(key, language).startswith("RedVecina123 A999 Westlake, Los Angeles CA")


@pytest.mark.parametrize("language", messages.READING)
@pytest.mark.parametrize("key", ALERTS)
def test_every_alert_carries_a_line_of_rights(key, language):
    rights = (
        r"need not open|may stay silent|free to go|lawyer|RIGHTS"
        r"|no tiene que abrir|[Pp]uede callar|puede irse|me puedo ir|abogado|DERECHOS"
    )

    assert re.search(rights, say(key, language))


@pytest.mark.parametrize("key", ALERTS)
def test_every_bilingual_alert_says_how_to_leave(key):
    assert say(key, "both").endswith("STOP=salir/end")


@pytest.mark.parametrize("language", messages.READING)
def test_the_question_before_joining_says_what_carriers_require(language):
    text = say("join.confirm", language, place="Charlotte 28205")

    for piece in ("RedVecina123", "Charlotte 28205", "STOP", "redvecina.example/p1"):
        assert piece in text
    assert re.search("Msg&data rates may apply|Puede haber cargos", text)
    assert re.search("Msg freq varies|Frecuencia variable", text)


@pytest.mark.parametrize(("language", "keyword"), [("en", "RIGHTS"), ("es", "DERECHOS")])
def test_every_card_on_the_menu_can_be_asked_for(language, keyword):
    listed = re.split("word: |palabra: ", say("rights.menu", language))[1].split(".")[0]

    asked = [intents.read(f"{keyword} {word}") for word in listed.split(", ")]

    assert asked == [intents.Rights(situation, language) for situation in IN_ORDER]
    assert set(IN_ORDER) == CARDS
