"""What is deleted, and when. Deleting is routine, so that it is never a reaction."""

from datetime import timedelta

import sqlalchemy as sa

from rapidresponse.actions.subscribers import ASKED
from rapidresponse.store.models import HookEvent, Subscriber, TextIn
from rapidresponse.work import Work

UNANSWERED = timedelta(hours=72)  # a phone that was asked and never said yes
NAMES_OF_CALLS = timedelta(days=14)  # partners' calls and the carrier's names of texts


def forget(work: Work) -> None:
    """Delete what has been kept for as long as it may be."""
    work.session.execute(
        sa.delete(Subscriber).where(
            Subscriber.state == ASKED, Subscriber.asked_at < work.now - UNANSWERED
        )
    )
    for table in (HookEvent, TextIn):
        work.session.execute(sa.delete(table).where(table.at < work.now - NAMES_OF_CALLS))
