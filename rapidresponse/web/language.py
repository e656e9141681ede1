"""The interface in every language: which one a visitor reads, and its words.

The words we text are in `messages/`; these are the words of pages only. A language is
one file in `wording/`, and the choice travels in the address, never in a cookie.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from flask import request

LANGUAGES = ("en", "es")
USUAL = "en"


def chosen() -> str:
    """Return the language of this request: the one asked for, else the browser's, else English."""
    asked = request.args.get("lang", "")
    return asked if asked in LANGUAGES else request.accept_languages.best_match(LANGUAGES, USUAL)


def other() -> str:
    """Return the language that this page is not in."""
    return next(language for language in LANGUAGES if language != chosen())


def say(key: str, **blanks: object) -> str:
    """Return the words called `section.name` in the language of this request."""
    return wording(chosen())[key].format_map(blanks)


def knows(key: str) -> bool:
    """Say whether there are words by this name."""
    return key in wording(USUAL)


@cache
def wording(language: str) -> Mapping[str, str]:
    """Return every word of the interface in a language, by its key."""
    source = files(__package__).joinpath("wording", f"{language}.toml").read_text("utf-8")
    return MappingProxyType(
        {
            f"{section}.{name}": words
            for section, table in tomllib.loads(source).items()
            for name, words in table.items()
        }
    )


def for_templates() -> dict[str, Any]:
    """Return what every page needs: its words, its language, and the other one."""
    return {
        "t": say,
        "lang": chosen(),
        "other": other(),
        "other_name": wording(other())["page.other_language"],
    }
