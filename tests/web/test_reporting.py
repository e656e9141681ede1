import pytest
import sqlalchemy as sa

from rapidresponse.actions import findings, incidents, threads
from rapidresponse.errors import Conflict, IllegalMove
from rapidresponse.rules import limits
from rapidresponse.rules.incidents import MOVES, IncidentState
from rapidresponse.rules.segments import measure
from rapidresponse.store.models import Incident, Sighting, Thread
from tests.canary import CANARY

S = IncidentState


@pytest.fixture
def lupe(network):
    return network.phone("+17045550101")


@pytest.fixture
def sam(network):
    return network.phone("+17045550102")


def all_of(network, model):
    with network.wiring.look() as work:
        return sorted(work.session.scalars(sa.select(model)), key=lambda row: row.id)


def one_of(network, model):
    [row] = all_of(network, model)
    return row


def decide(network, incident_id, *states, why=""):
    told = 0
    for state in states:
        with network.wiring.work() as work:
            config = network.wiring.config
            told = findings.decide(work, incident_id, state, config=config, why=why)
    network.run()
    return told


def test_a_report_in_spanish_is_answered_at_once_with_its_name(network, lupe):
    [got] = lupe.text("Hay migra en la 14 y Willow, 4 agentes con chalecos")

    one = one_of(network, Sighting)
    assert f"Recibimos su reporte {one.code}." in got
    assert "911" in got
    assert (measure(got).encoding, measure(got).count) == ("GSM-7", 1)
    assert one.facts["people"] == 4
    assert one.language == "es"


def test_a_report_in_english_is_answered_in_english(network, sam):
    [got] = sam.text("I just saw 4 guys in ICE vests at 14th & Willow")

    assert f"Got it, report {one_of(network, Sighting).code}." in got


def test_the_keyword_alone_asks_what_is_seen(network, lupe):
    [asked] = lupe.text("REPORTE")

    assert "Diga qué ve" in asked
    assert all_of(network, Sighting) == []


def test_only_what_is_missing_is_asked_one_at_a_time_and_at_most_thrice(network, sam):
    answers = [sam.text("There are ICE agents here taking people")[0]]
    for said in ("Central and The Plaza", "about 4 agents and 2 cars", "right now", "thanks"):
        answers += sam.text(said)

    one = one_of(network, Sighting)
    questions = [line for line in answers if "SKIP" in line]
    assert len(questions) <= limits.QUESTIONS_A_REPORT
    assert len(one.questions) == len(set(one.questions)) <= limits.QUESTIONS_A_REPORT
    assert one.questions[0] == "where"
    assert (one.facts["people"], one.facts["vehicles"]) == (4, 2)
    assert one.where is not None
    assert len(all_of(network, Incident)) == 1


def test_a_question_can_be_skipped(network, sam):
    sam.text("There are ICE agents here taking people")
    [after] = sam.text("SKIP")

    assert "corner" not in after
    assert one_of(network, Sighting).where is None


def test_a_command_stays_a_command_while_a_question_is_open(network, sam):
    sam.text("There are ICE agents here taking people")

    [helped] = sam.text("HELP")

    assert "alerts near you" in helped
    assert one_of(network, Sighting).asked == "where"


@pytest.mark.parametrize(
    ("said", "words", "card"),
    [
        ("ICE is at my door right now", "goes first to a person", "At home: keep the door closed"),
        ("la migra esta tocando mi puerta", "lo ve primero una persona", "En casa: no abra"),
    ],
)
def test_at_the_door_no_question_is_asked(network, lupe, said, words, card):
    door, rights = lupe.text(said)

    assert words in door
    assert network.wiring.config.hotline in door
    assert rights.startswith(card)
    one = one_of(network, Sighting)
    assert (one.urgent, one.asked) == (True, None)
    assert one_of(network, Incident).urgent


def test_reports_of_one_corner_become_one_incident_across_languages(network, lupe, sam):
    lupe.text("MIGRA en la 14 y Willow, 4 agentes")
    sam.text("4 guys ICE vests 14th & willow")

    incident = one_of(network, Incident)
    assert (incident.sightings, incident.senders) == (2, 2)


def test_reports_of_two_corners_stay_two_incidents(network, lupe, sam):
    lupe.text("MIGRA en la 14 y Willow, 4 agentes")
    sam.text("4 guys in ICE vests at Central & 5th")

    assert len(all_of(network, Incident)) == 2


def test_an_hour_later_the_same_corner_is_another_incident(network, lupe, sam, clock):
    lupe.text("MIGRA en la 14 y Willow, 4 agentes")
    clock.forward(minutes=61)
    sam.text("4 guys ICE vests 14th & willow")

    assert len(all_of(network, Incident)) == 2


