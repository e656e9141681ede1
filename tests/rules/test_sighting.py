import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapidresponse.rules import sighting
from rapidresponse.rules.sighting import answer, crossing_key, missing, see

TOLD = [
    "MIGRA en la 14 y Willow, 4 agentes",
    "4 guys ICE vests 14th & willow",
    "There are ICE agents here taking people",
    "they stopped my car on 5th street",
    "se llevaron a mi esposo en la central",
    "van 3 camionetas blancas",
    "hay un reten cerca del Walmart",
    "agents knocking doors on Oak St",
    "la migra esta tocando mi puerta",
    "I just saw two ICE trucks outside the school",
    "veo agentes en la parada del bus",
    "estan deteniendo gente en la esquina",
]
NOT_TOLD = [
    "puedo salir?",
    "que hago si vienen",
    "is it safe to go out",
    "no hay nada",
    "gracias",
    "ok thanks",
    "is there ICE on Central?",
    "es verdad que hay migra en la central",
    "when is my court date",
    "how do I sign up",
    "mi cita en la corte es el lunes",
    "hola",
    "",
]


@pytest.mark.parametrize("said", TOLD)
def test_what_was_seen_is_a_report(said):
    assert see(said).is_sighting


@pytest.mark.parametrize("said", NOT_TOLD)
def test_a_question_is_no_report(said):
    assert not see(said).is_sighting


@pytest.mark.parametrize(
    ("said", "people", "vehicles"),
    [
        ("like 4 agents and 2 cars", 4, 2),
        ("como cuatro agentes y dos camionetas", 4, 2),
        ("a couple of officers", 2, None),
        ("three white vans", None, 3),
        ("una troca", None, 1),
        ("agents at 14th and 5th", None, None),
    ],
)
def test_agents_and_cars_are_counted(said, people, vehicles):
    assert (see(said).people, see(said).vehicles) == (people, vehicles)


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("MIGRA en la 14 y Willow, 4 agentes", "14 willow"),
        ("4 guys ICE vests 14th & willow", "14 willow"),
        ("la migra esta en la esquina de 14 y willow hace 10 minutos", "14 willow"),
        ("I see ICE agents at Central and The Plaza, 28205", "central plaza"),
        ("veo 4 agentes y 2 carros en central y la plaza", "central plaza"),
        ("hay un reten cerca del Walmart de la 5", "5 walmart"),
    ],
)
def test_a_corner_has_one_key_however_it_is_written(said, key):
    assert crossing_key(see(said).where or "") == key


@pytest.mark.parametrize(
    "said", ["ICE is at my door right now", "estan tocando la puerta", "they are taking my brother"]
)
def test_at_the_door_is_urgent(said):
    assert see(said).is_urgent


@pytest.mark.parametrize("said", ["what do I do if they are at my door", "que hago si tocan"])
def test_asking_what_to_do_is_not_urgent(said):
    assert not (see(said).is_urgent and see(said).is_sighting) or "if they" not in said


@pytest.mark.parametrize(
    ("said", "minutes"),
    [("right now", 0), ("hace 20 minutos", 20), ("10 min ago", 10), ("ayer", 1440), ("hola", None)],
)
def test_when_is_told_in_minutes(said, minutes):
    assert see(said).minutes_ago == minutes


@pytest.mark.parametrize(
    ("question", "said", "told"),
    [
        ("many", "como 4", {"people": 4}),
        ("when", "yes", {"minutes_ago": 0}),
        ("doing", "casas", {"activity": "home"}),
        ("vests", "nada", {"letters": []}),
        ("where", "Plaza Midwood", {"where": "Plaza Midwood"}),
    ],
)
def test_a_short_answer_answers_the_question(question, said, told):
    assert answer(question, said).items() >= told.items()


def test_only_what_is_not_known_is_missing():
    facts = sighting.facts(see("4 ICE agents taking people right now"))

    assert missing(facts) == ["where"]
    assert missing({}) == ["where", "doing", "many", "when", "vests"]


@settings(max_examples=2000, deadline=None)
@given(st.text(max_size=200))
def test_no_text_is_too_strange(said):
    seen = see(said)

    assert seen.where is None or 0 < len(seen.where) <= sighting.LONGEST_WHERE
    for question in missing({}):
        answer(question, said)
