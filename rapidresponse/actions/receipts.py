"""What the carrier says became of texts, written down in bulk."""

from collections import defaultdict
from collections.abc import Iterable

from rapidresponse.actions import alerts, notices, outcomes
from rapidresponse.rules import tokens
from rapidresponse.rules.lifecycle import News
from rapidresponse.sms.receipts import Receipt
from rapidresponse.sms.twilio import state_of
from rapidresponse.work import Work

LONGEST_CODE = 6


def record(work: Work, receipts: Iterable[Receipt], *, key: bytes) -> int:
    """Move deliveries forward by their receipts; return how many changed.

    A token that we did not sign, and a status that is new to us, change nothing.
    """
    by_alert: dict[int, list[News]] = defaultdict(list)
    for receipt in receipts:
        attempt, state = tokens.read(key, receipt.token), state_of(receipt.status)
        if attempt is None or state is None:
            continue
        by_alert[attempt.alert].append(
            News(attempt.seq, attempt.number, state, sid=receipt.sid, code=_code(receipt.code))
        )
    changed = 0
    for alert, news in sorted(by_alert.items()):
        if alert >= tokens.NOTICES_FROM:
            changed += notices.record(work, alert - tokens.NOTICES_FROM, news)
            continue
        changed += outcomes.record(work, alert, news)
        alerts.finish(work, alert)
    return changed


def _code(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < LONGEST_CODE else None
