import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields
from pathlib import Path

import pytest

from rapidresponse.config import PRACTICE_ACCOUNT, PRACTICE_TOKEN, Config
from rapidresponse.errors import Misconfigured

EXAMPLE = Path(__file__).parent.parent / ".env.example"
LIVE = {
    "MODE": "live",
    "SECRET_KEY": "a-secret-of-the-tests-" + "x" * 32,
    "KEYRING_FILE": "/run/rapidresponse/keyring.json",
    "TWILIO_ACCOUNT_SID": "AC" + "1" * 32,
    "TWILIO_AUTH_TOKEN": "1" * 32,
    "TWILIO_MESSAGING_SERVICE_SID": "MG" + "1" * 32,
    "PUBLIC_URL": "https://alerts.example.org",
    "NETWORK_NAME": "RedVecina",
    "HOTLINE": "704-555-0142",
}
NAMES = [field.name.upper() for field in fields(Config)]


def documented():
    return dict(re.findall(r"^([A-Z_]+)=(.*)$", EXAMPLE.read_text(), re.MULTILINE))


def refusal(env):
    with pytest.raises(Misconfigured) as refused:
        Config.from_env(env)
    assert "\n" not in str(refused.value)
    return str(refused.value)


def test_every_setting_is_documented_and_nothing_else_is():
    assert set(documented()) == set(NAMES)


def test_the_documented_defaults_are_the_defaults():
    assert Config.from_env(documented()) == Config.from_env({})


@pytest.mark.parametrize("name", NAMES)
def test_an_empty_setting_is_one_that_is_not_given(name):
    assert Config.from_env({name: ""}) == Config.from_env({})


@pytest.mark.parametrize(
    "name",
    [
        "TWILIO_AUTH_TOKENN",
        "TWILIO_EDGE",
        "TWILIO_REGION",
        "SENDER_RATES",
        "SETTLE_SECOND",
        "SEND_CONCURENCY",
        "KEYRING_PATH",
        "NETWORK_NAMES",
        "RAPIDRESPONSE_MODE",
    ],
)
def test_an_unknown_name_that_looks_like_ours_stops_the_start(name):
    assert refusal({name: "1"}).startswith(f"{name}: there is no such setting")


def test_names_of_others_are_left_alone():
    others = {
        "PATH": "/bin",
        "REDIS_HOST": "x",
        "DATABASE_NAME": "x",
        "PYTHONPATH": "",
        "MODEL": "x",
    }

    assert Config.from_env(others) == Config.from_env({})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MODE", "prod"),
        ("MODE", "LIVE"),
        ("PORT", "0"),
        ("PORT", "65536"),
        ("PORT", "http"),
        ("PORT", "80.5"),
        ("SENDER_RATE", "-1"),
        ("SENDER_RATE", "fast"),
        ("SENDER_RATE", "1e3"),
        ("SETTLE_SECONDS", "0"),
        ("SETTLE_SECONDS", "nan"),
        ("SETTLE_SECONDS", "inf"),
        ("SEND_CONCURRENCY", "0"),
        ("SEND_CONCURRENCY", "1001"),
        ("PUBLIC_URL", "alerts.example.org"),
        ("PUBLIC_URL", "ftp://alerts.example.org"),
        ("PUBLIC_URL", "https://"),
        ("PUBLIC_URL", "https://alerts.example.org/?x=1"),
        ("SECRET_KEY", "word"),
        ("SECRET_KEY", "x" * 31),
        ("DATABASE_URL", "nonsense"),
        ("DATABASE_URL", "mysql://user:password@host/name"),
        ("DATABASE_URL", "postgresql://user:password@host/name"),
        ("REDIS_URL", "localhost:6379"),
        ("REDIS_URL", "http://user:password@host"),
    ],
)
def test_a_bad_value_stops_the_start_with_the_name_and_no_value(name, value):
    told = refusal({name: value})

    assert told.startswith(f"{name}: ")
    assert "password" not in told
    if name == "SECRET_KEY":
        assert value not in told


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "sqlite:////tmp/x.sqlite"),
        ("DATABASE_URL", "postgresql+psycopg://user@host/name"),
        ("REDIS_URL", "redis://localhost:6379/0"),
        ("REDIS_URL", "rediss://user:password@host:6380"),
        ("REDIS_URL", "unix:///tmp/s"),
        ("PUBLIC_URL", "http://[::1]:8000"),
        ("SENDER_RATE", "0"),
        ("SETTLE_SECONDS", "0.5"),
    ],
)
def test_a_good_value_is_taken(name, value):
    assert str(getattr(Config.from_env({name: value}), name.lower())) == value


