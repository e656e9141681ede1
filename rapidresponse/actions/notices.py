"""Texts to one person that are no alert: written down, intended, sent once, and then blanked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import sqlalchemy as sa

from rapidresponse.actions import subscribers
from rapidresponse.queue import Job
from rapidresponse.rules import tokens
from rapidresponse.rules.lifecycle import OPEN, DeliveryState, News, Standing, rises, standing
from rapidresponse.rules.segments import measure
from rapidresponse.sms.provider import Carried
from rapidresponse.store.models import Mailing, Notice, OptOut
from rapidresponse.store.models.base import fresh_id
from rapidresponse.store.sealed import FIND_OPT_OUT, NOTICE_BODY, NOTICE_PHONE
from rapidresponse.vault import KeyGone
from rapidresponse.work import Work

LOST_SECONDS = 60.0  # an intent that old never got an answer
STALE_SECONDS = 3.0
MOST_ATTEMPTS = 3
NO_NEWS_SECONDS = 6 * 3600.0  # what could not be sent for so long is no news any more
MOST_MAILINGS = 100
DONE = "done"
D = DeliveryState


@dataclass(frozen=True, slots=True)
class Letter:
    """Words for one phone, before they are sealed."""

    phone: str = field(repr=False)
    body: str = field(repr=False)
    thread_id: int | None = None
    staff_id: int | None = None


@dataclass(frozen=True, slots=True)
class Ready:
    """A notice whose intent is committed: it may be handed over now, under this attempt."""

    attempt: tokens.Attempt
    phone: str = field(repr=False)
    body: str = field(repr=False)
    segments: int
    since: float


def post(
    work: Work,
    kind: str,
    letters: Sequence[Letter],
    *,
    incident_id: int | None = None,
    not_before: float = 0,
) -> Mailing | None:
    """Write texts down, to leave as soon as this is committed; None if there is nobody."""
    if not letters:
        return None
    mailing = Mailing(
        kind=kind,
        incident_id=incident_id,
        at=work.moment,
        not_before=not_before,
        queued_at=work.moment,
        state="open",
    )
    work.session.add(mailing)
    work.session.flush()
    work.session.add_all(
        _sealed(work, mailing.id, seq, letter) for seq, letter in enumerate(letters, start=1)
    )
    if not_before <= work.moment:
        work.then(Job.MAIL, mailing.id, first=True)
    return mailing


def due(work: Work, mailing_id: int, *, most: int) -> int:
    """Return how many segments the next texts of a mailing have."""
    rows = _pending(work, mailing_id).with_only_columns(Notice.segments).limit(most)
    return sum(work.session.scalars(rows))


def intend(work: Work, mailing_id: int, *, most: int) -> list[Ready]:
    """Commit to the next texts of a mailing; whoever asked us to stop is left out for good."""
    rows = _pending(work, mailing_id).order_by(Notice.seq).limit(most)
    found = work.session.scalars(rows.with_for_update(skip_locked=True)).all()
    phones = {one.id: phone for one in found if (phone := _opened(work, one))}
    marks = dict(zip(phones, work.vault.indexes(phones.values(), FIND_OPT_OUT), strict=True))
    barred = set(
        work.session.scalars(
            sa.select(OptOut.phone_index).where(OptOut.phone_index.in_(marks.values()))
        )
    )
    is_old = work.get(Mailing, mailing_id).at < work.moment - NO_NEWS_SECONDS
    ready = []
    for one in found:
        if one.id not in phones:
            _become(work, one, News(one.seq, one.attempt, D.FAILED))
        elif one.attempt and is_old:
            _become(work, one, News(one.seq, one.attempt, D.EXPIRED))
        elif marks[one.id] in barred:
            _become(work, one, News(one.seq, one.attempt, D.SUPPRESSED))
        else:
            ready.append(_intended(work, one, phones[one.id]))
    _finish(work, mailing_id)
    return ready


def record(work: Work, mailing_id: int, news: Iterable[News]) -> int:
    """Write down what became of a mailing's texts; late news changes nothing."""
    changed = 0
    for one in news:
        row = work.session.scalar(
            sa.select(Notice)
            .where(Notice.mailing_id == mailing_id, Notice.seq == one.seq)
            .with_for_update()
        )
        if row is not None and rises(_standing(row), one):
            if one.state is D.SUPPRESSED and row.phone is not None:
                subscribers.opt_out(work, _phone(work, row), source="carrier")
            _become(work, row, one)
            changed += 1
    _finish(work, mailing_id)
    return changed


def doubts(work: Work, mailing_id: int, *, settle_seconds: float) -> list[Ready]:
    """Return the texts in doubt for so long that the carrier's list may settle them."""
    rows = sa.select(Notice).where(
        Notice.mailing_id == mailing_id,
        Notice.state == D.IN_DOUBT,
        Notice.since <= work.moment - settle_seconds,
    )
    return [_ready(work, one) for one in work.session.scalars(rows)]


