"""Alerts: shown, and stopped."""

from typing import Any

import click

from rapidresponse.actions import alerts as actions
from rapidresponse.cli.parts import opened
from rapidresponse.work import utc_now


@click.group()
def alerts() -> None:
    """Show and stop alerts."""


@alerts.command()
@click.argument("alert_id", type=int)
def show(alert_id: int) -> None:
    """Show where an alert is."""
    with opened() as wiring, wiring.look() as work:
        click.echo(told(actions.tell(work, alert_id)))


@alerts.command()
@click.argument("alert_id", type=int)
def halt(alert_id: int) -> None:
    """Stop an alert; what has left cannot be called back."""
    with opened() as wiring, wiring.work() as work:
        left = actions.halt(work, alert_id)
    click.echo(f"alert {alert_id} is halted; {left} texts had left already")


def told(alert: dict[str, Any]) -> str:
    """Write an alert's progress in lines of `name: value`."""
    rate = alert["texts_per_second"]
    lines = {
        "alert": alert["id"],
        "kind": alert["kind"],
        "state": alert["state"] + (f" ({alert['why']})" if alert["why"] else ""),
        "ref": alert["ref"],
        "area": alert["area"],
        "audience": alert["audience"],
        **alert["counts"],
        "in doubt": alert["in_doubt"],
        "second texts": alert["second_texts"],
        "rate": f"{rate:.1f} texts/s" if rate else "-",
        "first text": _after(alert, "first_text_at"),
        "last text": _after(alert, "last_text_at"),
    }
    return "\n".join(f"{name}: {value}" for name, value in lines.items())


def _after(alert: dict[str, Any], name: str) -> str:
    if alert[name] is None or alert["started_at"] is None:
        return "-"
    local = utc_now().fromtimestamp(alert[name]).astimezone()
    return f"{local:%Y-%m-%d %H:%M:%S} ({alert[name] - alert['started_at']:.2f} s after the start)"
