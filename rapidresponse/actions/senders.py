"""The numbers and services that texts leave from: chosen by weight, stopped when refused."""

import re

import sqlalchemy as sa

from rapidresponse.actions import alarms
from rapidresponse.config import Config
from rapidresponse.errors import Conflict, Invalid
from rapidresponse.store.models import Sender
from rapidresponse.work import Work

STOP_SECONDS = 30.0  # before a sender that was refused is tried again
USUAL_WEIGHT = 100
OUR_NUMBER = "TWILIO_FROM"  # the record names the setting, never the number
SERVICE = re.compile(r"MG[0-9a-f]{32}")


def ensure(work: Work, config: Config) -> None:
    """See that the sender of the settings is known, with the rate of the settings."""
    work.run(  # in one statement, since all workers start at once
        "INSERT INTO senders (name, per_second, weight) VALUES (:name, :rate, :weight)"
        " ON CONFLICT (name) DO UPDATE SET per_second = excluded.per_second",
        name=config.twilio_messaging_service_sid or OUR_NUMBER,
        rate=config.sender_rate,
        weight=USUAL_WEIGHT,
    )


def add(work: Work, name: str, *, per_second: int, weight: int) -> Sender:
    """Add another sender of the same account."""
    if not SERVICE.fullmatch(name):
        raise Invalid("Another sender is a messaging service: MG and 32 digits of its own.")
    if _named(work, name):
        raise Conflict("That sender is there already.")
    sender = Sender(name=name, per_second=per_second, weight=weight)
    work.session.add(sender)
    work.session.flush()
    return sender


def remove(work: Work, sender_id: int) -> None:
    """Take a sender out of use for good; texts that it carried stay as they are."""
    work.session.delete(work.get(Sender, sender_id))


def every(work: Work) -> list[Sender]:
    """Return all senders."""
    return list(work.session.scalars(sa.select(Sender).order_by(Sender.id)))


def healthy(work: Work) -> list[Sender]:
    """Return the senders that may be used now."""
    return [sender for sender in every(work) if sender.stopped_until <= work.moment]


def stop(work: Work, sender_id: int, *, code: int) -> None:
    """Rest a sender that the carrier refused, and call a person; it is tried again later."""
    sender = work.session.get(Sender, sender_id)
    if sender is None or sender.stopped_until > work.moment:
        return
    sender.stopped_until = work.moment + STOP_SECONDS
    sender.stopped_by = code
    alarms.raise_one(work, "sender", f"sender {sender_id} is refused by the carrier (code {code})")


def _named(work: Work, name: str) -> Sender | None:
    return work.session.scalar(sa.select(Sender).where(Sender.name == name))