def settle(
    work: Work,
    mailing_id: int,
    asked: Sequence[Ready],
    seen: Sequence[Carried],
    *,
    settle_seconds: float,
) -> None:
    """Take the carrier's list as proof: it has the text, or, looked up twice, it has not.

    A list may lag, so what is absent is tried again only after twice the time.
    """
    known = set(work.session.scalars(sa.select(Notice.sid).where(Notice.sid.is_not(None))))
    news = []
    for one in asked:
        seq, number = one.attempt.seq, one.attempt.number
        same = (line.sid for line in seen if (line.to, line.body) == (one.phone, one.body))
        sid = next((sid for sid in same if sid not in known), None)
        if sid is not None:
            known.add(sid)  # one line of the list is one text
            news.append(News(seq, number, D.ACCEPTED, sid=sid))
        elif one.since <= work.moment - 2 * settle_seconds:
            news.append(News(seq, number, D.PENDING if number < MOST_ATTEMPTS else D.FAILED))
    record(work, mailing_id, news)


def look_after(work: Work, *, settle_seconds: float) -> None:
    """Put in doubt what never got an answer, and queue again whatever is not over."""
    work.run(
        "UPDATE notices SET state = 'in_doubt', standing = attempt * 10 + 2, since = :now"
        " WHERE state = 'intent' AND since <= :lost",
        now=work.moment,
        lost=work.moment - LOST_SECONDS,
    )
    waiting = sa.or_(
        sa.and_(Notice.state == D.PENDING, Notice.not_before <= work.moment),
        sa.and_(Notice.state == D.IN_DOUBT, Notice.since <= work.moment - settle_seconds),
    )
    rows = sa.select(Mailing).where(
        Mailing.state != DONE,
        Mailing.not_before <= work.moment,
        Mailing.queued_at <= work.moment - STALE_SECONDS,
        Mailing.id.in_(sa.select(Notice.mailing_id).where(waiting)),
    )
    for mailing in work.session.scalars(rows.limit(MOST_MAILINGS)).all():
        mailing.queued_at = work.moment
        work.then(Job.MAIL, mailing.id, int(work.moment))


def _sealed(work: Work, mailing_id: int, seq: int, letter: Letter) -> Notice:
    key = fresh_id()
    return Notice(
        id=key,
        mailing_id=mailing_id,
        seq=seq,
        thread_id=letter.thread_id,
        staff_id=letter.staff_id,
        phone=work.vault.seal(letter.phone, NOTICE_PHONE, key),
        body=work.vault.seal_long(letter.body.encode(), NOTICE_BODY, key),
        segments=measure(letter.body).count,
        state=D.PENDING,
        attempt=0,
        standing=0,
        since=work.moment,
        not_before=0,
    )


def _pending(work: Work, mailing_id: int) -> sa.Select[Notice]:
    return sa.select(Notice).where(
        Notice.mailing_id == mailing_id,
        Notice.state == D.PENDING,
        Notice.not_before <= work.moment,
    )


def _phone(work: Work, one: Notice) -> str:
    return work.vault.open(one.phone or b"", NOTICE_PHONE, one.id)


def _opened(work: Work, one: Notice) -> str:
    """Return the number of a notice, or nothing when its key is gone: the others still leave."""
    try:
        return _phone(work, one)
    except KeyGone:
        return ""


def _intended(work: Work, one: Notice, phone: str) -> Ready:
    one.attempt += 1
    one.state, one.since = D.INTENT, work.moment
    one.standing = standing(D.INTENT, one.attempt)
    return _ready(work, one, phone)


def _ready(work: Work, one: Notice, phone: str = "") -> Ready:
    attempt = tokens.Attempt(tokens.NOTICES_FROM + one.mailing_id, one.seq, one.attempt)
    body = work.vault.open_long(one.body or b"", NOTICE_BODY, one.id).decode()
    return Ready(attempt, phone or _phone(work, one), body, one.segments, one.since)


def _standing(one: Notice) -> Standing:
    return Standing(one.seq, 0, D(one.state), one.attempt, one.standing, one.sid)


def _become(work: Work, one: Notice, news: News) -> None:
    """Move a notice on; number and words are needed only while it may still leave."""
    one.state, one.since = news.state, work.moment
    one.standing = standing(news.state, news.attempt)
    one.sid, one.code = news.sid or one.sid, news.code or one.code
    one.not_before = news.not_before or 0.0
    if news.state not in OPEN:
        one.phone = one.body = None


def _finish(work: Work, mailing_id: int) -> None:
    """Call a mailing done when nothing of it may still leave."""
    work.session.flush()
    left = sa.select(Notice.id).where(Notice.mailing_id == mailing_id, Notice.state.in_(OPEN))
    if work.session.scalar(left.limit(1)) is None:
        work.session.execute(sa.update(Mailing).where(Mailing.id == mailing_id).values(state=DONE))
