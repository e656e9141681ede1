import logging
import os
import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

import workers.jobs
from rapidresponse import bundled
from rapidresponse.config import Config
from rapidresponse.queue import RedisQueue, connect
from rapidresponse.sms.practice.client import PracticeLine
from rapidresponse.store import database
from rapidresponse.store.models import Base
from rapidresponse.wiring import Wiring, _vault
from tests import canary
from tests.network import Network
from tests.servers import CarrierThread, Postgres, carrier_settings

for name in Config.__slots__:  # the suite does not depend on the machine it runs on
    os.environ.pop(name.upper(), None)

TRAP = canary.LogTrap()


def pytest_configure():
    logging.getLogger().addHandler(TRAP)
    logging.getLogger("rapidresponse").setLevel(logging.DEBUG)
    logging.getLogger("workers").setLevel(logging.DEBUG)


def pytest_sessionfinish(session):
    if TRAP.leaks:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
        raise pytest.UsageError(f"the log canary heard: {TRAP.leaks[:5]}")


@pytest.fixture(scope="session")
def postgres():
    server = Postgres()
    yield server
    server.remove()


@pytest.fixture(scope="session")
def postgres_url(postgres):
    url = postgres.create("suite")
    database.upgrade(url)
    return url


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory):
    path = tmp_path_factory.mktemp("template") / "record.sqlite"
    database.upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def valkey(tmp_path_factory):
    home = tmp_path_factory.mktemp("valkey")
    server = bundled.start(home)
    yield bundled.url(home)
    bundled.stop(server, home)


@pytest.fixture(scope="session")
def shared_carrier():
    carrier = CarrierThread(carrier_settings(Config.from_env({"PUBLIC_URL": "http://127.0.0.1:1"})))
    yield carrier
    carrier.stop()


@pytest.fixture
def carrier(shared_carrier):
    line = PracticeLine(shared_carrier.url, Config.from_env({}).twilio_auth_token)
    line.pull("reset", {"knobs": True})
    line.knobs(callbacks=False)
    return line


@pytest.fixture(params=["sqlite", "postgresql"])
def record_url(request, tmp_path):
    """The address of an empty record, on both databases."""
    if request.param == "sqlite":
        path = tmp_path / "record.sqlite"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        return f"sqlite:///{path}"
    url = request.getfixturevalue("postgres_url")
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        names = ", ".join(Base.metadata.tables)
        connection.exec_driver_sql(f"TRUNCATE {names} RESTART IDENTITY CASCADE")
    engine.dispose()
    return url


class FakeClock:
    """Time that passes when a test says so; it begins at the real time."""

    def __init__(self):
        self.now = datetime.now(UTC)  # noqa: TID251 - the carrier's clock is the real one

    def __call__(self):
        return self.now

    def forward(self, **kwargs):
        self.now += timedelta(**kwargs)


@pytest.fixture
def clock():
    return FakeClock()


@pytest.fixture
def config(record_url, valkey, shared_carrier, tmp_path):
    return replace(
        Config.from_env({"DATA_DIR": str(tmp_path), "SENDER_RATE": "0", "SETTLE_SECONDS": "6"}),
        database_url=record_url,
        redis_url=valkey,
        twilio_api_url=shared_carrier.url,
    )


@pytest.fixture(scope="session")
def places_dir(tmp_path_factory):
    return tmp_path_factory.mktemp("places")


@pytest.fixture
def wiring(config, clock, monkeypatch, places_dir):
    """The real parts: a real record, a real Redis, a real carrier; only the clock is ours."""
    redis = connect(config.redis_url)
    redis.flushall()
    from rapidresponse.places import open_gazetteer  # noqa: PLC0415

    parts = Wiring(
        config, database.connect(config.database), _vault(config), redis, RedisQueue(redis), clock
    )
    parts.__dict__["gazetteer"] = open_gazetteer(places_dir)
    monkeypatch.setattr(workers.jobs, "wiring", lambda: parts)
    workers.jobs.sender.cache_clear()
    yield parts
    if workers.jobs.sender.cache_info().currsize:
        workers.jobs.sender().close()
        workers.jobs.sender.cache_clear()
    canary.check_redis(redis)
    canary.check_record(parts.database.engine)
    parts.close()
    if parts.database.is_sqlite:
        canary.check_file(Path(str(sa.make_url(config.database).database)))


@pytest.fixture
def network(wiring, carrier):
    """A whole network in this process; see tests/network.py."""
    return Network(wiring, carrier)


@pytest.fixture
def work(wiring):
    with wiring.work() as work:
        yield work
