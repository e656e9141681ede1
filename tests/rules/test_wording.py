import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapidresponse.rules import wording


@pytest.mark.parametrize(
    "where",
    [
        "Central Ave & The Plaza",
        "14th St and 5th Ave",
        "14 St and 5 Ave",
        "Home Depot on Wilkinson Blvd",
        "Route 9 at exit 12",
        "I-85 exit 39",
        "Highway 74 near Albemarle Road",
        "Calle 8 y 12 Avenida",
        "Calle 8",
        "7-Eleven on Main St",
        "99 Ranch Market",
        "5 Points MARTA station",
        "24 hour gym on Main St",
        "Walmart, Charlotte 28205",
        "Central Ave, 28205",
        "Pier 39",
        "Gate 4, Mecklenburg County Courthouse",
        "Mercado San José",
        "the house on the hill",
        "42nd & Lexington",
        "101 freeway at Sunset",
        "Exit 110 Florence",
    ],
)
def test_crossings_and_landmarks_pass(where):
    assert wording.is_crossing(where) is None


@pytest.mark.parametrize(
    "where",
    [
        "123 Main St",
        "1200 Central Ave",
        "1200 N Central Avenue",
        "7 Elm Street",
        "12-34 31st Avenue",
        "Home Depot, 1200 Wilkinson Blvd",
        "near 123 Main St.",
        "12345 Martin Luther King Jr Blvd",
        "123b Main St",
        "123 Broadway",
        "Walmart 2300 Wilkinson",
        "Calle Luna 12",
        "Central Ave 1200",
        "Apt 4",
        "apartment 12B",
        "#12",
        "# 3",
        "Unit B",
        "The Plaza, Suite 200",
        "Lot 12",
        "Casa 3",
        "\uff11\uff12\uff13 Main St",
        "1\u06f23 Main St",
    ],
)
def test_house_and_unit_numbers_are_refused(where):
    assert wording.is_crossing(where) == (
        "Must be a crossing or a landmark, without a house or unit number."
    )


@pytest.mark.parametrize(
    ("where", "problem"),
    [
        ("", "Must be 1 to 80 characters."),
        ("   ", "Must be 1 to 80 characters."),
        ("a" * 81, "Must be 1 to 80 characters."),
        ("Central\nAve", "Must not hold control characters."),
        ("Central\x00", "Must not hold control characters."),
        ("Central \u202eAve", "Must not hold control characters."),
    ],
)
def test_a_place_is_short_and_visible(where, problem):
    assert wording.is_crossing(where) == problem


@given(st.text(max_size=80))
def test_any_place_gets_an_answer(where):
    assert (wording.is_crossing(where) or "Must").startswith("Must")


@pytest.mark.parametrize(
    "text",
    [
        "Agents seen at homes near Plaza Midwood, 9:40am. You need not open without a warrant.",
        "Don't run. Stay silent, ask for a lawyer. Text RIGHTS, HELP or STOP.",
        "Calma, no corra. No huya ni mienta. AYUDA, DERECHOS o STOP.",
        "Forms I-200/I-205 are signed by ICE. Call 1-800-898-7180 with your A-number.",
        "Novedad A27: siguen cerca de Charlotte NC 28205.",
        "Note the time. No names or plates.",
        "El corredor y la carrera",
    ],
)
def test_calm_texts_pass(text):
    assert wording.problems(text) == []


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("WARNING: agents near you", "Write WARNING without capitals."),
        ("Agents near you!", "Leave out the exclamation mark."),
        ("¡Cuidado", "Leave out the exclamation mark."),
        ("It is safe now", 'Leave out "safe".'),
        ("A raid on Central", 'Leave out "raid".'),
        ("Run to the church", 'Leave out "Run".'),
        ("Hide inside", 'Leave out "Hide".'),
        ("Avoid Central Ave", 'Leave out "Avoid".'),
        ("Corra a la iglesia", 'Leave out "Corra".'),
        ("Huya de la zona", 'Leave out "Huya".'),
        ("Ya está a salvo", 'Leave out "a salvo".'),
        ("Redada en la Central", 'Leave out "Redada".'),
        ("Escóndase", 'Leave out "Escóndase".'),
        ("Evite la Central", 'Leave out "Evite".'),
        ("White van ABC-1234", "Leave out the plate."),
        ("Plate 7XYZ123", "Leave out the plate."),
        ("placas 12 34 56", "Leave out the plate."),
        ("Agents at 123 Main St Apt 4", "Leave out the house or unit number."),
        ("Agentes en Apto 4", "Leave out the house or unit number."),
    ],
)
def test_what_frightens_or_exposes_is_named(text, problem):
    assert problem in wording.problems(text)


def test_a_network_may_write_its_own_name_in_capitals():
    assert wording.problems("RCN A27: agents seen", known=["RCN"]) == []
