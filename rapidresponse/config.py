"""Every setting, read once from the environment and frozen."""

import os
import re
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from rapidresponse.errors import Misconfigured

# A variable with one of these beginnings is meant for us, so a spelling mistake is an error.
# TWILIO_EDGE and TWILIO_REGION fall under it on purpose: they would move the carrier's address.
PREFIXES = ("TWILIO_", "SENDER_", "SETTLE_", "SEND_", "KEYRING_", "NETWORK_", "RAPIDRESPONSE_")

PRACTICE_ACCOUNT = "AC" + "50" * 16
PRACTICE_TOKEN = "practice-token-opens-nothing-real"  # noqa: S105 - known to everyone by design
PRACTICE_SERVICE = "MG" + "50" * 16
PRACTICE_HOTLINE = "704-555-0142"
DEFAULT_PORT = 8000
CARRIER_OFFSET = 26  # the practice carrier listens this far above PORT: 8000 → 8026
LEAST_SECRET = 32
RECORDS = ("sqlite:///", "postgresql+psycopg://")
QUEUES = ("redis://", "rediss://", "unix://")


@dataclass(frozen=True, slots=True)
class Config:
    """Every setting the service has; the names in the environment are these in capitals."""

    mode: str = "practice"
    data_dir: Path = Path("var")
    database_url: str = field(default="", repr=False)
    redis_url: str = field(default="", repr=False)
    host: str = "127.0.0.1"
    port: int = DEFAULT_PORT
    public_url: str = ""
    network_name: str = "RedVecina"
    hotline: str = PRACTICE_HOTLINE
    secret_key: str = field(default="", repr=False)
    keyring_file: str = ""
    twilio_account_sid: str = PRACTICE_ACCOUNT
    twilio_auth_token: str = field(default=PRACTICE_TOKEN, repr=False)
    twilio_api_key: str = field(default="", repr=False)
    twilio_api_secret: str = field(default="", repr=False)
    twilio_messaging_service_sid: str = ""
    twilio_from: str = field(default="", repr=False)
    twilio_api_url: str = ""
    sender_rate: int = 100
    settle_seconds: float = 60
    send_concurrency: int = 100

    @property
    def live(self) -> bool:
        """Whether real phones get what we send."""
        return self.mode == "live"

    @property
    def database(self) -> str:
        """The address of the record: the one given, else SQLite in the data directory."""
        return self.database_url or f"sqlite:///{self.data_dir / 'rapidresponse.sqlite'}"

    @property
    def keyring(self) -> Path:
        """Where the keys are; only practice mode may keep them with the data."""
        return Path(self.keyring_file) if self.keyring_file else self.data_dir / "keyring.json"

    @property
    def secret(self) -> str:
        """The key that signs our own tokens: the one given, else one made in practice."""
        return self.secret_key or _made_secret(self.data_dir / "secret.key")

    @classmethod
    def from_env(cls, env: Mapping[str, str] | None = None) -> Self:
        """Read and check every setting, or raise Misconfigured with the name and the remedy."""
        given = os.environ if env is None else env
        _refuse_unknown(given, {name.name.upper() for name in fields(cls)})
        values = {f.name: given[f.name.upper()] for f in fields(cls) if given.get(f.name.upper())}
        config = cls(**_parsed(values))  # type: ignore[arg-type]  # each was parsed to its field's type
        _check(config, values)
        return config


def practice_carrier_url(port: int) -> str:
    """Return where the practice carrier of a network on this port listens."""
    return f"http://127.0.0.1:{port + CARRIER_OFFSET}"


def _refuse_unknown(env: Mapping[str, str], known: set[str]) -> None:
    for name in sorted(env):
        if name.startswith(PREFIXES) and name not in known:
            raise Misconfigured(
                f"{name}: there is no such setting; see .env.example. Remove it, or rename it."
            )


def _parsed(values: Mapping[str, str]) -> dict[str, object]:
    out: dict[str, object] = dict(values)
    for name, least, most in (("port", 1, 65535), ("sender_rate", 0, 10_000)):
        _number(out, name, int, least, most)
    _number(out, "send_concurrency", int, 1, 1000)
    _number(out, "settle_seconds", float, 0.1, 3600)
    if "data_dir" in out:
        out["data_dir"] = Path(values["data_dir"])
    port = int(str(out.get("port", DEFAULT_PORT)))
    out["public_url"] = values.get("public_url", f"http://127.0.0.1:{port}").rstrip("/")
    if not values.get("twilio_from"):
        out.setdefault("twilio_messaging_service_sid", PRACTICE_SERVICE)
    if "twilio_api_url" not in out:
        live = values.get("mode") == "live"
        out["twilio_api_url"] = "https://api.twilio.com" if live else practice_carrier_url(port)
    return out


