"""The fault harness in its shorter form; `make faults` runs the whole."""

import pytest

from tests.faults.trial import Trial

PEOPLE = 300


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_nobody_is_lost_and_nobody_is_texted_twice_whatever_breaks(kind, request):
    postgres = request.getfixturevalue("postgres") if kind == "postgresql" else None
    url = postgres.create("faults") if postgres else None

    # PostgreSQL is the whole suite's, so here it is not restarted; `make faults` does that.
    outcome = Trial(7, PEOPLE, url).run()

    assert outcome.fine, outcome
