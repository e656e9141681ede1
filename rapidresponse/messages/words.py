"""The catalogue: a file for each language, and one for phones whose language is not known yet."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from string import Formatter
from types import MappingProxyType
from typing import Any

from rapidresponse.rules.segments import plain

LANGUAGES = ("en", "es")
BOTH = "both"
READING = (*LANGUAGES, BOTH)
# Blanks that reports fill with a code, and each language with a word of its own.
CODED = ("agency", "how", "what")


@dataclass(frozen=True, slots=True)
class Coded:
    """A code, said in the language a text asks for: `{agency}`, or `{agency:es}` in both."""

    words: Mapping[str, str]
    language: str

    def __format__(self, asked: str) -> str:
        return self.words[asked or self.language]


def say(key: str, language: str = "en", **values: str) -> str:
    """Return the text called `section.name`, with its blanks filled in.

    Values that the text has no blank for are left aside.
    """
    texts = catalogue(language)
    if key not in texts:
        raise KeyError(f"There is no message called {key}.")
    if missing := blanks(key) - values.keys():
        raise KeyError(f"The message {key} also needs {', '.join(sorted(missing))}.")
    filled = {name: _fill(name, values[name], language) for name in blanks(key)}
    return texts[key].format_map(filled)


@cache
def catalogue(language: str) -> Mapping[str, str]:
    """Return every message of a language by its key."""
    if language == BOTH:
        apart = {key: f"{catalogue('es')[key]}\n{text}" for key, text in catalogue("en").items()}
        return MappingProxyType(apart | _messages(BOTH))
    return MappingProxyType(_messages(language))


def keys() -> tuple[str, ...]:
    """Return the key of every message."""
    return tuple(catalogue("en"))


@cache
def blanks(key: str) -> frozenset[str]:
    """Return what a message leaves to be filled in."""
    return frozenset(name for _, name, _, _ in Formatter().parse(catalogue("en")[key]) if name)


def is_signed_off(language: str) -> bool:
    """Say whether a lawyer and a translator have put their names to a language's texts."""
    sources = READING if language == BOTH else (language,)
    return all(
        _file(source)["meta"][f"reviewed_by_{reader}"]
        for source in sources
        for reader in ("lawyer", "translator")
    )


def codes(name: str) -> tuple[str, ...]:
    """Return the codes a coded blank may be filled with."""
    return tuple(_file("en")[name])


def word(name: str, code: str, language: str) -> str:
    """Return a code in a language's own word: `word("how", "photo", "es")`."""
    if code not in codes(name):
        raise KeyError(f"{name} is one of {', '.join(codes(name))}.")
    return str(_file(language)[name][code])


def _fill(name: str, value: str, language: str) -> str | Coded:
    if name in CODED:
        return Coded({each: word(name, value, each) for each in LANGUAGES}, language)
    # A line break in a value could pass for a line of our own.
    return " ".join(plain(value).split())


def _messages(source: str) -> dict[str, str]:
    return {
        f"{section}.{name}": text
        for section, texts in _file(source).items()
        for name, text in texts.items()
        if section != "meta" and section not in CODED
    }


@cache
def _file(source: str) -> Mapping[str, Any]:
    if source not in READING:
        raise KeyError(f"We speak {', '.join(READING)}.")
    return tomllib.loads(files(__package__).joinpath(f"{source}.toml").read_text("utf-8"))
