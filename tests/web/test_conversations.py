import pytest
import sqlalchemy as sa

from rapidresponse.rules.segments import measure
from rapidresponse.store.models import OptOut, Subscriber
from rapidresponse.store.sealed import FIND_OPT_OUT, PHONE
from tests.rows import rows


@pytest.fixture
def maria(network):
    return network.phone("+17045550101")


def person(network):
    """Return the one subscriber there is."""
    with network.wiring.look() as work:
        return work.session.scalars(sa.select(Subscriber)).one()


def areas(network):
    return sorted(row.area for row in rows(network.wiring)["areas"])


def fits(reply, languages=1, each=1):
    cost = measure(reply)
    assert (cost.encoding, cost.count <= languages * each) == ("GSM-7", True)
    return True


def test_a_person_signs_up_in_english(network, maria):
    [asked] = maria.text("Join 28205 please")
    [welcome] = maria.text("Yes")

    assert "Reply YES for alerts, Charlotte 28205." in asked
    assert "STOP" in asked
    assert "You're in: alerts for Charlotte 28205." in welcome
    assert areas(network) == ["zip:28205"]
    assert fits(asked)
    assert fits(welcome)


def test_a_person_signs_up_in_spanish(network, maria):
    [asked] = maria.text("únirse 28205")
    [welcome] = maria.text("sí")

    assert "Mande SI para alertas, Charlotte 28205." in asked
    assert "Listo, alertas para Charlotte 28205." in welcome
    assert person(network).language == "es"
    assert fits(asked)
    assert fits(welcome)


def test_nobody_is_signed_up_before_they_say_yes(network, maria):
    maria.text("JOIN 28205")

    assert areas(network) == []
    assert (person(network).state, person(network).consent_at) == ("asked", None)
    assert network.partner().report().json["audience"] == 0


@pytest.mark.parametrize(
    ("yes", "language"), [("YES", "en"), ("SI", "es"), ("OK", "both"), ("Sí, por favor", "es")]
)
def test_a_bare_zip_is_answered_in_both_languages_until_the_yes_tells(
    network, maria, yes, language
):
    [asked] = maria.text("28205")
    [welcome] = maria.text(yes)

    assert "Mande SI para alertas" in asked
    assert "Reply YES for alerts" in asked
    assert "Charlotte 28205" in asked
    assert person(network).language == language
    assert fits(asked, 2)
    assert fits(welcome, 2)


@pytest.mark.parametrize(("no", "words"), [("NO", "All right"), ("no gracias", "De acuerdo")])
def test_a_no_is_taken_and_the_phone_is_forgotten(network, maria, no, words):
    maria.text("JOIN 28205" if no == "NO" else "UNIRSE 28205")

    [declined] = maria.text(no)

    assert words in declined
    assert rows(network.wiring)["subscribers"] == []
    assert rows(network.wiring)["areas"] == []
    assert rows(network.wiring)["opt_outs"] == []
    assert fits(declined)


def test_a_no_to_a_second_place_keeps_the_first(network, maria):
    maria.join("28205")
    maria.text("JOIN 28202")

    maria.text("NO")

    assert areas(network) == ["zip:28205"]
    assert person(network).state == "active"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("JOIN 00000", "We do not know that place. Reply with your 5-digit ZIP"),
        ("UNIRSE 00000", "No conocemos ese lugar. Responda con su ZIP"),
        ("JOIN 282", "We do not know that place"),
        ("JOIN", "Which area? Reply with your 5-digit ZIP"),
        ("UNIRSE", "¿En qué zona? Responda con su ZIP"),
        ("JOIN 28205 28202", "Which one? Charlotte 28205, Charlotte 28202."),
        ("UNIRSE Miami 28205", "¿Qué lugar es? Charlotte 28205"),
        ("JOIN 09012", "Reply with your 5-digit ZIP"),
    ],
)
def test_a_place_that_is_not_one_place_is_asked_for(network, maria, text, words):
    [reply] = maria.text(text)

    assert words in reply
    assert rows(network.wiring)["subscribers"] == []
    assert fits(reply)


def test_the_question_about_the_place_can_be_answered_with_a_zip(network, maria):
    maria.text("JOIN")
    maria.text("28205")

    maria.text("YES")

    assert areas(network) == ["zip:28205"]


