"""The shipped examples that the small classifiers learn from."""

import tomllib
from functools import cache
from importlib.resources import files

from rapidresponse.rules.normalise import hear


def leaving() -> dict[str, list[str]]:
    """Return texts of people who wish to leave, and of people who do not."""
    return _table("leaving")


def tongues() -> dict[str, list[str]]:
    """Return texts in each language."""
    return _table("tongues")


@cache
def _table(name: str) -> dict[str, list[str]]:
    source = files(__package__).joinpath("examples.toml").read_text("utf-8")
    return {
        kind: [" ".join(hear(line).words) for line in lines.strip().splitlines()]
        for kind, lines in tomllib.loads(source)[name].items()
    }
