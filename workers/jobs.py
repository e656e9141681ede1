"""The jobs. Each takes one id, turns it into work, and is safe to run twice."""

from functools import cache

from rapidresponse.actions import expansion
from rapidresponse.config import Config
from rapidresponse.wiring import Wiring, wire
from workers import mailer
from workers.sender import Sender
from workers.settler import ask_about, settle_alert


@cache
def wiring() -> Wiring:
    """Build the parts of this worker on first use."""
    return wire(Config.from_env(), patient=True)


@cache
def sender() -> Sender:
    """Build the loop that sends; it lives as long as the worker does."""
    return Sender(wiring())


def expand(alert_id: int) -> None:
    """Turn the next page of an alert's audience into deliveries."""
    with wiring().work() as work:
        expansion.expand(work, alert_id, per_second=wiring().config.sender_rate)


def send(batch_id: int) -> None:
    """Send what is left of a batch."""
    sender().send(batch_id)


def settle(alert_id: int) -> None:
    """Ask the carrier about an alert's texts in doubt."""
    settle_alert(wiring(), sender(), alert_id)


def ask_again(alert_id: int) -> None:
    """Ask the carrier about an alert's texts whose receipts never came."""
    ask_about(wiring(), sender(), alert_id)


def mail(mailing_id: int) -> None:
    """Send what is due of a mailing."""
    mailer.mail(wiring(), sender(), mailing_id)


def scrub(moment: int) -> None:  # noqa: ARG001 - it only tells one time from another
    """Write what was deleted out of the files too."""
    wiring().database.forget_deleted()
