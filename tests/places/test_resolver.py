import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapidresponse.places import resolve
from rapidresponse.places.look import look
from rapidresponse.places.score import judge

CASES = json.loads(Path(__file__).with_name("cases.json").read_text())
TUNED = CASES["signup_cases"] + CASES["report_cases"]
# The machine may be busy, so no example is against the clock.
patiently = settings(deadline=None, max_examples=50)
HELD_OUT = CASES["signup_cases_held_out"] + CASES["report_cases_held_out"]


@pytest.mark.parametrize("case", TUNED, ids=lambda case: f"{case['text']} {case.get('prior')}")
def test_texts_resolve_as_labelled(gazetteer, case):
    problem, _ = judge(case, gazetteer)

    assert problem == ""


def test_held_out_texts_resolve_nine_times_in_ten_and_never_to_a_wrong_place(gazetteer):
    results = [judge(case, gazetteer) for case in HELD_OUT]

    assert sum(not problem for problem, _ in results) >= 0.9 * len(results)
    assert not any(wrong for _, wrong in results)


@pytest.mark.parametrize(
    ("text", "decision", "label"),
    [
        ("Buffalo New York", "accept", "Buffalo NY"),
        ("seattle washington", "accept", "Seattle WA"),
        ("Washington, D.C.", "accept", "Washington DC"),
        ("JOIN Charlotte WY", "state", "Wyoming"),
        ("Mt. Pleasant, SC", "accept", "Mount Pleasant SC"),
        ("join Hempstead Long Island", "accept", "Hempstead NY"),
        ("corona queens", "accept", "Corona NY"),
        ("near the mission in SF", "accept", "Mission District CA"),
        ("estan en LA", "accept", "Los Angeles CA"),
        ("Anaheim, Calif.", "accept", "Anaheim CA"),
        ("JOIN Mayami", "confirm", "Miami FL"),
        ("san antoño", "confirm", "San Antonio TX"),
    ],
)
def test_names_people_use(gazetteer, text, decision, label):
    match = resolve(text, gazetteer)

    assert match.decision in {decision, "accept"}
    assert match.label == label


@pytest.mark.parametrize(
    "text",
    [
        "ICE en la mesa de mi casa",
        "Victoria me llamo",
        "hay hielo en el centro",
        "migra on Memphis Ave",
        "Hay un agente en la Avenida Kansas City",
        "hay ice on 12345 north main street",
        "llamen al 704.555.01234",
        "it cost me $28205",
        "caso #28205",
        "28205 people",
        "",
        "😀",
        "a" * 1600,
        "x " * 800,
        "\x00'; drop table zip; --",
    ],
)
def test_what_is_no_place_stays_none(gazetteer, text):
    assert resolve(text, gazetteer).decision == "none"


@pytest.mark.parametrize(
    ("text", "choices"),
    [
        ("28205, 28206 and 28215", ("Charlotte 28205", "Charlotte 28206", "Charlotte 28215")),
        ("Memphis 28205", ("Charlotte 28205", "Memphis TN")),
        ("Charlotte SC 28205", ("Charlotte 28205", "South Carolina")),
        ("van from Houston seen in Memphis", ("Houston TX", "Memphis TN")),
        ("hay agentes en Compton y Long Beach", ("Long Beach CA", "Compton CA")),
    ],
)
def test_two_places_are_a_question(gazetteer, text, choices):
    match = resolve(text, gazetteer)

    assert (match.decision, match.region, match.choices) == ("ask", None, choices)


def test_a_zip_we_do_not_know_turns_an_acceptance_into_a_question(gazetteer):
    match = resolve("Charlotte NC 28298", gazetteer)

    assert (match.decision, match.label) == ("confirm", "Charlotte NC")


def test_where_the_sender_lives_decides_between_namesakes(gazetteer):
    assert resolve("agentes en Arlington", gazetteer, near="75201").label == "Arlington TX"
    assert resolve("agentes en Arlington", gazetteer, near="22201").label == "Arlington VA"
    assert resolve("agentes en Arlington", gazetteer, near="not a ZIP").decision == "ask"


def test_a_misspelt_town_in_a_report_is_looked_for_at_home_only(gazetteer):
    assert resolve("hay migra en Kanapolis ahora", gazetteer, near="28205").decision == "confirm"
    assert resolve("hay migra en Kanapolis ahora", gazetteer, near="97301").decision == "none"


@patiently
@given(text=st.text(max_size=200))
def test_any_text_gets_an_answer(gazetteer, text):
    match = resolve(text, gazetteer)

    assert match.decision in {"accept", "confirm", "ask", "state", "none"}
    assert (match.region is not None) == (match.decision in {"accept", "confirm"})


@patiently
@given(city=st.sampled_from(["Charlote", "Housten", "Mineapolis", "San Fransisco", "Chicgo"]))
def test_a_guess_is_never_accepted(gazetteer, city):
    assert resolve(f"JOIN {city}", gazetteer).decision == "confirm"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("JOIN 28205", ["accept", "Charlotte 28205", "Mecklenburg County NC", "America/New_York"]),
        ("JOIN 09012", ["none", "09012 (military)"]),
        ("Springfield", ["ask", "Springfield MO, Springfield MA"]),
        ("Texas", ["state", "Texas"]),
    ],
)
def test_looking_tells_what_a_text_means(gazetteer, text, lines):
    answer = look(text, gazetteer)

    assert all(line in answer for line in lines)
    assert gazetteer.version in answer
