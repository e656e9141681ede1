import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from rapidresponse.cli import main


def every(group, path=()):
    """Yield every command there is, with the words that call it."""
    yield path, group
    for name, command in getattr(group, "commands", {}).items():
        yield from every(command, (*path, name))


COMMANDS = dict(every(main))


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_command_explains_itself(words):
    ended = CliRunner().invoke(main, [*words, "--help"])

    assert ended.exit_code == 0
    assert ended.output.startswith("Usage: ")
    assert COMMANDS[words].help or COMMANDS[words].callback.__doc__


def test_the_commands_that_are_promised_exist():
    assert {
        ("demo",),
        ("up",),
        ("web",),
        ("worker",),
        ("clock",),
        ("receipts",),
        ("db", "upgrade"),
        ("db", "check"),
        ("partner", "add"),
        ("partner", "sign"),
        ("practice", "people"),
        ("practice", "carrier"),
        ("places", "look"),
        ("messages", "check"),
        ("alerts", "show"),
        ("alerts", "halt"),
        ("bench", "fanout"),
        ("doctor",),
        ("keyring", "make"),
    } <= set(COMMANDS)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nonsense"], "nonsense"),
        (["--nonsense"], "--nonsense"),
        (["partner", "nonsense"], "nonsense"),
        (["partner", "add", "Casa"], "--trust"),
        (["partner", "add", "Casa", "--trust", "blindly"], "blindly"),
        (["partner", "add", "--trust", "review"], "NAME"),
        (["alerts", "show", "first"], "first"),
        (["alerts", "show", "-1"], "-1"),
        (["alerts", "show", str(2**70)], str(2**70)),
        (["practice", "people", "--count", "0", "--zip", "28205"], "count"),
        (["partner", "sign", "Casa", "/nowhere.json"], "/nowhere.json"),
    ],
)
def test_a_command_that_is_misspelt_is_told_in_one_line(words, said):
    ended = CliRunner().invoke(main, words, env={"DATABASE_URL": "sqlite:////dev/null/nowhere"})

    assert ended.exit_code == 2
    assert ended.stdout == ""
    assert ended.stderr.count("\n") == 1
    assert ended.stderr.startswith("rapidresponse: ")
    assert said in ended.stderr


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"TWILIO_AUTHTOKEN": "x"}, "TWILIO_AUTHTOKEN: there is no such setting"),
        ({"MODE": "prod"}, "MODE: must be practice or live."),
        ({"MODE": "live"}, "SECRET_KEY: required in live mode"),
        ({"PORT": "http"}, "PORT: must be a number."),
        ({"DATABASE_URL": "nonsense"}, "DATABASE_URL: must begin with"),
    ],
)
@pytest.mark.parametrize(
    "words", [["up"], ["worker"], ["clock"], ["db", "check"], ["places", "look", "x"]]
)
def test_a_setting_that_is_wrong_stops_every_start_with_one_line(words, changes, said):
    ended = CliRunner().invoke(main, words, env=changes)

    assert ended.exit_code == 1
    assert ended.stderr.startswith(f"rapidresponse: {said}")
    assert ended.stderr.count("\n") == 1
    assert ended.stdout == ""


def test_the_command_itself_runs_and_fails_in_one_line(tmp_path):
    def run(*words, **changes):
        return subprocess.run(
            [sys.executable, "-m", "rapidresponse", *words],
            capture_output=True,
            text=True,
            env={"DATA_DIR": str(tmp_path), "PATH": "/usr/bin:/bin", **changes},
            check=False,
        )

    helped = run("--help")
    failed = run("alerts", "show", "1", SECRET_KEY="short")

    assert (helped.returncode, helped.stderr) == (0, "")
    assert failed.returncode == 1
    assert failed.stderr.startswith("rapidresponse: SECRET_KEY: too short")
    assert failed.stderr.count("\n") == 1
    assert isinstance(main, click.Group)


def test_a_group_by_itself_shows_its_commands():
    ended = CliRunner().invoke(main, ["partner"])

    assert "Commands:" in ended.output
    assert "sign" in ended.output
