import json
import re
import shlex

import pytest

from rapidresponse.rules import hooks
from tests.network import payload
from tests.rows import rows


def added(command, name="Casa", trust="publish"):
    ended = command("partner", "add", name, "--trust", trust)
    assert re.fullmatch(r"id: \d+\nsecret: whsec_\S+\n", ended.stdout)
    assert ended.exit_code == 0
    return [line.partition(": ")[2] for line in ended.stdout.splitlines()]


def test_a_partner_is_added_and_the_secret_is_shown_once(command, wiring):
    key, secret = added(command)

    [row] = rows(wiring)["partners"]
    assert (str(row.id), row.name, row.trust) == (key, "Casa", "publish")
    assert secret.encode() not in row.secret


def test_the_printed_call_is_one_that_the_network_takes(command, network, tmp_path):
    _, secret = added(command)
    file = tmp_path / "a report's file.json"
    file.write_text(json.dumps(payload(network.wiring.clock())))

    signed = command("partner", "sign", "Casa", file)

    *headers, curl = signed.stdout.splitlines()
    words = shlex.split(curl)
    given = dict(word.split(": ", 1) for word in words if ": " in word)
    assert words[:2] == ["curl", "-i"]
    assert words[-2:] == ["--data-binary", f"@{file}"]
    assert [f"{name}: {value}" for name, value in given.items()] == headers
    assert secret not in signed.stdout
    path = words[2].removeprefix(network.wiring.config.public_url)
    answer = network.call(path, data=file.read_bytes(), headers=given)
    assert answer.status_code == 202


def test_the_signature_is_the_standards(command, wiring, tmp_path):
    _, secret = added(command)
    (tmp_path / "x.json").write_bytes(b"{}")

    signed = command("partner", "sign", "Casa", tmp_path / "x.json").stdout

    found = dict(line.split(": ", 1) for line in signed.splitlines()[:-1])
    call = hooks.Signed(
        found["webhook-id"], found["webhook-timestamp"], found["webhook-signature"], b"{}"
    )
    assert hooks.is_genuine(secret, call, now=wiring.clock().timestamp())


def test_a_name_is_given_once(command, refused):
    added(command)

    assert refused("partner", "add", "Casa", "--trust", "review") == (
        "rapidresponse: There is a partner called Casa already."
    )


@pytest.mark.parametrize("name", ["", "   ", "x" * 81, "a\nb", "\x1b[31m"])
def test_a_partner_has_a_printable_name(refused, name):
    assert "1 to 80 printable characters" in refused("partner", "add", name, "--trust", "review")


def test_nobody_unknown_is_signed_for(refused, tmp_path):
    (tmp_path / "x.json").write_bytes(b"{}")

    assert "no partner called Casa" in refused("partner", "sign", "Casa", tmp_path / "x.json")


def test_practice_people_are_added_and_counted(command, wiring):
    first = command("practice", "people", "--count", 30, "--zip", 28205, "--language", "es")
    more = command("practice", "people", "--count", 20, "--zip", 28205, "--radius-miles", 3)

    people = rows(wiring)["subscribers"]
    assert (first.stdout, more.stdout) == (
        "added 30 practice people\n",
        "added 20 practice people\n",
    )
    assert len(people) == len({person.phone_index for person in people}) == 50
    assert [person.language for person in people].count("es") == 30 + 10
    assert {person.consent_by for person in people} == {"practice"}


def test_practice_people_of_an_unknown_place_are_refused(refused, wiring):
    assert "00000" in refused("practice", "people", "--count", 3, "--zip", "00000")
    assert rows(wiring)["subscribers"] == []


@pytest.mark.parametrize(
    "words",
    [
        ["practice", "people", "--count", "3", "--zip", "28205"],
        ["practice", "carrier"],
        ["demo"],
        ["bench", "fanout"],
    ],
)
def test_practice_is_refused_in_live_mode(refused, live, words, wiring):
    assert "practice mode only; this network is live." in refused(*words, **live)
    assert rows(wiring)["subscribers"] == []


def test_a_partner_is_not_signed_for_in_live_mode(command, refused, live, tmp_path):
    added(command)
    (tmp_path / "x.json").write_bytes(b"{}")

    said = refused("partner", "sign", "Casa", tmp_path / "x.json", **live)

    assert "practice mode only" in said


def test_a_live_network_does_not_start_with_words_that_nobody_signed_off(refused, live):
    for words in (["up"], ["web"], ["worker"], ["clock"], ["receipts"]):
        assert "signed off" in refused(*words, **live)


@pytest.fixture
def live(tmp_path, tmp_path_factory):
    """The settings of a live network."""
    from rapidresponse.vault import Keyring  # noqa: PLC0415 - one fixture only

    keys = tmp_path_factory.mktemp("run") / "keyring.json"
    Keyring.fresh().write(keys)
    return {
        "MODE": "live",
        "SECRET_KEY": "s" * 40,
        "KEYRING_FILE": str(keys),
        "TWILIO_ACCOUNT_SID": "AC" + "1" * 32,
        "TWILIO_AUTH_TOKEN": "1" * 32,
        "TWILIO_FROM": "+17045550199",
        "PUBLIC_URL": "https://alerts.example.org",
        "NETWORK_NAME": "RedVecina",
        "HOTLINE": "704-555-0142",
        "DATA_DIR": str(tmp_path),
    }


