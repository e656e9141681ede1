"""The operator's door: one file a noun. Errors are one line on stderr and a non-zero exit."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

import click
from sqlalchemy.exc import SQLAlchemyError

from rapidresponse.cli import (
    alerts,
    benchmarks,
    demo,
    doctor,
    incidents,
    partners,
    places,
    practice,
    processes,
    senders,
    upkeep,
)
from rapidresponse.errors import RapidResponseError


class _OneLine(click.Group):
    """Shows every error as one line, and never a traceback with values in it."""

    def make_context(self, *args: Any, **options: Any) -> click.Context:
        """Read the words of a command."""
        with _one_line():
            return super().make_context(*args, **options)

    def invoke(self, ctx: click.Context) -> object:
        """Run a command."""
        with _one_line():
            return super().invoke(ctx)


@contextmanager
def _one_line() -> Iterator[None]:
    try:
        yield
    except click.exceptions.NoArgsIsHelpError:
        raise
    except click.ClickException as error:
        _end(error.format_message(), error.exit_code)
    except RapidResponseError as error:
        _end(str(error), 1)
    except SQLAlchemyError as error:
        kind = type(error).__name__
        _end(
            f"DATABASE_URL: the record cannot be used just now ({kind}); run: rapidresponse doctor",
            1,
        )


def _end(problem: str, code: int) -> NoReturn:
    click.echo(f"rapidresponse: {' '.join(problem.split())}", err=True)
    sys.exit(code)


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
    incidents.group,
    senders.sender,
    places.places,
    *upkeep.COMMANDS,
    benchmarks.bench,
    doctor.doctor,
):
    main.add_command(command)
