import os
import re

import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rapidresponse.rules.incidents import OPEN
from rapidresponse.store.models import Incident, Sighting, Thread
from tests.network import Phone, replies

HOW_MANY = int(os.environ.get("FUZZ", "200"))  # `make fuzz` takes 20,000
SAID = """
JOIN UNIRSE 28205 10001 YES SI NO STOP ALTO START HELP AYUDA RIGHTS DERECHOS casa CHECK VERDAD
REPORT MIGRA ICE en la 14 y Willow agentes 4 carros PAUSE 7 RESUME STATUS FORGET BORRAR SKIP STAY
B296 ya no basta & @ at my door mi puerta hace 10 min A123456789 704 ZIP IDIOMA ES
"""
WORDS = st.sampled_from(SAID.split())
TEXTS = st.one_of(
    st.text(max_size=200),
    st.lists(WORDS, max_size=8).map(" ".join),
    st.lists(st.one_of(WORDS, st.text(max_size=10)), max_size=12).map(" ".join),
)
SEEN: dict[int, int] = {}


@settings(
    max_examples=HOW_MANY,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(said=TEXTS, who=st.integers(0, 19))
def test_any_text_is_answered_and_breaks_nothing(network, said, who):
    phone = Phone(network, f"+170455501{who:02}")
    network.wiring.clock.forward(seconds=7)

    answer = phone.post({"Body": said[:1600]})

    assert answer.status_code == 200
    for reply in replies(answer.get_data(as_text=True)):
        assert not re.search(r"\b(safe|raid|None)\b|\{|\}", reply)
    check(network)


def check(network):
    """Look at what must always hold, every now and then."""
    SEEN[0] = SEEN.get(0, 0) + 1
    if SEEN[0] % 50:
        return
    with network.wiring.look() as work:
        for incident in work.session.scalars(sa.select(Incident)):
            told = work.session.scalars(
                sa.select(Sighting).where(Sighting.incident_id == incident.id)
            ).all()
            assert len(told) == incident.sightings
            assert told or incident.state not in OPEN
        assert all(one.replies <= 40 for one in work.session.scalars(sa.select(Thread)))
