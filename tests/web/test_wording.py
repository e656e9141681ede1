import hashlib
import json
import re
from importlib.resources import files
from string import Formatter

import pytest

from rapidresponse.rules.lifecycle import AlertState
from rapidresponse.rules.report import ACTIVITIES, AGENCIES, FOUND, KINDS, VERIFIED_HOW
from rapidresponse.web import language

WEB = files("rapidresponse.web")
TEMPLATES = [
    template
    for folder in (WEB / "templates", WEB / "templates" / "sim")
    for template in folder.iterdir()
    if template.name.endswith(".html")
]


def blanks(words):
    return {name for _, name, _, _ in Formatter().parse(words) if name}


def test_every_language_has_the_same_words_with_the_same_blanks():
    english = language.wording("en")
    for other in language.LANGUAGES:
        words = language.wording(other)
        assert list(words) == list(english)
        assert {key: blanks(words[key]) for key in words} == {
            key: blanks(english[key]) for key in english
        }


def test_every_word_that_a_template_names_is_there():
    named = {
        key
        for template in TEMPLATES
        for key in re.findall(r"""\bt\(["'](\w+\.\w+)["']""", template.read_text("utf-8"))
    }

    assert len(named) > 40
    assert named - set(language.wording("en")) == set()


@pytest.mark.parametrize(
    ("section", "names"),
    [
        ("activity", ACTIVITIES),
        ("agency", AGENCIES),
        ("how", VERIFIED_HOW),
        ("found", FOUND),
        ("kind", tuple(KINDS.values())),
        ("state", tuple(AlertState)),
    ],
)
def test_every_choice_and_state_has_a_word(section, names):
    assert [name for name in names if not language.knows(f"{section}.{name}")] == []


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.name)
def test_no_template_needs_more_than_the_strict_policy_allows(template):
    words = template.read_text("utf-8")

    assert not re.search(r"""\sstyle=|<style|\son\w+=|hx-on|js:|<script(?![^>]*\ssrc=)""", words)
    assert "http://" not in words
    assert "https://" not in words


def test_vendored_scripts_are_the_ones_we_say_they_are():
    vendor = WEB / "static" / "vendor"
    listed = json.loads((vendor / "VENDOR.json").read_text("utf-8"))

    assert {entry["file"] for entry in listed} == {
        file.name for file in vendor.iterdir() if file.name.endswith(".js")
    }
    for entry in listed:
        assert hashlib.sha256((vendor / entry["file"]).read_bytes()).hexdigest() == entry["sha256"]
        assert (vendor / f"{entry['name'].removesuffix('.org')}.LICENSE").is_file()