def test_a_key_of_the_api_needs_its_secret():
    assert refusal({"TWILIO_API_KEY": "SK" + "1" * 32}).startswith("TWILIO_API_SECRET: ")
    assert refusal({"TWILIO_API_SECRET": "x" * 32}).startswith("TWILIO_API_KEY: ")


def test_there_is_one_sender():
    both = {"TWILIO_FROM": "+17045550199", "TWILIO_MESSAGING_SERVICE_SID": "MG" + "1" * 32}

    assert refusal(both).startswith("TWILIO_FROM: ")
    assert Config.from_env({"TWILIO_FROM": "+17045550199"}).twilio_messaging_service_sid == ""


def test_a_slash_at_the_end_of_the_address_does_not_matter():
    config = Config.from_env({"PUBLIC_URL": "https://alerts.example.org/"})

    assert config.public_url == "https://alerts.example.org"


def test_a_port_moves_every_address_of_practice():
    config = Config.from_env({"PORT": "9000"})

    assert config.public_url == "http://127.0.0.1:9000"
    assert config.twilio_api_url == "http://127.0.0.1:9026"


def test_a_live_network_that_has_everything_starts():
    config = Config.from_env(LIVE)

    assert config.live
    assert config.twilio_api_url == "https://api.twilio.com"


@pytest.mark.parametrize("name", [name for name in LIVE if name != "MODE"])
def test_a_live_network_needs_every_setting(name):
    env = {other: value for other, value in LIVE.items() if other != name}

    assert refusal(env).startswith(f"{name}: ")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TWILIO_AUTH_TOKEN", PRACTICE_TOKEN),
        ("PUBLIC_URL", "http://alerts.example.org"),
        ("TWILIO_API_URL", "http://127.0.0.1:8026"),
        ("KEYRING_FILE", "./var/keyring.json"),
        ("KEYRING_FILE", "var/deeper/keyring.json"),
        ("KEYRING_FILE", "var/../var/keyring.json"),
    ],
)
def test_a_live_network_refuses_what_is_unsafe(name, value):
    assert refusal(LIVE | {name: value}).startswith(f"{name}: ")


def test_a_live_network_refuses_the_practice_account():
    assert "practice" in refusal(LIVE | {"TWILIO_ACCOUNT_SID": PRACTICE_ACCOUNT})


def test_keys_may_not_lie_beside_a_database_that_is_elsewhere():
    told = refusal(
        LIVE | {"DATABASE_URL": "sqlite:////srv/rr/db.sqlite", "KEYRING_FILE": "/srv/rr/keys.json"}
    )

    assert told.startswith("KEYRING_FILE: must not lie beside the database")


def test_a_link_does_not_hide_where_the_keys_lie(tmp_path):
    (tmp_path / "var").mkdir()
    (tmp_path / "run").symlink_to(tmp_path / "var")
    env = {"DATA_DIR": str(tmp_path / "var"), "KEYRING_FILE": str(tmp_path / "run" / "keys.json")}

    assert refusal(LIVE | env).startswith("KEYRING_FILE: ")


def test_no_secret_is_printed():
    secrets = {
        "SECRET_KEY": "s" * 40,
        "TWILIO_AUTH_TOKEN": "t" * 32,
        "TWILIO_API_KEY": "k" * 34,
        "TWILIO_API_SECRET": "z" * 32,
        "DATABASE_URL": "postgresql+psycopg://user:password@host/name",
        "REDIS_URL": "redis://user:password@host",
        "TWILIO_FROM": "+17045550199",
    }
    printed = repr(Config.from_env(secrets))

    assert not [value for value in secrets.values() if value in printed]
    assert "password" not in printed


def test_a_practice_secret_is_made_once_and_only_we_can_read_it(tmp_path):
    config = Config.from_env({"DATA_DIR": str(tmp_path / "var")})
    with ThreadPoolExecutor(8) as threads:
        made = set(threads.map(lambda _: config.secret, range(32)))

    assert len(made) == 1
    assert len(made.pop()) >= 32
    assert (tmp_path / "var" / "secret.key").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in (tmp_path / "var").iterdir()] == ["secret.key"]


def test_a_given_secret_is_the_one_used(tmp_path):
    config = Config.from_env({"DATA_DIR": str(tmp_path), "SECRET_KEY": "s" * 40})

    assert config.secret == "s" * 40
    assert list(tmp_path.iterdir()) == []
