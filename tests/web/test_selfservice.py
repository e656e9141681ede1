import pytest
import sqlalchemy as sa

from rapidresponse.actions import audience
from rapidresponse.rules.segments import measure
from rapidresponse.store.models import OptOut, Sighting, Subscriber, Thread, ThreadText
from tests import canary
from tests.rows import rows


@pytest.fixture
def lupe(network):
    return network.phone("+17045550101")


def heard_by(network, zip_code="28205"):
    with network.wiring.look() as work:
        return audience.total(audience.count(work, [(f"zip:{zip_code}", 0)]))


def fits(reply):
    cost = measure(reply)
    return (cost.encoding, cost.count) == ("GSM-7", 1)


def test_a_move_replaces_the_area(network, lupe):
    lupe.join("28205", word="UNIRSE", yes="SI")
    [moved] = lupe.text("ZIP 28202")

    assert "solo alertas para" in moved
    assert fits(moved)
    assert (heard_by(network), heard_by(network, "28202")) == (0, 1)


def test_a_pause_holds_everything_back_and_ends_by_itself(network, lupe, clock):
    lupe.join()
    [paused] = lupe.text("PAUSE 7")
    network.partner().report()
    network.run()
    during = (heard_by(network), lupe.inbox)
    clock.forward(days=7, seconds=1)
    network.tick()

    assert "no alerts until" in paused
    assert during == (0, [])
    assert heard_by(network) == 1


def test_a_pause_can_be_ended_sooner(network, lupe):
    lupe.join(word="UNIRSE", yes="SI")
    lupe.text("PAUSA")
    [status] = lupe.text("ESTADO")
    [back] = lupe.text("REANUDAR")

    assert "En pausa hasta" in status
    assert "Charlotte 28205" in status
    assert "alertas otra vez" in back
    assert heard_by(network) == 1


def test_nothing_that_is_on_its_way_leaves_after_a_pause(network, lupe):
    lupe.join()
    network.partner().report()
    lupe.text("PAUSE 3")
    network.run()

    assert lupe.inbox == []


def test_who_leaves_during_a_pause_is_gone(network, lupe, clock):
    lupe.join()
    lupe.text("PAUSE 3")
    lupe.text("STOP")
    clock.forward(days=4)
    network.tick()

    assert heard_by(network) == 0


def test_status_says_what_a_person_gets(lupe):
    [nothing] = lupe.text("STATUS")
    lupe.join()
    [status] = lupe.text("STATUS")

    assert "text JOIN and your ZIP" in nothing
    assert "Charlotte 28205" in status
    assert fits(status)


@pytest.mark.parametrize(("said", "asks"), [("basta", "¿Quiere dejar"), ("enough", "Do you want")])
def test_an_unsure_wish_to_leave_pauses_asks_and_waits_for_a_person(network, lupe, said, asks):
    lupe.join()
    [asked] = lupe.text(said)
    with network.wiring.look() as work:
        waits = work.session.scalars(sa.select(Thread.waits)).one()
    during = heard_by(network)
    [stays] = lupe.text("STAY")

    assert asks in asked
    assert (during, waits) == (0, "unsure_stop")
    assert "stay on the list" in stays
    assert heard_by(network) == 1


def test_yes_to_the_question_whether_to_leave_leaves(network, lupe):
    lupe.join()
    lupe.text("ya no")
    [bye] = lupe.text("SI")

    assert "mensajes" in bye
    assert heard_by(network) == 0


def test_forgetting_is_asked_once_and_can_be_refused(network, lupe):
    lupe.join()
    [asked] = lupe.text("FORGET")
    [kept] = lupe.text("NO")

    assert "cannot be undone" in asked
    assert "erased nothing" in kept
    assert heard_by(network) == 1


def test_a_person_who_is_forgotten_is_gone_everywhere(network, lupe):
    lupe.join(word="UNIRSE", yes="SI")
    lupe.text(f"MIGRA en la 14 y Willow, 4 agentes {canary.CANARY}")
    sealed = everything_sealed(network)

    lupe.text("BORRAR")
    [gone] = lupe.text("SI")
    network.run()

    assert "borramos" in gone
    left = rows(network.wiring)
    assert (left["threads"], left["thread_texts"], left["areas"]) == ([], [], [])
    assert [(row.phone, row.consent_at) for row in left["subscribers"]] == [(None, None)]
    assert [(row.thread_id, row.where) for row in left["sightings"]] == [(None, None)]
    assert [row.source for row in left["opt_outs"]] == ["forget"]
    files = b"".join(path.read_bytes() for path in network.wiring.config.data_dir.glob("record*"))
    assert not [mark for mark in sealed if mark in files]


def everything_sealed(network):
    """What stands in the record about people: envelopes and keyed marks."""
    with network.wiring.look() as work:
        found = [
            *work.session.scalars(sa.select(Subscriber.phone)),
            *work.session.scalars(sa.select(Subscriber.phone_index)),
            *work.session.scalars(sa.select(Thread.phone)),
            *work.session.scalars(sa.select(Thread.phone_index)),
            *work.session.scalars(sa.select(ThreadText.body)),
            *work.session.scalars(sa.select(Sighting.where)),
        ]
    assert len(found) >= 6
    return [one for one in found if one]


def test_who_was_forgotten_can_come_back(network, lupe):
    lupe.join()
    lupe.text("FORGET")
    lupe.text("YES")
    lupe.text("START")
    lupe.join()

    assert heard_by(network) == 1
    with network.wiring.look() as work:
        assert work.session.scalars(sa.select(OptOut)).all() == []
