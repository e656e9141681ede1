import pytest
import sqlalchemy as sa

from rapidresponse.rules import limits
from rapidresponse.rules.segments import measure
from rapidresponse.store.models import Alert


@pytest.fixture
def lupe(network):
    return network.phone("+17045550101")


def calm(reply, most=2):
    cost = measure(reply)
    assert (cost.encoding, cost.count <= most) == ("GSM-7", True)
    assert not {"safe", "seguro", "segura"} & set(reply.lower().replace(".", " ").split())
    return reply


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("CHECK 28205", "nothing confirmed in the last 6 hours"),
        ("VERDAD 28205", "nada confirmado en 6 horas"),
    ],
)
def test_a_rumour_is_answered_from_the_record_alone(network, lupe, asked, words):
    [nothing] = lupe.text(asked)
    network.phone("+17045550102").text("I see ICE agents at Central and The Plaza, 28205")
    [checking] = lupe.text(asked)
    network.partner().report()
    network.run()
    [confirmed] = lupe.text(asked)

    assert words in calm(nothing)
    assert "checking it now" in calm(checking) or "lo revisamos ahora" in checking
    assert "agents confirmed" in calm(confirmed) or "agentes confirmados" in confirmed


def test_a_place_that_is_not_known_is_asked_for(lupe):
    [asked] = lupe.text("CHECK")

    assert "CHECK 28205" in asked


def test_a_corrected_alert_was_not_enforcement(network, lupe):
    partner = network.partner()
    report = partner.report(report="r-1")
    network.run()
    partner.post({"type": "report.corrected", "report": "r-1", "found": "police"})

    [other] = lupe.text("CHECK 28205")

    assert report.status_code == 202
    assert "was not immigration enforcement" in calm(other)


def test_what_was_reported_yesterday_is_no_news(network, lupe, clock):
    network.partner().report()
    clock.forward(hours=7)

    [nothing] = lupe.text("CHECK 28205")

    assert "nothing confirmed" in nothing


def test_the_short_name_of_an_alert_says_whether_it_is_ours(network, lupe):
    network.partner().report()
    with network.wiring.look() as work:
        ref = work.session.scalars(sa.select(Alert.ref)).one()

    [ours] = lupe.text(ref.lower())
    [not_ours] = lupe.text("A10" if ref != "A10" else "A11")

    assert f"{ref} is ours" in calm(ours)
    assert "not an alert of ours" in calm(not_ours)


def test_guessing_at_short_names_ends(lupe):
    answers = [lupe.text(f"Z{number}") for number in range(10, 10 + limits.WRONG_CODES + 4)]

    assert [bool(each) for each in answers].count(True) <= limits.WRONG_CODES + 1
    assert answers[-1] == []
