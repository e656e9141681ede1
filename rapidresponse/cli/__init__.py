"""The operator's door: one file a noun. Errors are one line on stderr and a non-zero exit."""

import sys

import click

from rapidresponse.cli import (
    alerts,
    benchmarks,
    demo,
    doctor,
    partners,
    places,
    practice,
    processes,
    senders,
    upkeep,
)
from rapidresponse.errors import RapidResponseError


class _OneLine(click.Group):
    """Shows our own errors as one line, and never a traceback with values in it."""

    def invoke(self, ctx: click.Context) -> object:
        """Run a command."""
        try:
            return super().invoke(ctx)
        except RapidResponseError as error:
            click.echo(f"rapidresponse: {error}", err=True)
            sys.exit(1)


@click.group(cls=_OneLine)
@click.version_option(package_name="rapidresponse")
def main() -> None:
    """Run a rapid-response text network."""


for command in (
    *processes.COMMANDS,
    demo.demo,
    partners.partner,
    practice.practice,
    alerts.alerts,
    senders.sender,
    places.places,
    *upkeep.COMMANDS,
    benchmarks.bench,
    doctor.doctor,
):
    main.add_command(command)
