from typing import Any

import pytest
import sqlalchemy as sa

from rapidresponse.actions import subscribers
from rapidresponse.store.models import Area, OptOut, Subscriber
from rapidresponse.store.sealed import PHONE

MARIA, SAM = "+17045550101", "+17045550102"
HERE, THERE = "zip:28205", "zip:28202"


def ask(work, phone=MARIA, area=HERE, language="en"):
    return subscribers.ask(work, phone, subscribers.YES, area=area, language=language)


def joined(work, phone=MARIA, area=HERE, language="en"):
    person = ask(work, phone, area, language)
    subscribers.confirm(work, person, language=language, wording="join.confirm@1")
    work.session.flush()
    return person


def count(work, model):
    return work.session.scalar(sa.select(sa.func.count()).select_from(model))


def test_a_phone_is_found_by_its_number_and_kept_sealed(work):
    person = joined(work)

    sealed: Any = person.phone
    assert subscribers.find(work, MARIA) == person
    assert subscribers.find(work, SAM) is None
    assert MARIA.encode() not in sealed
    assert work.vault.open(sealed, PHONE, person.id) == MARIA


def test_asking_twice_is_one_person(work):
    first, second = ask(work), ask(work, area=THERE)

    assert first is second
    assert count(work, Subscriber) == 1


def test_an_area_counts_from_the_yes(work):
    person = ask(work)
    before = subscribers.areas(work, person)
    subscribers.confirm(work, person, language="en", wording="join.confirm@1")

    assert before == []
    assert subscribers.areas(work, person) == [HERE]
    assert (person.state, person.asked, person.asked_at) == ("active", None, None)


def test_a_question_is_open_for_a_day(work, wiring, clock):
    person = ask(work)
    here = subscribers.asked(work, person)
    work.session.commit()
    clock.forward(hours=24, seconds=1)

    with wiring.look() as later:
        assert here == subscribers.YES
        assert subscribers.asked(later, subscribers.find(later, MARIA)) is None
    assert subscribers.asked(work, None) is None


def test_consent_keeps_when_how_and_to_what(work):
    person = joined(work, language="es")

    assert (person.consent_at, person.consent_by) == (work.now, "text")
    assert (person.consent_wording, person.consent_language) == ("join.confirm@1", "es")


def test_a_no_forgets_whoever_never_said_yes(work):
    subscribers.decline(work, ask(work))
    work.session.flush()

    assert count(work, Subscriber) == 0


def test_a_no_of_whoever_is_here_keeps_what_they_follow(work):
    joined(work)
    person = ask(work, area=THERE)

    subscribers.decline(work, person)

    assert subscribers.areas(work, person) == [HERE]
    assert person.state == "active"


def test_leaving_empties_the_row_and_leaves_a_mark(work):
    person = joined(work)

    subscribers.opt_out(work, MARIA)
    subscribers.opt_out(work, MARIA)
    work.session.flush()

    assert (person.state, person.phone, person.phone_index) == ("left", None, None)
    assert (person.asked, person.asked_area) == (None, None)
    assert count(work, Area) == 0
    assert count(work, OptOut) == 1
    assert subscribers.has_opted_out(work, MARIA)
    assert not subscribers.has_opted_out(work, SAM)
    assert subscribers.find(work, MARIA) is None


def test_coming_back_lifts_the_mark_and_is_a_new_row(work):
    first = joined(work)
    subscribers.opt_out(work, MARIA)
    work.session.flush()

    asked = ask(work)
    still = subscribers.has_opted_out(work, MARIA)
    subscribers.confirm(work, asked, language="en", wording="join.confirm@1")

    assert asked is not first
    assert still
    assert not subscribers.has_opted_out(work, MARIA)


@pytest.mark.parametrize("language", ["en", "es", "both"])
def test_a_language_is_kept(work, language):
    person = joined(work, language=language)

    subscribers.read_in(work, person, "es")

    assert person.consent_language == language
    assert person.language == "es"
    assert set(work.session.scalars(sa.select(Area.language))) == {"es"}


def test_nobody_follows_more_than_five_places(work):
    [*_, person] = [joined(work, area=f"zip:2820{number}") for number in range(7)]

    assert len(subscribers.areas(work, person)) == subscribers.MOST_AREAS
