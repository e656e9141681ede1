import sys

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rapidresponse.rules.intents import (
    BareZip,
    Help,
    Join,
    JoinNowhere,
    Language,
    No,
    Other,
    Rights,
    Start,
    Stop,
    Yes,
    read,
)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("JOIN 28205", Join("28205", "en")),
        ("join: 28205.", Join("28205", "en")),
        ("Join Charlotte, NC", Join("Charlotte, NC", "en")),
        ("JOIN28205", Join("28205", "en")),
        ("JOIN [28205]", Join("28205", "en")),
        ("28205 join", Join("28205", "en")),
        ("join zip code 28205 please", Join("28205", "en")),
        ("JION 28205", Join("28205", "en")),
        ("Please join 28205", Join("28205", "en")),
        ("sign me up for Durham", Join("Durham", "en")),
        ("how do I join", JoinNowhere("en")),
        ("alerts", JoinNowhere("en")),
        ("join", JoinNowhere("en")),
        ("JOIN!!!", JoinNowhere("en")),
        ("UNIRSE 28205", Join("28205", "es")),
        ("unirse a San José CA", Join("San José CA", "es")),
        ("UNIRSE28205", Join("28205", "es")),
        ("Unirse: Coeur d'Alene ID", Join("Coeur d'Alene ID", "es")),
        ("unisre 28205", Join("28205", "es")),
        ("hunirse 28205", Join("28205", "es")),
        ("quiero recibir alertas en Charlotte", Join("Charlotte", "es")),
        ("Hola, buenas tardes. Quiero recibir alertas 28205", Join("28205", "es")),
        ("please sign me up", JoinNowhere("en")),
        ("únete", JoinNowhere("es")),
        ("ALTA 28205", Join("28205", "es")),
        ("alta", JoinNowhere("es")),
        ("alertas", JoinNowhere("es")),
        ("JOIN 28205 ESPANOL", Join("28205", "en")),
        ("JOIN ٢٨٢٠٥", Join("28205", "en")),
        ("START 28205", Join("28205")),
    ],
)
def test_people_join_in_many_spellings(text, intent):
    assert read(text) == intent


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("YES", Yes("en")),
        ("yes please", Yes("en")),
        ("Yep", Yes("en")),
        ("yessss", Yes("en")),
        ("SI", Yes("es")),
        ("sí", Yes("es")),
        ("SÍ!", Yes("es")),
        ("si por favor", Yes("es")),
        ("ok", Yes()),
        ("no", No()),
        ("nope", No("en")),
        ("no gracias", No("es")),
        ("si vienen a mi casa", Other()),
        ("no hay nadie", Other()),
        ("START", Start()),
        ("unstop", Start()),
        ("INICIAR", Start("es")),
        ("start again please", Start()),
        ("HELP", Help("en")),
        ("help?", Help("en")),
        ("ayuda", Help("es")),
        ("AYUDÁ", Help("es")),
        ("alluda", Help("es")),
        ("info", Help()),
        ("ayuda estan en mi puerta", Other()),
        ("help they are here", Other()),
        ("I want to help", Other()),
        ("28205", BareZip("28205")),
        ("28205-1234", BareZip("28205")),
        ("my zip is 28205", BareZip("28205")),
        ("Mi código postal es 28205", BareZip("28205")),
        ("2820\uff15", BareZip("28205")),
        ("282051", Other()),
        ("7045550142", Other()),
    ],
)
def test_short_answers_are_understood(text, intent):
    assert read(text) == intent


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("RIGHTS", Rights(None, "en")),
        ("my rights", Rights(None, "en")),
        ("what are my rights at work", Rights("work", "en")),
        ("RIGHTS HOME", Rights("home", "en")),
        ("rights: car", Rights("car", "en")),
        ("RIGTHS home", Rights("home", "en")),
        ("rigts", Rights(None, "en")),
        ("DERECHOS", Rights(None, "es")),
        ("derechos casa", Rights("home", "es")),
        ("DERECHOS EN LA CALLE", Rights("street", "es")),
        ("que derechos tengo si me detienen", Rights("detained", "es")),
        ("rights buscar", Rights("find", "en")),
        ("derechos fiesta", Rights(None, "es")),
        ("do I have to open the door?", Rights("home", "en")),
        ("¿tengo que abrir?", Rights("home", "es")),
        ("lights off on Central", Other()),
        ("lights", Other()),
        ("right here on 5th", Other()),
    ],
)
def test_rights_are_found_by_situation(text, intent):
    assert read(text) == intent


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("LANGUAGE ES", "es"),
        ("language spanish", "es"),
        ("IDIOMA EN", "en"),
        ("idioma inglés", "en"),
        ("idioma", "es"),
        ("ESPANOL", "es"),
        ("Español por favor", "es"),
        ("en español", "es"),
        ("ENGLISH", "en"),
        ("englsh", "en"),
        ("no hablo inglés", "es"),
        ("I don't speak Spanish", "en"),
        ("no quiero mensajes en inglés", "es"),
        ("LANGUAGE BOTH", "both"),
        ("ambos", "both"),
    ],
)
def test_a_language_is_chosen_in_words(text, language):
    assert read(text) == Language(language)


@pytest.mark.parametrize("text", ["LANGUAGE FR", "idioma 5", "they speak English and Spanish"])
def test_a_language_we_do_not_have_is_for_a_person(text):
    assert read(text) == Other()


@pytest.mark.parametrize("text", ["", " ", "\x00", "👍", "¿?", "\u202e\u200f", "gracias", "家"])
def test_what_is_no_command_is_for_a_person(text):
    assert read(text) == Other()


@pytest.mark.parametrize(
    "text", ["\u202eSTOP\u202c", "ST\u200bOP", "\x00stop\x00", "S T O P", "*STOP*", "🛑 stop 🛑"]
)
def test_marks_around_and_inside_a_word_do_not_hide_it(text):
    assert read(text) == Stop()


@given(st.text(max_size=2000))
@example("\ud800")
@example("stop " * 400)
def test_any_text_is_read(text):
    assert read(text) is not None


@pytest.mark.parametrize(
    "piece",
    [
        "no quiero que me manden a ",
        "please remove my stop ",
        "they told me to stop sending these ",
        "a ",
        "mesagges ",
        "quiten de la ",
        "dont want to ",
        "x",
        "ñ́",
        "STOP. ",
    ],
)
def test_the_longest_text_is_read_in_time_that_grows_with_its_length_alone(piece):
    calls = [steps((piece * 1600)[:length]) for length in (400, 1600)]

    assert calls[1] < calls[0] * 8


def steps(text):
    """How many lines of Python a reading takes: the same on every machine, however busy."""
    count = 0

    def trace(_frame, _event, _argument):
        nonlocal count
        count += 1
        return trace

    sys.settrace(trace)
    try:
        read(text)
    finally:
        sys.settrace(None)
    return count
