"""Texts on their way to phones: claimed, and committed to before they leave."""

import logging
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from rapidresponse.actions import counts, outcomes
from rapidresponse.queue import Job
from rapidresponse.rules.lifecycle import AlertState, DeliveryState, News
from rapidresponse.rules.tokens import Attempt
from rapidresponse.store.models import Alert, AlertText, Subscriber
from rapidresponse.store.queries import sending
from rapidresponse.store.sealed import PHONE
from rapidresponse.vault import KeyGone
from rapidresponse.work import Work

log = logging.getLogger(__name__)

LEASE_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Claim:
    """A batch that one worker holds for a while, and the words it sends."""

    batch: int
    alert: int
    low: int
    high: int
    in_line: tuple[int, ...]  # the places whose texts may leave now
    expires_at: float
    words: dict[str, tuple[str, int]] = field(repr=False)  # language → (body, segments)

    @property
    def segments(self) -> int:
        """What the longest of its texts costs."""
        return max(count for _, count in self.words.values())


@dataclass(frozen=True, slots=True)
class Intended:
    """One attempt whose intent is committed; it may leave now."""

    attempt: Attempt
    phone: str = field(repr=False)
    body: str = field(repr=False)
    segments: int


def claim(work: Work, batch: int, *, owner: str) -> Claim | None:
    """Take a batch for a while, or return None if it is done or somebody has it."""
    found = work.run(
        sending.CLAIM_BATCH,
        batch=batch,
        owner=owner,
        now=work.moment,
        until=work.moment + LEASE_SECONDS,
    ).one_or_none()
    if found is None:
        return None
    texts = work.session.scalars(sa.select(AlertText).where(AlertText.alert_id == found.alert_id))
    words = {text.language: (text.body, text.segments) for text in texts}
    expires = work.run("SELECT expires_at FROM alerts WHERE id = :alert", alert=found.alert_id)
    in_line = work.run(
        sending.IN_LINE, alert=found.alert_id, low=found.low, high=found.high, now=work.moment
    )
    return Claim(
        batch,
        found.alert_id,
        found.low,
        found.high,
        tuple(in_line.scalars()),
        expires.scalar_one(),
        words,
    )


def keep(work: Work, batch: int, *, owner: str) -> bool:
    """Hold a batch a while longer; False when it was taken away."""
    kept = work.run(sending.KEEP_BATCH, batch=batch, owner=owner, until=work.moment + LEASE_SECONDS)
    return bool(kept.rowcount == 1)


def intend(work: Work, claim: Claim, *, low: int, high: int, sender: int) -> list[Intended]:
    """Commit ourselves to the texts of a batch from place `low` to place `high`.

    Whoever left, and whatever was halted or expired, stays behind: this is the last
    look before a text leaves, and it is the only one that counts. It holds the alert's
    row, so that whoever halts it afterwards knows of every text that had its turn.
    """
    if not _may_leave(work, claim):
        return []
    place = {"alert": claim.alert, "low": low, "high": high}
    rows = work.run(sending.INTEND, **place, sender=sender, now=work.moment).all()
    moves = counts.Moves()
    for row in rows:
        counts.move(moves, row.ring, DeliveryState.PENDING, DeliveryState.INTENT)
    counts.keep(work, claim.alert, moves)
    phones = open_phones(work, {row.subscriber_id for row in rows})
    gone = [row for row in rows if row.subscriber_id not in phones]
    outcomes.record(
        work, claim.alert, [News(row.seq, row.attempt, DeliveryState.SUPPRESSED) for row in gone]
    )
    stay = sorted((row for row in rows if row.subscriber_id in phones), key=lambda row: row.seq)
    return [_intended(claim, row, phones[row.subscriber_id]) for row in stay]


def _intended(claim: Claim, row: Any, phone: str) -> Intended:
    attempt = Attempt(claim.alert, row.seq, row.attempt)
    return Intended(attempt, phone, *claim.words[row.language])


def _may_leave(work: Work, claim: Claim) -> bool:
    found = work.session.scalar(
        sa.select(Alert.id)
        .where(
            Alert.id == claim.alert,
            Alert.state == AlertState.SENDING,
            Alert.expires_at > work.moment,
        )
        .with_for_update(read=True)
    )
    return found is not None


def open_phones(work: Work, subscribers: Collection[int]) -> dict[int, str]:
    """Open the numbers of these subscribers; whoever left has none."""
    rows = work.session.execute(
        sa.select(Subscriber.id, Subscriber.phone).where(
            Subscriber.id.in_(subscribers), Subscriber.phone.is_not(None)
        )
    )
    phones: dict[int, str] = {}
    for key, envelope in rows:
        try:
            phones[key] = work.vault.open(envelope or b"", PHONE, key)
        except KeyGone:
            log.error("the number of subscriber %s does not open", key)  # noqa: TRY400 - no trace of values
    return phones


def _suppress_gone(work: Work, claim: Claim) -> None:
    """Hold back what went into line again after its person had left."""
    rows = work.run(
        "UPDATE deliveries SET state = 'suppressed', since = :now WHERE alert_id = :alert"
        " AND seq BETWEEN :low AND :high AND state = 'pending' AND NOT EXISTS (SELECT 1"
        " FROM subscribers s WHERE s.id = deliveries.subscriber_id AND s.state = 'active')"
        " RETURNING ring",
        alert=claim.alert,
        low=claim.low,
        high=claim.high,
        now=work.moment,
    ).all()
    moves = counts.Moves()
    for row in rows:
        counts.move(moves, row.ring, DeliveryState.PENDING, DeliveryState.SUPPRESSED)
    counts.keep(work, claim.alert, moves)


def release(work: Work, claim: Claim, *, owner: str, wait_seconds: float = 0.0) -> None:
    """Give a batch back: finished if nothing is left of it, else to be taken when it is due."""
    _suppress_gone(work, claim)
    left, due = work.run(
        "SELECT count(*), min(coalesce(not_before, 0)) FROM deliveries WHERE alert_id = :alert"
        " AND seq BETWEEN :low AND :high AND state = 'pending'",
        alert=claim.alert,
        low=claim.low,
        high=claim.high,
    ).one()
    turn = work.run(
        sending.RELEASE_BATCH,
        batch=claim.batch,
        owner=owner,
        state="open" if left else "done",
        until=max(due or 0.0, work.moment + wait_seconds),
        now=work.moment,
    ).scalar_one_or_none()
    now = not wait_seconds and (due or 0.0) <= work.moment
    if left and turn is not None and now:
        work.then(Job.SEND, claim.batch, turn)  # behind whatever waits: each has its turn
