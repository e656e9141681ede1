"""Where the parts are chosen and joined: read this first."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from redis import Redis

from rapidresponse import bundled
from rapidresponse.config import Config
from rapidresponse.places import Gazetteer, open_gazetteer
from rapidresponse.queue import Queue, RedisQueue, connect
from rapidresponse.sms.provider import Provider
from rapidresponse.sms.twilio import Account, TwilioProvider
from rapidresponse.store import database
from rapidresponse.store.database import Database
from rapidresponse.vault import Keyring, Vault
from rapidresponse.work import Work, begin, utc_now


@dataclass
class Wiring:
    """The real parts of one process."""

    config: Config
    database: Database
    vault: Vault
    redis: Redis
    queue: Queue
    clock: Callable[[], datetime] = utc_now

    def work(self) -> AbstractContextManager[Work]:
        """Open a unit of work that writes."""
        return begin(self.database.writing, self.vault, self.queue, self.clock)

    def look(self) -> AbstractContextManager[Work]:
        """Open a unit of work that only reads."""
        return begin(self.database.reading, self.vault, self.queue, self.clock)

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """The places file, opened on first use."""
        return open_gazetteer(self.config.data_dir / "places")

    @cached_property
    def token_key(self) -> bytes:
        """The key that signs the names under which receipts come back."""
        return self.config.secret.encode()

    def provider(self) -> Provider:
        """Open a connection to the carrier, for one event loop."""
        return TwilioProvider(account(self.config))

    def brisk_redis(self) -> Redis:
        """Open Redis for what has an answer of its own when Redis is away, and must not wait."""
        return connect(self.config.redis_url or bundled.url(self.config.data_dir))

    def close(self) -> None:
        """Let every connection go."""
        self.redis.close()
        self.database.engine.dispose()


def wire(config: Config, *, patient: bool = False) -> Wiring:
    """Build the real thing; a worker is patient with an outage of Redis, a door is not."""
    redis = connect(config.redis_url or bundled.url(config.data_dir), patient=patient)
    return Wiring(
        config, database.connect(config.database), _vault(config), redis, RedisQueue(redis)
    )


def account(config: Config) -> Account:
    """Return who we are to the carrier."""
    return Account(
        config.twilio_account_sid,
        config.twilio_auth_token,
        config.twilio_api_key,
        config.twilio_api_secret,
        config.twilio_api_url,
        config.public_url,
    )


def _vault(config: Config) -> Vault:
    read = Keyring.read if config.live else Keyring.read_or_make
    return Vault(read(config.keyring))
