"""What is deleted, and when. Deleting is routine, so that it is never a reaction."""

from datetime import timedelta

import sqlalchemy as sa

from rapidresponse.actions import notices
from rapidresponse.actions.subscribers import ASKED
from rapidresponse.rules.incidents import OPEN
from rapidresponse.store.models import (
    HookEvent,
    Incident,
    Mailing,
    Notice,
    Sighting,
    Subscriber,
    TextIn,
    Thread,
    ThreadText,
)
from rapidresponse.work import Work

UNANSWERED = timedelta(hours=72)  # a phone that was asked and never said yes
SAID = timedelta(days=30)  # what people told us, sealed
CONVERSATIONS = timedelta(hours=72)  # the number behind a conversation, once all is decided
NOTICES = timedelta(days=7)  # that a text was sent; its words are gone at once
NAMES_OF_CALLS = timedelta(days=14)  # partners' calls and the carrier's names of texts


def forget(work: Work) -> None:
    """Delete what has been kept for as long as it may be."""
    work.session.execute(
        sa.delete(Subscriber).where(
            Subscriber.state == ASKED, Subscriber.asked_at < work.now - UNANSWERED
        )
    )
    _forget_conversations(work)
    for table in (HookEvent, TextIn):
        work.session.execute(sa.delete(table).where(table.at < work.now - NAMES_OF_CALLS))


def _forget_conversations(work: Work) -> None:
    """Delete what was said, and to whom we wrote, once it has been kept long enough."""
    old = work.moment - SAID.total_seconds()
    work.session.execute(sa.delete(ThreadText).where(ThreadText.at < old))
    over = work.moment - CONVERSATIONS.total_seconds()
    open_ones = sa.select(Sighting.thread_id).join(Incident, Incident.id == Sighting.incident_id)
    open_ones = open_ones.where(Sighting.thread_id.is_not(None), Incident.state.in_(OPEN))
    work.session.execute(
        sa.delete(Thread).where(
            Thread.last_at < over, Thread.waits.is_(None), Thread.id.not_in(open_ones)
        )
    )
    sent = work.moment - NOTICES.total_seconds()
    is_done = sa.and_(Mailing.state == notices.DONE, Mailing.at < sent)
    done = sa.select(Mailing.id).where(is_done)
    work.session.execute(sa.delete(Notice).where(Notice.mailing_id.in_(done)))
    work.session.execute(sa.delete(Mailing).where(is_done))
