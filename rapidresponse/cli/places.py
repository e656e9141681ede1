"""Places: looked up by hand, and regions that get a name."""

import click

from rapidresponse.actions import regions
from rapidresponse.cli.parts import opened
from rapidresponse.config import Config
from rapidresponse.places import open_gazetteer
from rapidresponse.places.look import look as look_up
from rapidresponse.places.region import of_parts


@click.group()
def places() -> None:
    """Where things are."""


@places.command()
@click.argument("text")
def look(text: str) -> None:
    """Say what a text resolves to, with the decision."""
    config = Config.from_env()
    click.echo(look_up(text, open_gazetteer(config.data_dir / "places")))


@places.command()
@click.argument("name")
@click.option("--zip", "zips", multiple=True, help="A ZIP code of it; as often as needed.")
@click.option("--county", "counties", multiple=True, help="The five digits of a county of it.")
@click.option("--neighbours", is_flag=True, help="With the counties that touch those.")
def define(
    name: str,
    zips: tuple[str, ...],
    counties: tuple[str, ...],
    neighbours: bool,  # noqa: FBT001 - click passes flags so
) -> None:
    """Give some ZIP codes and counties together a name, to be chosen by it."""
    with opened() as wiring:
        gazetteer = wiring.gazetteer
        found = [gazetteer.county(fips) for fips in counties]
        beside = [other for county in found for other in county.neighbours if neighbours]
        region = of_parts(zips, [*counties, *beside], gazetteer)
        with wiring.work() as work:
            kept = regions.define(work, name, region)
            click.echo(f"{kept.label}: {len(kept.zips)} ZIPs, places {kept.places_version}")


@places.command("list")
def list_regions() -> None:
    """List the regions that have a name."""
    with opened() as wiring, wiring.look() as work:
        for kept in regions.every(work):
            click.echo(f"{kept.label}: {len(kept.zips)} ZIPs, places {kept.places_version}")
