"""Organisations that send us verified reports."""

from datetime import timedelta

import sqlalchemy as sa

from rapidresponse.errors import Conflict, Invalid, NotAllowed, NotFound, TooMany
from rapidresponse.rules import hooks, limits
from rapidresponse.store.models import HookEvent, Partner
from rapidresponse.store.models.base import fresh_id
from rapidresponse.store.sealed import PARTNER_SECRET
from rapidresponse.work import Work

PUBLISH, REVIEW = "publish", "review"
LONGEST_NAME = 80


def add(work: Work, name: str, *, trust: str) -> tuple[int, str]:
    """Add a partner; return its id and its secret, which is shown this once."""
    name = name.strip()
    if not 1 <= len(name) <= LONGEST_NAME or not name.isprintable():
        raise Invalid(f"A partner's name has 1 to {LONGEST_NAME} printable characters.")
    if _named(work, name):
        raise Conflict(f"There is a partner called {name} already.")
    key, secret = fresh_id(), hooks.fresh_secret()
    sealed = work.vault.seal(secret, PARTNER_SECRET, key)
    work.session.add(Partner(id=key, name=name, trust=trust, secret=sealed, added_at=work.now))
    return key, secret


def secret_of(work: Work, name: str) -> tuple[int, str]:
    """Return the id and the secret of a partner; for signing in practice mode only."""
    partner = _named(work, name)
    if partner is None:
        raise NotFound(f"There is no partner called {name}.")
    return partner.id, work.vault.open(partner.secret, PARTNER_SECRET, partner.id)


def replace_secret(work: Work, name: str) -> str:
    """Give a partner a new secret; calls signed with the old one are refused from now on."""
    partner = _named(work, name)
    if partner is None:
        raise NotFound(f"There is no partner called {name}.")
    secret = hooks.fresh_secret()
    partner.secret = work.vault.seal(secret, PARTNER_SECRET, partner.id)
    return secret


def recognise(work: Work, partner_id: str, call: hooks.Signed) -> Partner:
    """Return the partner who signed a call; one refusal for every reason not to believe it."""
    partner = work.session.get(Partner, int(partner_id)) if _is_id(partner_id) else None
    secret = (
        work.vault.open(partner.secret, PARTNER_SECRET, partner.id)
        if partner
        else hooks.SECRET_PREFIX
    )
    if not hooks.is_genuine(secret, call, now=work.moment) or partner is None:
        raise NotAllowed("The signature, the time or the partner is wrong.")
    return partner


def answered(work: Work, partner: Partner, call_id: str) -> dict[str, object] | None:
    """Return what this call was answered the first time, if it came before."""
    event = work.session.get(HookEvent, (partner.id, call_id))
    return event.answer if event else None


def check_pace(work: Work, partner: Partner) -> None:
    """Raise TooMany when a partner calls faster than anyone verifies reports."""
    recent = _calls(work, partner, timedelta(minutes=1))
    if recent >= limits.CALLS_A_MINUTE:
        raise TooMany("Too many calls in a minute; wait a little and send it again.")


def has_room(work: Work, partner: Partner) -> bool:
    """Say whether a partner may still publish without a person looking."""
    hour, day = _calls(work, partner, timedelta(hours=1)), _calls(work, partner, timedelta(days=1))
    return hour < limits.ALERTS_AN_HOUR and day < limits.ALERTS_A_DAY


def remember(work: Work, partner: Partner, call_id: str, answer: dict[str, object]) -> None:
    """Keep what a call was answered, so that the same call is answered the same again."""
    work.session.add(HookEvent(partner_id=partner.id, event_id=call_id, at=work.now, answer=answer))


def _named(work: Work, name: str) -> Partner | None:
    return work.session.scalar(sa.select(Partner).where(Partner.name == name))


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= len(str(2**52))


def _calls(work: Work, partner: Partner, within: timedelta) -> int:
    found = sa.select(sa.func.count()).where(
        HookEvent.partner_id == partner.id, HookEvent.at > work.now - within
    )
    return work.session.scalar(found) or 0