def test_a_text_is_looked_up(command):
    found = command("places", "look", "28205").stdout

    assert "decision   accept" in found
    assert "label      Charlotte 28205" in found
    assert command("places", "look", "xqzzk").stdout.startswith("decision   none")


def test_every_text_fits(command):
    ended = command("messages", "check")

    assert ended.exit_code == 0
    assert re.search(r"\d+ texts, 0 over their limit", ended.stdout)


def test_the_tables_are_brought_up_to_date(command, refused, tmp_path):
    new = {"DATABASE_URL": f"sqlite:///{tmp_path / 'new' / 'record.sqlite'}"}

    before = refused("db", "check", **new)
    upgraded = command("db", "upgrade", **new)
    again = command("db", "upgrade", **new)
    after = command("db", "check", **new)

    assert before == "the tables are not up to date; run: rapidresponse db upgrade"
    assert upgraded.stdout == again.stdout == after.stdout == "the tables are up to date\n"
    assert after.exit_code == 0


@pytest.mark.parametrize(
    "words",
    [
        ["partner", "add", "Casa", "--trust", "review"],
        ["alerts", "show", "1"],
        ["practice", "people", "--count", "3", "--zip", "28205"],
    ],
)
def test_nothing_is_done_with_tables_that_are_old(refused, tmp_path, words):
    said = refused(*words, DATABASE_URL=f"sqlite:///{tmp_path / 'new.sqlite'}")

    assert said.endswith("run: rapidresponse db upgrade")


@pytest.mark.parametrize(
    "words",
    [
        ["db", "check"],
        ["db", "upgrade"],
        ["partner", "add", "Casa", "--trust", "review"],
        ["alerts", "show", "1"],
    ],
)
def test_a_record_that_is_away_is_told_in_one_line(refused, words):
    said = refused(*words, DATABASE_URL="postgresql+psycopg://u:hidden@/x?host=/nowhere")

    assert "DATABASE_URL" in said
    assert "hidden" not in said


def test_an_alert_is_shown_and_halted(command, network):
    network.people(20)
    alert = network.partner().report().json["alert"]

    shown = command("alerts", "show", alert).stdout
    halted = command("alerts", "halt", alert)
    network.run()
    again = command("alerts", "show", alert).stdout

    assert re.search(rf"^alert: {alert}\nkind: alert\nstate: sending\n", shown)
    assert "audience: 20" in shown
    assert halted.stdout == f"alert {alert} is halted; 0 texts had left already\n"
    assert "state: halted" in again
    assert network.carrier.totals()["accepted"] == 0


def test_an_alert_that_went_out_is_shown_with_its_counts_and_its_pace(command, network):
    network.people(20)
    alert = network.partner().report().json["alert"]
    network.run()

    shown = dict(
        line.split(": ", 1) for line in command("alerts", "show", alert).stdout.splitlines()
    )

    assert shown["state"] == "done"
    assert shown["accepted"] == "20"
    assert shown["in doubt"] == shown["second texts"] == "0"
    assert "s after the start" in shown["first text"]


@pytest.mark.parametrize("word", ["show", "halt"])
def test_an_alert_that_is_none_is_told_so(refused, word):
    assert refused("alerts", word, 99) == "rapidresponse: There is no such alert."


def test_an_alert_that_is_over_cannot_be_halted(refused, network):
    alert = network.partner().report().json["alert"]
    network.run()

    assert "done" in refused("alerts", "halt", alert)


def test_a_ring_of_keys_is_made_once(command, refused, tmp_path):
    file = tmp_path / "ring" / "keyring.json"

    made = command("keyring", "make", file)

    assert made.exit_code == 0
    assert str(file) in made.stdout
    assert file.stat().st_mode & 0o777 == 0o600
    assert "never overwritten" in refused("keyring", "make", file)


def test_the_doctor_finds_nothing_wrong_with_a_network_that_is_well(command, network):
    ended = command("doctor", PORT="1")

    lines = ended.stdout.splitlines()
    assert ended.exit_code == 0, ended.stdout
    assert all(line.startswith("ok    ") for line in lines)
    assert "ok    database: up to date" in lines
    assert "ok    redis: answers" in lines
    assert network


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"DATABASE_URL": "sqlite:///{home}/empty.sqlite"}, "rapidresponse db upgrade"),
        ({"DATABASE_URL": "postgresql+psycopg://u:p@/x?host=/nowhere"}, "see DATABASE_URL"),
        ({"REDIS_URL": "unix:///nowhere/at/all"}, "see REDIS_URL"),
        ({"NETWORK_NAME": "A name that is too long"}, "NETWORK_NAME"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY"),
    ],
)
def test_the_doctor_says_what_is_wrong_and_how_to_mend_it(command, tmp_path, changes, wrong):
    given = {name: value.replace("{home}", str(tmp_path)) for name, value in changes.items()}

    ended = command("doctor", **given)

    [line] = [line for line in ended.stdout.splitlines() if line.startswith("wrong ")]
    assert ended.exit_code == 1
    assert wrong in line


def test_the_doctor_sees_keys_that_others_may_read(command, wiring):
    wiring.config.keyring.chmod(0o644)

    ended = command("doctor")

    assert ended.exit_code == 1
    assert "wrong KEYRING_FILE: others may read it" in ended.stdout
