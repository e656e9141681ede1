"""Places: looked up by hand."""

import click

from rapidresponse.config import Config
from rapidresponse.places import open_gazetteer
from rapidresponse.places.look import look as look_up


@click.group()
def places() -> None:
    """Where things are."""


@places.command()
@click.argument("text")
def look(text: str) -> None:
    """Say what a text resolves to, with the decision."""
    config = Config.from_env()
    click.echo(look_up(text, open_gazetteer(config.data_dir / "places")))