def _number(
    out: dict[str, object], name: str, kind: type[int] | type[float], least: float, most: float
) -> None:
    if name not in out:
        return
    try:
        value = kind(str(out[name]))
    except ValueError:
        raise Misconfigured(f"{name.upper()}: must be a number.") from None
    if not least <= value <= most:
        raise Misconfigured(f"{name.upper()}: must be between {least:g} and {most:g}.")
    out[name] = value


def _check(config: Config, given: Mapping[str, str]) -> None:
    if config.mode not in ("practice", "live"):
        raise Misconfigured("MODE: must be practice or live.")
    _check_parts(config)
    if config.twilio_from and config.twilio_messaging_service_sid:
        raise Misconfigured(
            "TWILIO_FROM: give either it or TWILIO_MESSAGING_SERVICE_SID, not both; remove one."
        )
    parts = urlsplit(config.public_url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query:
        raise Misconfigured("PUBLIC_URL: must be an address such as https://alerts.example.org.")
    if config.secret_key and len(config.secret_key) < LEAST_SECRET:
        raise Misconfigured(
            f"SECRET_KEY: too short; make one with: python -c "
            f'"import secrets; print(secrets.token_urlsafe({LEAST_SECRET}))"'
        )
    if config.live:
        _check_live(config, given)


def _check_parts(config: Config) -> None:
    for name, beginnings in (("database_url", RECORDS), ("redis_url", QUEUES)):
        value = getattr(config, name)
        if value and not value.startswith(beginnings):
            raise Misconfigured(f"{name.upper()}: must begin with {' or '.join(beginnings)}.")
    for name, other in (
        ("twilio_api_key", "twilio_api_secret"),
        ("twilio_api_secret", "twilio_api_key"),
    ):
        if getattr(config, other) and not getattr(config, name):
            raise Misconfigured(f"{name.upper()}: goes with {other.upper()}; set both or neither.")


def _check_live(config: Config, given: Mapping[str, str]) -> None:
    needed = ("secret_key", "keyring_file", "twilio_account_sid", "twilio_auth_token")
    for name in (*needed, "public_url", "network_name", "hotline"):
        if name not in given:
            raise Misconfigured(f"{name.upper()}: required in live mode; set it.")
    if not {"twilio_from", "twilio_messaging_service_sid"} & set(given):
        raise Misconfigured("TWILIO_MESSAGING_SERVICE_SID: a sender is required in live mode.")
    if config.twilio_auth_token == PRACTICE_TOKEN or config.twilio_account_sid == PRACTICE_ACCOUNT:
        raise Misconfigured("TWILIO_AUTH_TOKEN: the practice value cannot be used in live mode.")
    _check_addresses(config)
    _check_keyring_place(config)


def _check_addresses(config: Config) -> None:
    for name in ("public_url", "twilio_api_url"):
        if not getattr(config, name).startswith("https://"):
            raise Misconfigured(f"{name.upper()}: must begin with https:// in live mode.")


def _check_keyring_place(config: Config) -> None:
    keys = config.keyring.resolve()
    beside = [config.data_dir.resolve()]
    if found := re.fullmatch(r"sqlite:///(.+)", config.database):
        beside.append(Path(found[1]).resolve().parent)
    if any(keys.is_relative_to(folder) for folder in beside):
        raise Misconfigured(
            "KEYRING_FILE: must not lie beside the database; put it on another mount, such as /run."
        )


def _made_secret(path: Path) -> str:
    """Return the practice secret, made once: the file appears whole or not at all."""
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = path.with_suffix(f".{secrets.token_hex(8)}")
        fresh.touch(0o600, exist_ok=False)
        fresh.write_text(secrets.token_urlsafe(LEAST_SECRET))
        with suppress(FileExistsError):  # another process of ours was first; its secret stands
            path.hardlink_to(fresh)
        fresh.unlink()
    return path.read_text()
