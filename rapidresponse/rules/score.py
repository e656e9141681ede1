"""How well texts are understood: `python -m rapidresponse.rules.score tests/cases`.

The folder holds JSON files. `optout.json` and `own_optout.json` list texts that `leave`, that
`stay`, and that are `unsure`; `language.json` and `own_language.json` list pairs of a language
and a text. What stands under `held_out` was never looked at while the rules were made.
"""

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from rapidresponse.rules import intents, tongue

DOUBTED = (intents.Stop, intents.Unsure)


def of_leaving(cases: Mapping[str, list[str]]) -> tuple[str, list[str]]:
    """Return a line with the scores of wishes to leave, and what went wrong."""
    left = [text for text in cases["leave"] if not isinstance(intents.read(text), DOUBTED)]
    gone = [text for text in cases["stay"] if isinstance(intents.read(text), intents.Stop)]
    asked = [text for text in cases["stay"] if isinstance(intents.read(text), intents.Unsure)]
    leave, stay = len(cases["leave"]), len(cases["stay"])
    line = f"{leave - len(left)} of {leave} leave or are asked, {len(gone)} of {stay} who stay"
    return f"{line} leave, {len(asked)} are asked", [*left, *gone]


def of_tongues(cases: list[list[str]]) -> tuple[str, list[str]]:
    """Return a line with the score of languages, and what went wrong."""
    wrong = [text for spoken, text in cases if tongue.of(text) != spoken]
    return f"{len(cases) - len(wrong)} of {len(cases)} in their language", wrong


def lines(folder: Path) -> Iterator[str]:
    """Walk the lines of the scores."""
    for name, score in (("optout", of_leaving), ("language", of_tongues)):
        for path in sorted(folder.glob(f"*{name}.json")):
            whole = json.loads(path.read_text("utf-8"))
            for part, cases in _parts(whole).items():
                told, wrong = score(cases)
                yield f"{path.stem} {part}: {told}"
                if part != "held out":
                    yield from (f"    {text}" for text in wrong)


def _parts(whole: dict[str, Any]) -> dict[str, Any]:
    """Return the cases that were looked at, and those that were not."""
    parts = {"seen": whole}
    if "held_out" in whole:
        parts["held out"] = whole["held_out"]
    return {part: cases.get("short", cases) for part, cases in parts.items()}


if __name__ == "__main__":
    for line in lines(Path(sys.argv[1])):
        click.echo(line)
