"""What the community reported: listed, shown, and decided by hand."""

import json
from datetime import UTC, datetime

import click

from rapidresponse.actions import findings, incidents, threads
from rapidresponse.cli.parts import opened
from rapidresponse.config import Config
from rapidresponse.rules.incidents import IncidentState
from rapidresponse.store.models import Incident
from rapidresponse.work import Work

DECISIONS = {
    "check": IncidentState.CHECKING,
    "confirm": IncidentState.CONFIRMED,
    "other": IncidentState.NOT_ENFORCEMENT,
    "unconfirmed": IncidentState.NOT_CONFIRMED,
    "end": IncidentState.ENDED,
}


@click.group("incidents")
def group() -> None:
    """See what the community reported, and decide what it was."""


@group.command("list")
def list_all() -> None:
    """List what a person should look at: the urgent first, then whoever waits longest."""
    with opened(Config.from_env()) as wiring, wiring.look() as work:
        for incident in incidents.under_way(work):
            click.echo(_line(work, incident))


@group.command()
@click.argument("incident_id", type=int)
def show(incident_id: int) -> None:
    """Show an incident: what is known, what was said, and what happened."""
    with opened(Config.from_env()) as wiring, wiring.look() as work:
        click.echo(_line(work, incidents.find(work, incident_id)))
        for one in incidents.sightings(work, incident_id):
            click.echo(f"  report {one.code} ({one.language}) {json.dumps(one.facts)}")
            for at, words, taken_as in threads.texts(work, one.id):
                click.echo(f"    {_clock(at)} {taken_as}: {words}")
        for entry in incidents.timeline(work, incident_id):
            click.echo(f"  {_clock(entry.at)} {entry.kind}")


@group.command()
@click.argument("incident_id", type=int)
@click.argument("decision", type=click.Choice(list(DECISIONS)))
@click.option("--why", default="", help="Needed to confirm what only one person reported.")
def decide(incident_id: int, decision: str, why: str) -> None:
    """Take an incident up, or say what it was; everyone who reported it hears, once."""
    config = Config.from_env()
    with opened(config) as wiring, wiring.work() as work:
        state = DECISIONS[decision]
        told = findings.decide(work, incident_id, state, config=config, why=why)
    click.echo(f"incident {incident_id} is {state}; {told} told")


def _line(work: Work, one: Incident) -> str:
    where = incidents.where(work, one) or "place not known"
    urgent = "URGENT " if one.urgent else ""
    counts = f"{one.sightings} reports, {one.senders} senders"
    return (
        f"{urgent}#{one.id} {one.state} since {_clock(one.first_at)}: {where} {one.zip or ''}"
        f" ({counts}) {json.dumps(one.facts, sort_keys=True)}"
    )


def _clock(moment: float) -> str:
    return f"{datetime.fromtimestamp(moment, UTC):%H:%M} UTC"