def test_an_answer_about_the_place_joins_the_incident_there(network, lupe, sam):
    lupe.text("MIGRA en la 14 y Willow, 4 agentes")
    sam.text("There are ICE agents here taking people")
    sam.text("14th and Willow")

    first, second = all_of(network, Incident)
    assert (first.sightings, first.senders) == (2, 2)
    assert (second.state, second.same_as, second.sightings) == (S.DUPLICATE, first.id, 0)


def test_the_same_words_again_are_folded_and_the_sender_is_told(network, lupe):
    lupe.text("MIGRA en la 14 y Willow, 4 agentes")
    [again] = lupe.text("migra en la 14 y willow, 4 AGENTES")

    one = one_of(network, Sighting)
    assert f"es el reporte {one.code}" in again
    assert one.repeats == 1


def test_what_was_said_is_kept_sealed_and_without_secrets(network, lupe):
    lupe.text(f"Vi la migra en la 14 y Willow, {CANARY}, mi A# 123456789")

    with network.wiring.look() as work:
        [(_, kept, taken_as)] = threads.texts(work, one_of(network, Sighting).id)
    assert "123456789" not in kept
    assert CANARY in kept
    assert taken_as == "report"


def test_the_sender_is_told_what_was_left_out(lupe):
    _, left_out = lupe.text("Vi la migra en la 14 y Willow, mi A# 123456789")

    assert left_out.startswith("Quitamos de su texto")


def test_everyone_who_reported_hears_what_it_was_once(network, lupe, sam):
    lupe.text("MIGRA en la 14 y Willow, 4 agentes con chaleco")
    lupe.text("siguen ahi en la 14 y Willow")
    sam.text("I saw 4 guys in ICE vests at 14th & willow")
    incident = one_of(network, Incident)

    told = decide(network, incident.id, S.CHECKING, S.NOT_ENFORCEMENT)
    network.tick()

    assert told == 2
    assert ["no era un operativo" in text for text in lupe.inbox] == [True]
    assert ["was not immigration enforcement" in text for text in sam.inbox] == [True]


def test_a_confirmation_needs_two_people_or_a_reason(network, lupe):
    lupe.text("MIGRA en la 14 y Willow, 4 agentes")
    incident = one_of(network, Incident)
    decide(network, incident.id, S.CHECKING)

    with pytest.raises(Conflict):
        decide(network, incident.id, S.CONFIRMED)
    told = decide(network, incident.id, S.CONFIRMED, why="our observer called")

    assert told == 1
    assert "se confirma" in lupe.inbox[0]
    with network.wiring.look() as work:
        assert [line.kind for line in incidents.timeline(work, incident.id)] == [
            "report",
            "checking",
            "confirmed",
        ]


def test_nobody_who_left_hears_an_outcome(network, lupe):
    lupe.text("MIGRA en la 14 y Willow, 4 agentes")
    lupe.text("ALTO")

    assert decide(network, one_of(network, Incident).id, S.CHECKING, S.NOT_CONFIRMED) == 0
    assert lupe.inbox == []


@pytest.mark.parametrize("old", IncidentState)
def test_an_incident_moves_only_as_the_table_says(network, lupe, old):
    lupe.text("MIGRA en la 14 y Willow, 4 agentes")
    incident = one_of(network, Incident)

    with network.wiring.work() as work:
        incidents.find(work, incident.id).state = old
    for new in set(IncidentState) - MOVES[old]:
        with pytest.raises(IllegalMove):
            decide(network, incident.id, new, why="tried")
    assert one_of(network, Incident).state == old


def test_a_message_that_is_no_report_waits_for_a_person(network, sam):
    [thanked] = sam.text("Can somebody call me about my appointment on Monday?")

    assert "for a person to read" in thanked
    assert one_of(network, Thread).waits == "message"


def test_more_than_three_reports_in_a_while_are_answered_once_and_not_kept(network, sam):
    corners = ("1st & Oak", "2nd & Elm", "3rd & Pine", "4th & Ash", "5th & Fir", "6th & Bay")

    answers = [sam.text(f"I see ICE agents at {corner}") for corner in corners]

    assert len(all_of(network, Sighting)) == limits.REPORTS_A_WINDOW
    assert [bool(each) for each in answers] == [True, True, True, True, False, False]


def test_a_phone_that_texts_too_much_rests_for_an_hour_and_can_still_leave(sam, clock):
    answers = [sam.text(f"RIGHTS {word}") for word in ("home", "street") * 12]
    clock.forward(minutes=30)
    silent = sam.text("RIGHTS home")
    [bye] = sam.text("STOP")
    clock.forward(minutes=40)

    assert sum("in a short time" in "".join(each) for each in answers) <= 1
    assert silent == []
    assert "unsubscribed" in bye
    assert sam.text("RIGHTS home") != []


def test_two_machines_do_not_talk_for_ever(sam):
    answers = [sam.text("I am out of the office until Monday") for _ in range(8)]

    assert sum(map(bool, answers)) == limits.SAME_REPLIES
