"""Asks the carrier what became of texts in doubt, with no transaction open while it answers."""

import logging
from collections.abc import Sequence

from rapidresponse.actions import alerts, settling
from rapidresponse.errors import CarrierDown
from rapidresponse.sms.provider import Carried
from rapidresponse.wiring import Wiring
from workers.sender import Sender

log = logging.getLogger(__name__)


def settle_alert(wiring: Wiring, sender: Sender, alert_id: int) -> None:
    """Look up an alert's texts in doubt and write down what the carrier's list shows."""
    seconds = wiring.config.settle_seconds
    with wiring.look() as work:
        doubts = settling.doubts(work, alert_id, settle_seconds=seconds)
        since = settling.started(work, alert_id)
    if not doubts:
        return
    try:
        seen = _carried(sender, doubts, since)
    except CarrierDown as down:
        log.warning("alert %s: the carrier cannot be asked: %s", alert_id, down)
        return  # nothing is proven, so nothing is sent again
    with wiring.work() as work:
        settling.settle(work, alert_id, doubts, seen)
        alerts.finish(work, alert_id)


def ask_about(wiring: Wiring, sender: Sender, alert_id: int) -> None:
    """Write down what the carrier's list says of an alert's texts."""
    with wiring.look() as work:
        since = settling.started(work, alert_id)
    try:
        seen = sender.run(sender.provider().carried(since))
    except CarrierDown as down:
        log.warning("alert %s: the carrier cannot be asked: %s", alert_id, down)
        return
    with wiring.work() as work:
        changed = settling.learn(work, alert_id, seen)
    log.info("alert %s: %s receipts had been lost", alert_id, changed)


def _carried(sender: Sender, doubts: Sequence[settling.Doubt], since: float) -> list[Carried]:
    if len(doubts) > settling.ONE_BY_ONE:
        return sender.run(sender.provider().carried(since))
    found: list[Carried] = []
    for doubt in doubts:
        if doubt.phone:
            found += sender.run(sender.provider().carried(since, to=doubt.phone))
    return found
