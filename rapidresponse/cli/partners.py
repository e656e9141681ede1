"""Partners: added, and their calls signed in practice."""

import shlex
import time
from pathlib import Path

import click

from rapidresponse.actions import partners
from rapidresponse.cli.parts import opened, practice_only
from rapidresponse.rules import hooks


@click.group()
def partner() -> None:
    """Organisations that send us verified reports."""


@partner.command()
@click.argument("name")
@click.option("--trust", type=click.Choice([partners.PUBLISH, partners.REVIEW]), required=True)
def add(name: str, trust: str) -> None:
    """Add a partner, and show its secret this once."""
    with opened() as wiring, wiring.work() as work:
        key, secret = partners.add(work, name, trust=trust)
    click.echo(f"id: {key}")
    click.echo(f"secret: {secret}")


@partner.command(name="new-secret")
@click.argument("name")
def new_secret(name: str) -> None:
    """Replace a partner's secret, because it leaked or to shut the partner out."""
    with opened() as wiring, wiring.work() as work:
        secret = partners.replace_secret(work, name)
    click.echo(f"secret: {secret}")


@partner.command()
@click.argument("name")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def sign(name: str, file: Path) -> None:
    """Sign a payload as a partner would, and show the call (practice only)."""
    with opened() as wiring:
        practice_only(wiring.config, "Signing for a partner")
        with wiring.look() as work:
            key, secret = partners.secret_of(work, name)
        url = f"{wiring.config.public_url}/hooks/reports/{key}"
    headers = hooks.signed_headers(secret, file.read_bytes(), now=time.time())
    for header, value in headers.items():
        click.echo(f"{header}: {value}")
    flags = " ".join(f"-H {shlex.quote(f'{header}: {value}')}" for header, value in headers.items())
    click.echo(f"curl -i {shlex.quote(url)} {flags} --data-binary {shlex.quote(f'@{file}')}")
