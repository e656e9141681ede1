"""Coming and going. Both are always the person's own choice, made from their own phone."""

from datetime import timedelta

import sqlalchemy as sa

from rapidresponse.actions import counts, following
from rapidresponse.rules.lifecycle import DeliveryState
from rapidresponse.store.models import Delivery, OptOut, Subscriber
from rapidresponse.store.models.base import fresh_id
from rapidresponse.store.sealed import FIND_OPT_OUT, FIND_SUBSCRIBER, PHONE
from rapidresponse.work import Work

ASKED, ACTIVE, LEFT, BARRED = "asked", "active", "left", "barred"
IS_IT, YES = "is_it", "yes"  # the questions that may be open: is it there? do you say yes?
ANSWER_WITHIN = timedelta(hours=24)
MOST_AREAS = 5
WAKE_PAGE = 500


def find(work: Work, phone: str) -> Subscriber | None:
    """Return the subscriber with this phone, if there is one."""
    index = work.vault.index(phone, FIND_SUBSCRIBER)
    # Two texts of one person at the same time wait for each other.
    row = sa.select(Subscriber).where(Subscriber.phone_index == index).with_for_update()
    return work.session.scalar(row)


def ask(work: Work, phone: str, question: str, *, area: str, language: str) -> Subscriber:
    """Write down the question that is open with a phone; it gets nothing before it says yes."""
    person = find(work, phone) or _fresh(work, phone)
    person.state = ACTIVE if person.state == ACTIVE else ASKED
    read_in(work, person, language)
    person.asked, person.asked_area, person.asked_at = question, area, work.now
    return person


def asked(work: Work, person: Subscriber | None) -> str | None:
    """Return the question that a person may still answer, if there is one."""
    if person is None or person.asked_at is None or work.now - person.asked_at > ANSWER_WITHIN:
        return None
    return person.asked


def areas(work: Work, person: Subscriber) -> list[str]:
    """Return the areas that a person follows."""
    return following.areas(work, person.id)


def followed(work: Work, person: Subscriber) -> list[str]:
    """Return the areas that a person follows, or will again after a pause."""
    return areas(work, person) or list(person.resting or [])


def move(work: Work, person: Subscriber, area: str) -> None:
    """Have a person follow this area instead of all others; a pause is over."""
    resume(work, person)
    following.follow(work, person.id, [area], person.language)


def pause(work: Work, person: Subscriber, days: int) -> float:
    """Send nothing for some days; return until when. What has not left yet does not leave."""
    person.resting = followed(work, person)
    person.paused_until = (work.now + timedelta(days=days)).timestamp()
    following.follow(work, person.id, [], person.language)
    _hold_back(work, person)
    return person.paused_until


def resume(work: Work, person: Subscriber) -> bool:
    """End a pause, if there is one."""
    if person.paused_until is None:
        return False
    resting = list(person.resting or [])
    person.paused_until = person.resting = None
    following.follow(work, person.id, resting, person.language)
    return True


def wake(work: Work) -> int:
    """End the pauses that are over, a page of them; return how many."""
    over = sa.select(Subscriber).where(Subscriber.paused_until <= work.moment)
    found = work.session.scalars(over.limit(WAKE_PAGE).with_for_update()).all()
    for person in found:
        resume(work, person)
    return len(found)


def read_in(work: Work, person: Subscriber, language: str) -> None:
    """Text a person in another language from now on."""
    person.language = language
    following.read_in(work, person.id, language)


def confirm(work: Work, person: Subscriber, *, language: str, wording: str) -> None:
    """Take a yes: from here on the person is texted. Consent is kept without a name."""
    resume(work, person)
    wanted = [*areas(work, person), *([person.asked_area] if person.asked_area else [])]
    person.state = ACTIVE
    person.language = language
    person.consent_at = work.now
    person.consent_wording = wording
    person.consent_language = language
    person.consent_by = "text"
    _close_question(person)
    following.follow(work, person.id, wanted[:MOST_AREAS], language)
    if person.phone is not None:
        phone = work.vault.open(person.phone, PHONE, person.id)
        _lift_opt_out(work, phone)


def decline(work: Work, person: Subscriber) -> None:
    """Take a no: forget the question, and the phone too if it never said yes."""
    _close_question(person)
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
    person = work.session.get(Subscriber, delivery.subscriber_id, with_for_update=True)
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


def _close_question(person: Subscriber) -> None:
    person.asked = person.asked_area = person.asked_at = None


def _lift_opt_out(work: Work, phone: str) -> None:
    mark = work.vault.index(phone, FIND_OPT_OUT)
    work.session.execute(sa.delete(OptOut).where(OptOut.phone_index == mark))


def _leave(work: Work, person: Subscriber, state: str) -> None:
    person.state = state
    person.phone = person.phone_index = None
    person.paused_until = person.resting = None
    _close_question(person)
    following.follow(work, person.id, [], person.language)
    _hold_back(work, person)


def _hold_back(work: Work, person: Subscriber) -> None:
    """Keep what has not left from leaving."""
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
