import pytest

from tests.rows import rows


@pytest.fixture
def maria(network):
    return network.phone("+17045550101")


def heard(network, maria, place):
    """Report from a place; say whether Maria was texted."""
    before = len(maria.inbox)
    network.partner(name=f"Partner of {place}").report(place=place, radius_miles=None)
    network.run()
    return len(maria.inbox) > before


def test_a_town_is_echoed_and_a_yes_is_enough(network, maria):
    [question] = maria.text("Unirse Charlotte")
    [welcome] = maria.text("SI")

    assert "Charlotte NC" in question
    assert "Charlotte NC" in welcome
    assert heard(network, maria, {"zip": "28205"})
    assert not heard(network, maria, {"zip": "10001"})


@pytest.mark.parametrize(
    ("text", "label", "inside", "outside"),
    [
        ("JOIN Queens NY", "Queens NY", "11368", "11226"),
        ("UNIRSE Nueva York", "New York City NY", "10458", "07030"),
        ("unirse condado de Mecklenburg NC", "Mecklenburg County NC", "28277", "28025"),
        ("JOIN Jackson Heights Queens", "Jackson Heights NY", "11372", "10001"),
        ("JOIN 28231", "Charlotte 28231", "28231", "10001"),
    ],
)
def test_the_welcome_names_the_place_that_will_match(network, text, label, inside, outside):
    maria = network.phone("+17045550101")
    [question] = maria.text(text)
    [welcome] = maria.text("YES")

    assert label in question
    assert label in welcome
    assert heard(network, maria, {"zip": inside})
    assert not heard(network, maria, {"zip": outside})


def test_a_slip_of_the_finger_is_asked_about_before_consent(network, maria):
    [first] = maria.text("JOIN Charlote")
    [second] = maria.text("YES")
    [welcome] = maria.text("YES")

    assert "Is it Charlotte NC?" in first
    assert "Reply YES for alerts, Charlotte NC" in second
    assert "Charlotte NC" in welcome
    assert heard(network, maria, {"zip": "28205"})


def test_no_it_is_not_there_asks_where(network, maria):
    maria.text("JOIN Charlote")

    [answer] = maria.text("NO")

    assert "Which area?" in answer
    assert not heard(network, maria, {"zip": "28205"})


def test_several_towns_of_a_name_are_offered_and_one_is_chosen(maria):
    [choice] = maria.text("JOIN Springfield")
    [question] = maria.text("Springfield MA")
    [welcome] = maria.text("yes")

    assert "Springfield MO, Springfield MA" in choice
    assert len(choice) <= 160
    assert "Springfield MA" in question
    assert "Springfield MA" in welcome


def test_the_town_near_what_a_person_follows_is_meant(maria):
    maria.join("22201")

    [question] = maria.text("JOIN Arlington")

    assert "Arlington VA" in question


def test_a_bare_town_answers_which_area(maria):
    [ask] = maria.text("JOIN")
    [question] = maria.text("Charlotte NC")

    assert "Which area" in ask
    assert "Charlotte NC" in question


@pytest.mark.parametrize("text", ["hay migra en Charlotte", "Victoria", "mi casa", "gracias"])
def test_what_is_more_or_less_than_a_place_is_not_taken_for_a_sign_up(network, maria, text):
    maria.text(text)

    assert rows(network.wiring)["subscribers"] == []


@pytest.mark.parametrize(
    "text",
    [
        "JOIN 09012",
        "JOIN 99999",
        "JOIN abcde",
        "UNIRSE Tejas",
        "JOIN " + "a" * 1595,
        "JOIN 28205 10001",
        "JOIN 48.85 2.35",
        "JOIN ?",
    ],
)
def test_a_place_that_is_none_is_answered_and_nothing_is_stored(network, maria, text):
    [answer] = maria.text(text)

    assert "ZIP" in answer
    kept = rows(network.wiring)
    assert (kept["subscribers"], kept["areas"], kept["followers"]) == ([], [], [])


def test_a_question_is_open_for_a_day(network, clock, maria):
    maria.text("JOIN Charlotte NC")
    clock.forward(hours=25)

    maria.text("YES")

    assert not heard(network, maria, {"zip": "28205"})


def test_a_new_question_takes_the_place_of_the_old_one(network, maria):
    maria.text("JOIN Charlotte NC")
    maria.text("JOIN 10001")
    maria.text("YES")

    assert heard(network, maria, {"zip": "10001"})
    assert not heard(network, maria, {"zip": "28205"})


def test_another_language_changes_what_is_counted_and_sent(network, maria):
    maria.join("Charlotte NC")
    maria.text("ESPANOL")

    assert heard(network, maria, {"zip": "28205"})
    assert "Verificado" in maria.inbox[-1]
