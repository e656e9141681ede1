import pytest
import sqlalchemy as sa
from sqlalchemy.orm import sessionmaker

from rapidresponse.actions import partners
from rapidresponse.errors import Unavailable
from rapidresponse.queue import Job
from rapidresponse.work import begin
from tests.rows import queued, rows


def test_what_comes_next_starts_when_the_work_is_kept(wiring):
    with wiring.work() as work:
        partners.add(work, "One", trust="review")
        work.then(Job.SEND, 7)
        before = queued(wiring)

    assert (before, queued(wiring)) == (0, 1)
    assert len(rows(wiring)["partners"]) == 1


def test_a_work_that_breaks_leaves_no_trace(wiring):
    def break_off():
        with wiring.work() as work:
            partners.add(work, "One", trust="review")
            work.session.flush()
            work.then(Job.SEND, 7)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        break_off()

    assert rows(wiring)["partners"] == []
    assert queued(wiring) == 0


def test_when_every_connection_is_taken_the_record_is_away(wiring, record_url):
    engine = sa.create_engine(record_url, pool_size=1, max_overflow=0, pool_timeout=0.01)

    again = begin(sessionmaker(engine), wiring.vault, wiring.queue)

    with engine.connect(), pytest.raises(Unavailable), again as work:
        work.run("SELECT 1")

    engine.dispose()


def test_an_outage_tells_neither_the_statement_nor_its_values(wiring):
    with pytest.raises(Unavailable) as away, wiring.work() as work:
        raise sa.exc.OperationalError("SELECT secret", {"phone": "a number"}, OSError("gone"))

    assert work.jobs == []
    assert "secret" not in f"{away.value} {away.value.__cause__!r}"
    assert "a number" not in f"{away.value} {away.value.__cause__!r}"
