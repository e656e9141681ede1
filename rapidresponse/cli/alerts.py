"""Alerts: shown, and stopped."""

import sys
from typing import Any

import click

from rapidresponse.actions import alarms, counts, progress
from rapidresponse.actions import alerts as actions
from rapidresponse.cli.parts import opened
from rapidresponse.work import utc_now

ID = click.IntRange(1, 2**31 - 1)


@click.group()
def alerts() -> None:
    """Show and stop alerts."""


@alerts.command()
@click.argument("alert_id", type=ID)
def show(alert_id: int) -> None:
    """Show where an alert is."""
    with opened() as wiring, wiring.look() as work:
        click.echo(told(progress.tell(work, alert_id)))


@alerts.command()
@click.argument("alert_id", type=ID)
def halt(alert_id: int) -> None:
    """Stop an alert; what has left cannot be called back."""
    with opened() as wiring, wiring.work() as work:
        left = actions.halt(work, alert_id)
    click.echo(f"alert {alert_id} is halted; {left} texts had left already")


@alerts.command()
@click.argument("alert_id", type=ID)
def pause(alert_id: int) -> None:
    """Hold an alert where it is, until it is resumed or its time is over."""
    with opened() as wiring, wiring.work() as work:
        actions.pause(work, alert_id)
    click.echo(
        f"alert {alert_id} is paused; resume it with: rapidresponse alerts resume {alert_id}"
    )


@alerts.command()
@click.argument("alert_id", type=ID)
def resume(alert_id: int) -> None:
    """Let a paused alert go on with those who have not been texted."""
    with opened() as wiring, wiring.work() as work:
        actions.resume(work, alert_id)
    click.echo(f"alert {alert_id} goes on")


@alerts.command()
@click.argument("alert_id", type=ID)
def check(alert_id: int) -> None:
    """Count an alert's texts again, row by row; a difference from the kept counts is an error."""
    with opened() as wiring, wiring.work() as work:
        found = counts.drift(work, alert_id)
        words = f"the counts of alert {alert_id} differ from its rows: {found}"
        if found:
            alarms.raise_one(work, "drift", words, alert_id=alert_id)
    if found:
        click.echo(words, err=True)
        sys.exit(1)
    click.echo(f"the counts of alert {alert_id} agree with its rows")


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
        "in doubt": _doubt(alert),
        "second texts": alert["second_texts"],
        "rate": f"{rate:.1f} texts/s" if rate else "-",
        "time left": _left(alert),
        "cost": f"{alert['segments']} segments, about ${alert['dollars']:.2f}",
        "first text": _after(alert, "first_text_at"),
        "last text": _after(alert, "last_text_at"),
    }
    return "\n".join(f"{name}: {value}" for name, value in lines.items())


def _after(alert: dict[str, Any], name: str) -> str:
    if alert[name] is None or alert["started_at"] is None:
        return "-"
    local = utc_now().fromtimestamp(alert[name]).astimezone()
    return f"{local:%Y-%m-%d %H:%M:%S} ({alert[name] - alert['started_at']:.2f} s after the start)"


def _doubt(alert: dict[str, Any]) -> str:
    age = alert["oldest_doubt_seconds"]
    return str(alert["in_doubt"]) + (f" (the oldest for {age:.0f} s)" if age is not None else "")


def _left(alert: dict[str, Any]) -> str:
    if alert["state"] != "sending":
        return "-"
    left = alert["seconds_left"]
    return "no limit is set" if left is None else f"{left:.0f} s"
