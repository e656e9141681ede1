"""Runs trials on both databases, prints a table, and fails if anyone lost a text or got two."""

import argparse
import sys

from tests.faults.trial import Trial
from tests.servers import Postgres


def main():
    asked = argparse.ArgumentParser()
    asked.add_argument("--people", type=int, default=2000)
    asked.add_argument("--seeds", type=int, default=5)
    asked.add_argument("--database", choices=["sqlite", "postgresql"])
    given = asked.parse_args()
    postgres = None if given.database == "sqlite" else Postgres()
    print("database    seed  people  lost  doubled  disagree  settled  deaths  blows")
    try:
        outcomes = [
            show(trial.run())
            for seed in range(1, given.seeds + 1)
            for trial in trials(seed, given, postgres)
        ]
    finally:
        if postgres:
            postgres.remove()
    sys.exit(0 if all(outcome.fine for outcome in outcomes) else 1)


def trials(seed, given, postgres):
    if given.database != "postgresql":
        yield Trial(seed, given.people)
    if postgres:
        yield Trial(seed, given.people, postgres.create(f"faults_{seed}"), postgres)


def show(outcome):
    settled = "NOT" if outcome.settled_in is None else f"{outcome.settled_in:.1f} s"
    print(
        f"{outcome.database:11} {outcome.seed:4}  {outcome.people:6}  {outcome.lost:4}  "
        f"{outcome.doubled:7}  {outcome.disagree:8}  {settled:>7}  "
        f"{sum(outcome.deaths.values()):6}  {dict(outcome.blows)} {dict(outcome.deaths)}"
        + (f" DRIFT {outcome.drift}" if outcome.drift else ""),
        flush=True,
    )
    return outcome


if __name__ == "__main__":
    main()
