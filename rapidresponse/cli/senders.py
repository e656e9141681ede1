"""Senders: the numbers and services that texts leave from."""

import click

from rapidresponse.actions import senders
from rapidresponse.cli.parts import opened


@click.group()
def sender() -> None:
    """Manage the numbers and services that texts leave from."""


@sender.command()
@click.argument("name")
@click.option(
    "--per-second", type=click.IntRange(0, 10_000), required=True, help="Segments; 0: any."
)
@click.option("--weight", type=click.IntRange(1, 1000), default=senders.USUAL_WEIGHT)
def add(name: str, per_second: int, weight: int) -> None:
    """Add another sender of the same account: a messaging service, MG…."""
    with opened() as wiring, wiring.work() as work:
        added = senders.add(work, name, per_second=per_second, weight=weight)
        key = added.id
    click.echo(f"added sender {key}")


@sender.command()
@click.argument("sender_id", type=int)
def remove(sender_id: int) -> None:
    """Take a sender out of use."""
    with opened() as wiring, wiring.work() as work:
        senders.remove(work, sender_id)
    click.echo(f"removed sender {sender_id}")


@sender.command(name="list")
def list_all() -> None:
    """Show every sender, and whether it rests."""
    with opened() as wiring, wiring.look() as work:
        for row in senders.every(work):
            rests = f", rests (code {row.stopped_by})" if row.stopped_until > work.moment else ""
            click.echo(f"{row.id}: {row.per_second} segments/s, weight {row.weight}{rests}")
