"""The design that everyone writes first: one RQ job a person, a client a job, a row a commit.

It runs on the same record and against the same carrier as ours, with its imports made
before RQ forks, so that it is at its best.
"""

import sys
import time
from functools import cache

import sqlalchemy as sa
from rq import Queue, Worker
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from twilio.rest import Client

from rapidresponse.config import Config
from rapidresponse.store import database
from rapidresponse.store.models import Subscriber
from rapidresponse.store.sealed import PHONE
from rapidresponse.wiring import wire

BODY = "RedVecina A27 Charlotte 28205, 9:40am: ICE stopping people. Verified by an observer."


class Base(DeclarativeBase):
    """The naive design's own table."""


class NaiveText(Base):
    """One text to one person."""

    __tablename__ = "naive_texts"

    subscriber_id: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True, autoincrement=False)
    state: Mapped[str]
    sid: Mapped[str | None]


@cache
def parts():
    """Build the parts, as each fork must."""
    return wire(Config.from_env())


def send(subscriber_id):
    """Send one text: the whole job."""
    config, wiring = parts().config, parts()
    client = Client(config.twilio_account_sid, config.twilio_auth_token)
    client.api.base_url = config.twilio_api_url
    with wiring.database.writing() as session:
        text = session.get_one(NaiveText, subscriber_id)
        person = session.get_one(Subscriber, subscriber_id)
        phone = wiring.vault.open(person.phone, PHONE, person.id)
        session.rollback()
        taken = client.messages.create(
            to=phone, body=BODY, messaging_service_sid=config.twilio_messaging_service_sid
        )
        text = session.get_one(NaiveText, subscriber_id)
        text.state, text.sid = "accepted", taken.sid
        session.commit()


def prepare(people):
    """Write a row and queue a job for each of so many people."""
    wiring = parts()
    Base.metadata.drop_all(wiring.database.engine)
    Base.metadata.create_all(wiring.database.engine)
    with wiring.database.writing.begin() as session:
        ids = list(session.scalars(sa.select(Subscriber.id).limit(people)))
        session.add_all(NaiveText(subscriber_id=key, state="queued") for key in ids)
    Queue("naive", connection=wiring.redis).enqueue_many(
        [Queue.prepare_data("benchmarks.naive.send", (key,), result_ttl=0) for key in ids]
    )


def wait(people):
    """Wait until everyone has a text; return texts per second."""
    wiring, began = parts(), time.monotonic()
    count = sa.select(sa.func.count()).where(NaiveText.state == "accepted")
    while True:
        with wiring.database.reading() as session:
            if session.scalar(count) >= people:
                return people / (time.monotonic() - began)
        time.sleep(0.1)


if __name__ == "__main__":
    if sys.argv[1] == "worker":
        redis = wire(Config.from_env()).redis
        database.connect  # noqa: B018 - imported here, so that no fork pays for it
        Worker(["naive"], connection=redis).work(burst=True, logging_level="ERROR")
    else:
        prepare(int(sys.argv[2]))
        print(f"{wait(int(sys.argv[2])):.2f}")
