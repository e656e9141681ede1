"""Conversations: found, kept, and slowed down when a phone asks too much."""

import hmac
import secrets
from collections.abc import Sequence

import sqlalchemy as sa

from rapidresponse.rules import limits, masking
from rapidresponse.rules.segments import measure
from rapidresponse.store.models import Sighting, Spending, Thread, ThreadText
from rapidresponse.store.models.base import fresh_id
from rapidresponse.store.sealed import FIND_THREAD, MARK_WORDS, THREAD_PHONE, THREAD_TEXT
from rapidresponse.work import Work

REPLIES = "replies"
NOBODY = ""
INDEX_BYTES = 32
DAY_LETTERS = 10  # of an ISO date


def of(work: Work, phone: str) -> Thread:
    """Return the conversation with a phone; the first text opens it."""
    index = work.vault.index(phone, FIND_THREAD)
    known = sa.select(Thread).where(Thread.phone_index == index).with_for_update()
    thread = work.session.scalar(known)
    if thread is None:
        thread = _open(work, phone, index)
    if work.moment - thread.window_at >= limits.WINDOW_SECONDS:
        thread.window_at = work.moment
        thread.texts = thread.replies = thread.reports = thread.wrong_codes = 0
    thread.texts += 1
    thread.last_at = work.moment
    return thread


def find(work: Work, phone: str) -> Thread | None:
    """Return the conversation with a phone, if there is one."""
    index = work.vault.index(phone, FIND_THREAD)
    return work.session.scalar(sa.select(Thread).where(Thread.phone_index == index))


def phone_of(work: Work, thread: Thread) -> str:
    """Return the number of a conversation; nothing once the phone has left."""
    return work.vault.open(thread.phone, THREAD_PHONE, thread.id)


def let_go(work: Work, thread: Thread) -> None:
    """Forget the number of a phone that left; what it reported stands without it."""
    thread.phone = work.vault.seal(NOBODY, THREAD_PHONE, thread.id)
    thread.phone_index = secrets.token_bytes(INDEX_BYTES)
    thread.waits = thread.waits_since = None
    close_question(thread)


def keep(
    work: Work, thread: Thread, body: str, taken_as: str, sighting: Sighting | None = None
) -> None:
    """Keep what a phone said, sealed, without what we never keep."""
    kept, _ = masking.mask(body)
    key = fresh_id()
    work.session.add(
        ThreadText(
            id=key,
            thread_id=thread.id,
            sighting_id=sighting.id if sighting else None,
            at=work.moment,
            inbound=True,
            body=work.vault.seal_long(kept.encode(), THREAD_TEXT, key),
            taken_as=taken_as,
        )
    )


def texts(work: Work, sighting_id: int) -> list[tuple[float, str, str]]:
    """Return what was said about a report: when, in which words, and what we took it for."""
    rows = sa.select(ThreadText).where(ThreadText.sighting_id == sighting_id)
    return [
        (row.at, work.vault.open_long(row.body, THREAD_TEXT, row.id).decode(), row.taken_as)
        for row in work.session.scalars(rows.order_by(ThreadText.at))
    ]


def wait_for_person(work: Work, thread: Thread, why: str) -> None:
    """Put a conversation before a person; the first reason stands."""
    if thread.waits is None:
        thread.waits, thread.waits_since = why, work.moment


def ask(work: Work, thread: Thread, question: str) -> None:
    """Remember which question is open."""
    thread.asked, thread.asked_at = question, work.moment


def asked(work: Work, thread: Thread) -> str | None:
    """Return the question that a phone may still answer."""
    if thread.asked_at is None or work.moment - thread.asked_at > limits.ANSWER_SECONDS:
        return None
    return thread.asked


def close_question(thread: Thread) -> None:
    """Forget the open question."""
    thread.asked = thread.asked_at = None


def is_silenced(work: Work, thread: Thread) -> bool:
    """Say whether a phone has asked so much that it gets no answer for now."""
    return thread.blocked_until is not None and thread.blocked_until > work.moment


def is_too_much(work: Work, thread: Thread) -> bool:
    """Say whether this text is one too many; the phone then rests for an hour."""
    if thread.texts <= limits.TEXTS_A_WINDOW:
        return False
    thread.blocked_until = work.moment + limits.BLOCK_SECONDS
    return True


def allow(work: Work, thread: Thread, replies: Sequence[str]) -> list[str]:
    """Return the replies that may leave, and count them; else silence.

    Two machines that answer each other say the same again and again; a day has a cap.
    """
    if not replies:
        return []
    mark = work.vault.index("\n".join(replies), MARK_WORDS)
    same = thread.last_reply is not None and hmac.compare_digest(mark, thread.last_reply)
    thread.repeats = thread.repeats + 1 if same else 1
    thread.last_reply = mark
    if thread.repeats > limits.SAME_REPLIES or thread.replies >= limits.REPLIES_A_WINDOW:
        return []
    if not _spend(work, sum(measure(reply).count for reply in replies)):
        return []
    thread.replies += 1
    return list(replies)


def is_flood(work: Work) -> bool:
    """Say whether so many reports come in that each phone is answered once only."""
    recent = sa.select(Sighting.id).where(Sighting.at > work.moment - limits.WINDOW_SECONDS)
    found = sa.select(sa.func.count()).select_from(recent.limit(limits.FLOOD_FROM).subquery())
    return work.session.scalar(found) == limits.FLOOD_FROM


def _open(work: Work, phone: str, index: bytes) -> Thread:
    key = fresh_id()
    thread = Thread(
        id=key,
        phone=work.vault.seal(phone, THREAD_PHONE, key),
        phone_index=index,
        language="both",
        first_at=work.moment,
        last_at=work.moment,
        window_at=work.moment,
        texts=0,
        replies=0,
        reports=0,
        wrong_codes=0,
        repeats=0,
    )
    work.session.add(thread)
    work.session.flush()
    return thread


def _spend(work: Work, segments: int) -> bool:
    """Take some segments out of the day's cap, if it has them."""
    day = work.now.isoformat()[:DAY_LETTERS]
    spent = work.session.get(Spending, (day, REPLIES), with_for_update=True)
    if spent is None:
        spent = Spending(day=day, kind=REPLIES, segments=0)
        work.session.add(spent)
    if spent.segments + segments > limits.REPLY_SEGMENTS_A_DAY:
        return False
    spent.segments += segments
    return True
