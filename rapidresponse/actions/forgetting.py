"""Forgetting a person: gone everywhere, but for a keyed mark that says "do not text"."""

import sqlalchemy as sa

from rapidresponse.actions import subscribers, threads
from rapidresponse.queue import Job
from rapidresponse.store.models import Sighting, Thread
from rapidresponse.work import Work

SOURCE = "forget"


def forget(work: Work, phone: str) -> None:
    """Erase what we hold about a phone.

    Its conversation goes with all that was said, with its pictures and with texts on their way
    to it. What it reported stands as counts and codes, without words, place or sender.
    """
    work.then(Job.SCRUB, int(work.moment))
    person = subscribers.find(work, phone)
    subscribers.opt_out(work, phone, source=SOURCE)
    if person is not None:
        person.consent_at = person.consent_wording = None
        person.consent_language = person.consent_by = None
    thread = threads.find(work, phone)
    if thread is None:
        return
    work.session.execute(
        sa.update(Sighting)
        .where(Sighting.thread_id == thread.id)
        .values(where=None, place_mark=None, mark=b"", asked=None)
    )
    work.session.flush()
    work.session.execute(sa.delete(Thread).where(Thread.id == thread.id))