def test_whoever_follows_a_place_already_is_told_so(network, maria):
    maria.join()
    before = areas(network)

    [reply] = maria.text("JOIN 28205")

    assert "You already get alerts for Charlotte 28205." in reply
    assert areas(network) == before
    assert fits(reply)


def test_a_person_may_follow_five_places_and_not_six(network, maria):
    for zip_code in ("28202", "28203", "28204", "28205", "28206"):
        maria.join(zip_code)

    [full] = maria.text("JOIN 28207")
    [lleno] = maria.text("UNIRSE 28207")
    [fallback] = maria.text("YES")

    assert "You already follow 5 areas." in full
    assert "Ya sigue 5 zonas." in lleno
    assert "did not understand" in fallback
    assert len(areas(network)) == 5
    assert fits(full)
    assert fits(lleno)


def test_a_yes_to_nothing_is_not_a_yes(network, maria):
    [first] = maria.text("YES")
    maria.join()

    [second] = maria.text("YES")

    assert "did not understand" in first
    assert "did not understand" in second
    assert areas(network) == ["zip:28205"]


def test_a_yes_is_taken_for_a_day(maria, clock):
    maria.text("JOIN 28205")
    clock.forward(hours=23, minutes=59)

    [welcome] = maria.text("YES")

    assert "You're in" in welcome


def test_a_yes_after_a_day_is_not_taken(network, maria, clock):
    maria.text("JOIN 28205")
    clock.forward(hours=24, seconds=1)

    [reply] = maria.text("YES")

    assert "did not understand" in reply
    assert areas(network) == []
    assert network.partner().report().json["audience"] == 0


def test_consent_is_kept_with_its_moment_and_its_words_and_no_name(network, maria, clock):
    maria.join(word="UNIRSE", yes="SI")

    kept = person(network)

    assert (kept.state, kept.consent_by, kept.consent_language) == ("active", "text", "es")
    assert kept.consent_at == clock.now
    assert kept.consent_wording.startswith("join.confirm@")
    assert not {"name", "email", "address"} & set(Subscriber.__table__.columns.keys())
    assert network.wiring.vault.open(kept.phone, PHONE, kept.id) == maria.number


def test_the_wording_of_a_consent_names_the_words_of_its_language(network, maria):
    other = network.phone("+17045550102")
    maria.join()
    other.join(word="UNIRSE", yes="SI")

    wordings = {row.consent_wording for row in rows(network.wiring)["subscribers"]}

    assert len(wordings) == 2


LEAVING = {
    "STOP": "unsubscribed",
    "stop.": "unsubscribed",
    "Please stop texting me": "unsubscribed",
    "Unsubscribe": "unsubscribed",
    "take me off the list": "unsubscribed",
    "ALTO": "Ya no va a recibir mensajes",
    "quítenme de la lista": "Ya no va a recibir mensajes",
    "ya no quiero recibir mensajes": "Ya no va a recibir mensajes",
    "BAJA": "Ya no va a recibir mensajes",
}


@pytest.mark.parametrize("text", LEAVING)
def test_whoever_leaves_is_gone_at_once_and_only_a_mark_stays(network, maria, text):
    maria.join()
    number = person(network).phone

    [goodbye] = maria.text(text)

    gone = person(network)
    [mark] = rows(network.wiring)["opt_outs"]
    assert LEAVING[text] in goodbye
    assert (gone.state, gone.phone, gone.phone_index) == ("left", None, None)
    assert rows(network.wiring)["areas"] == []
    assert mark.phone_index == network.wiring.vault.index(maria.number, FIND_OPT_OUT)
    assert mark.source == "text"
    assert number not in [value for row in rows(network.wiring)["subscribers"] for value in row]
    assert network.partner().report().json["audience"] == 0
    assert fits(goodbye)


def test_whoever_never_came_can_leave_too(network, maria):
    [goodbye] = maria.text("ALTO")
    [again] = maria.text("STOP")

    assert goodbye
    assert again
    assert len(rows(network.wiring)["opt_outs"]) == 1
    assert rows(network.wiring)["subscribers"] == []


def test_whoever_was_only_asked_can_leave(network, maria):
    maria.text("JOIN 28205")
    maria.text("STOP")

    [reply] = maria.text("YES")

    assert "did not understand" in reply
    assert person(network).state == "left"


