import pytest
from click.testing import CliRunner

from rapidresponse.cli import main
from rapidresponse.config import Config


@pytest.fixture
def env(config):
    """The environment that an operator of this network has."""
    return {
        "DATA_DIR": str(config.data_dir),
        "DATABASE_URL": config.database_url,
        "REDIS_URL": config.redis_url,
        "SENDER_RATE": "0",
    }


@pytest.fixture
def command(env, monkeypatch):
    """Give a command, as an operator would; return what it said and how it ended."""
    for name in Config.__slots__:
        monkeypatch.delenv(name.upper(), raising=False)

    def give(*words, **changes):
        return CliRunner().invoke(main, [*map(str, words)], env=env | changes)

    return give


@pytest.fixture
def refused(command):
    """Give a command that must fail: return the one line it says."""

    def give(*words, **changes):
        ended = command(*words, **changes)
        assert ended.exit_code != 0
        assert ended.stdout == ""
        assert ended.stderr.count("\n") == 1
        assert "Traceback" not in ended.output
        assert ended.exception is None or isinstance(ended.exception, SystemExit)
        return ended.stderr.strip()

    return give
