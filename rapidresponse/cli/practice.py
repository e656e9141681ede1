"""What exists in practice only: people, and a carrier."""

from dataclasses import replace
from pathlib import Path

import click

from rapidresponse.actions import practice as people_in_practice
from rapidresponse.cli.parts import opened, practice_only
from rapidresponse.config import Config
from rapidresponse.places import region_of
from rapidresponse.sms.practice import Faults, Settings, run
from rapidresponse.wiring import Wiring

SENDER = "+17045550199"  # the practice network's own number


@click.group()
def practice() -> None:
    """Practice people and the practice carrier; no real phone gets anything."""


@practice.command()
@click.option("--count", type=click.IntRange(1, people_in_practice.MOST), required=True)
@click.option("--zip", "zip_code", required=True)
@click.option("--radius-miles", type=click.FloatRange(0.5, 50))
@click.option("--language", type=click.Choice(["en", "es", "both", "mix"]), default="mix")
def people(count: int, zip_code: str, radius_miles: float | None, language: str) -> None:
    """Add confirmed subscribers with fictional numbers."""
    with opened() as wiring:
        practice_only(wiring.config, "Adding practice people")
        add_people(wiring, count, zip_code, radius_miles, language=language)
    click.echo(f"added {count} practice people")


def add_people(
    wiring: Wiring, number: int, zip_code: str, radius_miles: float | None, *, language: str
) -> None:
    """Add practice people, a page at a time."""
    region = region_of({"zip": zip_code}, radius_miles, wiring.gazetteer)
    zips = [code for code, _ in region.rings]
    with wiring.look() as work:
        first = people_in_practice.how_many(work)
    for done in range(0, number, people_in_practice.PAGE):
        page = min(people_in_practice.PAGE, number - done)
        with wiring.work() as work:
            people_in_practice.add_people(
                work, zips, first=first + done, number=page, language=language
            )


@practice.command()
@click.option("--port", type=click.IntRange(0, 65535), help="Default: 26 above PORT.")
@click.option("--latency-ms", type=click.FloatRange(0), default=80.0)
@click.option("--rate", type=click.FloatRange(0), default=0.0, help="Segments a second; 0: any.")
@click.option("--faults", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--lean", is_flag=True, help="Cheap: no callbacks, no faults. For benchmarks.")
def carrier(
    port: int | None, latency_ms: float, rate: float, faults: Path | None, *, lean: bool
) -> None:
    """Run the Twilio-compatible carrier by itself."""
    config = Config.from_env()
    practice_only(config, "The practice carrier")
    settings = carrier_settings(config, port)
    settings = settings.turned({"latency_ms": latency_ms, "rate": rate})
    settings = replace(settings, lean=lean)
    run(replace(settings, faults=Faults.from_file(faults)) if faults else settings)


def carrier_settings(config: Config, port: int | None = None) -> Settings:
    """Return the carrier that knows this network as its customer."""
    return Settings(
        account_sid=config.twilio_account_sid,
        auth_token=config.twilio_auth_token,
        api_key=config.twilio_api_key,
        api_secret=config.twilio_api_secret,
        messaging_service_sid=config.twilio_messaging_service_sid,
        sender=config.twilio_from or SENDER,
        public_url=config.public_url,
        port=port if port is not None else int(config.twilio_api_url.rpartition(":")[2]),
    )