def test_when_the_carrier_took_the_stop_we_add_no_second_goodbye(network, maria):
    maria.join()

    replies = maria.text("STOP", OptOutType="STOP")

    assert replies == []
    assert person(network).phone is None
    assert rows(network.wiring)["opt_outs"][0].source == "carrier"


def test_when_the_carrier_heard_a_stop_in_any_words_it_counts(network, maria):
    maria.join()

    assert maria.text("JOIN 28202", OptOutType="STOP") == []
    assert person(network).state == "left"


def test_when_the_carrier_gave_the_help_we_stay_silent(maria):
    assert maria.text("HELP", OptOutType="HELP") == []


def test_whoever_left_can_come_back(network, maria):
    maria.join()
    maria.text("STOP")

    [back] = maria.text("START")
    maria.text("28205")
    [welcome] = maria.text("YES")

    assert "You can get texts again. Which area?" in back
    assert "You're in" in welcome
    assert rows(network.wiring)["opt_outs"] == []
    assert network.partner().report().json["audience"] == 1
    assert fits(back, 2)


def test_start_with_a_zip_asks_and_the_mark_stays_until_the_yes(network, maria):
    maria.text("STOP")

    [asked] = maria.text("START 28205")

    assert "Charlotte 28205" in asked
    assert len(rows(network.wiring)["opt_outs"]) == 1


def test_start_of_someone_who_is_here_explains(maria):
    maria.join()

    [reply] = maria.text("START")

    assert "alerts near you" in reply


@pytest.mark.parametrize(
    ("text", "words", "room"),
    [
        ("HELP", "alerts near you", (1, 1)),
        ("Ayuda", "alertas cerca de usted", (1, 1)),
        ("INFO", "alertas cerca de usted", (2, 1)),
        ("RIGHTS", "Text RIGHTS and one word", (1, 1)),
        ("DERECHOS", "Mande DERECHOS y una palabra", (1, 1)),
        ("Rights home", "keep the door closed", (1, 2)),
        ("DERECHOS CASA", "En casa: no abra", (1, 2)),
        ("derechos calle", "En la calle", (1, 2)),
        ("rights detained", "If detained", (1, 2)),
        ("Do I have to open the door?", "keep the door closed", (1, 2)),
        ("LANGUAGE EN", "English it is", (1, 1)),
        ("ESPAÑOL", "en español", (1, 1)),
        ("IDIOMA ES", "en español", (1, 1)),
        ("both", "Both languages", (2, 1)),
        ("good morning", "for a person to read", (2, 1)),
    ],
)
def test_questions_are_answered_in_the_language_they_are_asked_in(
    network, maria, text, words, room
):
    [reply] = maria.text(text)

    assert words in reply
    assert fits(reply, *room)
    assert rows(network.wiring)["subscribers"] == []


@pytest.mark.parametrize(
    "situation",
    ["home", "street", "car", "work", "court", "detained", "witness", "school", "family", "find"],
)
def test_a_card_fits_its_parts_in_every_language(maria, situation):
    for language in ("ENGLISH", "ESPANOL", "BOTH"):
        maria.join()
        maria.text(language)

        [reply] = maria.text(f"KYR {situation}")

        assert fits(reply, 2 if language == "BOTH" else 1, 2)


def test_a_person_who_changes_the_language_is_texted_in_it(network, maria):
    maria.join()
    maria.text("ESPANOL")

    answer = network.partner().report()
    network.run()

    assert answer.json["audience"] == 1
    assert "Verificado" in maria.inbox[0]
    assert person(network).language == "es"


def test_a_reply_without_a_language_is_in_the_one_we_know(maria):
    maria.join(word="UNIRSE", yes="SI")

    [reply] = maria.text("buenos dias a todos")

    assert "va a leer su texto" in reply


def test_leaving_is_possible_when_the_person_was_told_to_be_unreachable(network, maria):
    maria.join()
    with network.wiring.work() as work:
        found = work.session.scalars(sa.select(Subscriber)).one()
        found.state, found.phone, found.phone_index = "barred", None, None

    assert len(maria.text("ALTO")) == 1
    with network.wiring.look() as work:
        assert work.session.scalar(sa.select(sa.func.count()).select_from(OptOut)) == 1
