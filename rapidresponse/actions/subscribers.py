"""Coming and going. Both are always the person's own choice, made from their own phone."""

from datetime import timedelta

import sqlalchemy as sa

from rapidresponse.actions import counts
from rapidresponse.rules.lifecycle import DeliveryState
from rapidresponse.store.models import Area, Delivery, OptOut, Subscriber
from rapidresponse.store.models.base import fresh_id
from rapidresponse.store.sealed import FIND_OPT_OUT, FIND_SUBSCRIBER, PHONE
from rapidresponse.work import Work

ASKED, ACTIVE, LEFT, BARRED = "asked", "active", "left", "barred"
ANSWER_WITHIN = timedelta(hours=24)
MOST_AREAS = 5


def find(work: Work, phone: str) -> Subscriber | None:
    """Return the subscriber with this phone, if there is one."""
    index = work.vault.index(phone, FIND_SUBSCRIBER)
    return work.session.scalar(sa.select(Subscriber).where(Subscriber.phone_index == index))


def ask(work: Work, phone: str, zip_code: str, *, language: str) -> Subscriber:
    """Write down that a phone asked to follow a place; it gets nothing before it says yes."""
    person = find(work, phone) or _fresh(work, phone)
    if person.state != ACTIVE:
        person.state = ASKED
        work.session.execute(sa.delete(Area).where(Area.subscriber_id == person.id))
    else:
        _forget_unanswered(work, person)
    person.language = language
    person.asked_at = work.now
    work.session.flush()
    if work.session.get(Area, (person.id, zip_code)) is None:
        work.session.add(Area(subscriber_id=person.id, zip=zip_code, confirmed=False))
    return person


def awaits_yes(work: Work, person: Subscriber) -> list[str]:
    """Return the places that a person was asked about and may still say yes to."""
    if person.asked_at is None or work.now - person.asked_at > ANSWER_WITHIN:
        return []
    rows = work.session.scalars(
        sa.select(Area.zip).where(Area.subscriber_id == person.id, Area.confirmed.is_(False))
    )
    return list(rows)


def areas(work: Work, person: Subscriber) -> list[str]:
    """Return the ZIP codes that a person follows."""
    rows = work.session.scalars(
        sa.select(Area.zip)
        .where(Area.subscriber_id == person.id, Area.confirmed.is_(True))
        .order_by(Area.zip)
    )
    return list(rows)


def confirm(work: Work, person: Subscriber, *, language: str, wording: str) -> None:
    """Take a yes: from here on the person is texted. Consent is kept without a name."""
    person.state = ACTIVE
    person.asked_at = None
    person.language = language
    person.consent_at = work.now
    person.consent_wording = wording
    person.consent_language = language
    person.consent_by = "text"
    work.session.execute(
        sa.update(Area).where(Area.subscriber_id == person.id).values(confirmed=True)
    )
    if person.phone is not None:
        phone = work.vault.open(person.phone, PHONE, person.id)
        _lift_opt_out(work, phone)


def decline(work: Work, person: Subscriber) -> None:
    """Take a no: forget the question, and the phone too if it never said yes."""
    _forget_unanswered(work, person)
    person.asked_at = None
    if person.state == ASKED:
        work.session.delete(person)


def opt_out(work: Work, phone: str, *, source: str = "text") -> None:
    """Stop texting a phone, from this moment; nothing that has not left will leave.

    The number itself is gone at once. What stays is a keyed mark that says "do not text".
    """
    mark = work.vault.index(phone, FIND_OPT_OUT)
    if work.session.get(OptOut, mark) is None:
        work.session.add(OptOut(phone_index=mark, at=work.now, source=source))
    if person := find(work, phone):
        _leave(work, person, LEFT)


def drop(work: Work, alert: int, seq: int, *, opted_out: bool) -> None:
    """Learn from the carrier that the person behind a delivery left, or cannot be texted."""
    delivery = work.session.get_one(Delivery, (alert, seq))
    person = work.session.get(Subscriber, delivery.subscriber_id)
    if person is None or person.phone is None:
        return
    if opted_out:
        opt_out(work, work.vault.open(person.phone, PHONE, person.id), source="carrier")
    else:
        _leave(work, person, BARRED)


def has_opted_out(work: Work, phone: str) -> bool:
    """Say whether a phone asked us to stop."""
    return work.session.get(OptOut, work.vault.index(phone, FIND_OPT_OUT)) is not None


def _fresh(work: Work, phone: str) -> Subscriber:
    key = fresh_id()
    person = Subscriber(
        id=key,
        phone=work.vault.seal(phone, PHONE, key),
        phone_index=work.vault.index(phone, FIND_SUBSCRIBER),
        state=ASKED,
        language="both",
    )
    work.session.add(person)
    return person


def _forget_unanswered(work: Work, person: Subscriber) -> None:
    work.session.execute(
        sa.delete(Area).where(Area.subscriber_id == person.id, Area.confirmed.is_(False))
    )


def _lift_opt_out(work: Work, phone: str) -> None:
    mark = work.vault.index(phone, FIND_OPT_OUT)
    work.session.execute(sa.delete(OptOut).where(OptOut.phone_index == mark))


def _leave(work: Work, person: Subscriber, state: str) -> None:
    person.state = state
    person.phone = person.phone_index = person.asked_at = None
    work.session.execute(sa.delete(Area).where(Area.subscriber_id == person.id))
    work.session.flush()
    held_back = work.run(
        "UPDATE deliveries SET state = 'suppressed', since = :now"
        " WHERE subscriber_id = :person AND state = 'pending' RETURNING alert_id, ring",
        person=person.id,
        now=work.moment,
    ).all()
    for row in held_back:
        moves = counts.Moves()
        counts.move(moves, row.ring, DeliveryState.PENDING, DeliveryState.SUPPRESSED)
        counts.keep(work, row.alert_id, moves)
