"""The jobs there are, the lanes they wait in, and how to start one.

The queue is a nudge: the database holds what is to be done, and a sweep finds what was
committed but never queued. So a job carries one id, and losing it loses nothing.
"""

import logging
import time
from enum import StrEnum
from typing import Any, Protocol

from redis import Redis
from redis.backoff import ExponentialBackoff
from redis.exceptions import BusyLoadingError, ConnectionError, RedisError, TimeoutError  # noqa: A004 - Redis's names
from redis.retry import Retry
from rq import Queue as RqQueue
from rq.exceptions import DuplicateJobError
from rq.job import Job as RqJob
from rq.serializers import JSONSerializer

log = logging.getLogger(__name__)


class Job(StrEnum):
    """Everything a worker can be asked to do, each by one id."""

    EXPAND = "workers.jobs.expand"
    SEND = "workers.jobs.send"
    SETTLE = "workers.jobs.settle"
    ASK_AGAIN = "workers.jobs.ask_again"
    MAIL = "workers.jobs.mail"
    SCRUB = "workers.jobs.scrub"


TEXTS = "texts"
# One lane a worker: with several, RQ takes jobs by BLPOP, and kill -9 loses them for ever.
LANES: dict[Job, str] = dict.fromkeys(Job, TEXTS)

WEEK = 7 * 24 * 3600
AGAIN_SECONDS = 3
JOB_SECONDS = 600  # the work inside has its own, much shorter limits
PATIENCE = 40  # tries of 5 s at most: a worker outlives an outage of a few minutes
SHORT_PATIENCE = 2  # at the doors: a person is waiting, and the sweep will find the work


class Queue(Protocol):
    """Starts a job for one subject; `turn` tells a second start of the same work apart."""

    def start(self, job: Job, subject: int, turn: int = 0, *, first: bool = False) -> None:
        """Ask a worker to do this, soon; or before all that waits."""


class SafeJob(RqJob):
    """A job that runs only if it is on our list; RQ itself imports whatever Redis names."""

    def perform(self) -> Any:
        """Run the function, if it is one of ours and carries one id."""
        ours = self.func_name in {str(job) for job in Job}
        if not ours or self.instance is not None or self.kwargs or len(self.args) != 1:
            raise PermissionError("This job is not on the list of jobs.")
        return super().perform()

    success_callback = failure_callback = stopped_callback = property(lambda _self: None)


def connect(url: str, *, patient: bool = False) -> Redis:
    """Open Redis; a patient connection outlives an outage instead of ending its worker."""
    tries = PATIENCE if patient else SHORT_PATIENCE
    cap = 5.0 if patient else 0.05
    return Redis.from_url(
        url,
        retry=Retry(ExponentialBackoff(cap=cap, base=0.02), tries),
        retry_on_error=[ConnectionError, TimeoutError, BusyLoadingError],
        health_check_interval=15 if patient else 0,
        socket_connect_timeout=2,
    )


class RedisQueue:
    """The real queue."""

    def __init__(self, redis: Redis) -> None:
        self._lanes = {lane: lane_of(lane, redis) for lane in set(LANES.values())}

    def start(self, job: Job, subject: int, turn: int = 0, *, first: bool = False) -> None:
        """Ask a worker to do this; an outage is logged, since the sweep asks again.

        Work that is in line already is not put there twice. A job that is known but not in
        line was taken by a worker that died with it, or it failed: it is asked for anew.
        """
        lane, name = self._lanes[LANES[job]], f"{job.name.lower()}-{subject}-{turn}"
        try:
            if not _enqueue(lane, job, subject, name, first=first) and not _waits(lane, name):
                again = int(time.time() / AGAIN_SECONDS)  # so often at most
                _enqueue(lane, job, subject, f"{name}-{again}", first=first)
        except RedisError as problem:
            log.warning(
                "job %s %s left to the sweep: %s", job.name, subject, type(problem).__name__
            )


def _enqueue(lane: RqQueue, job: Job, subject: int, name: str, *, first: bool) -> bool:
    """Put a job in line; False when there is one of this name already."""
    try:
        lane.enqueue(
            str(job),
            subject,
            job_id=name,
            unique=True,
            at_front=first,
            description=job.name,
            result_ttl=0,
            failure_ttl=WEEK,
            job_timeout=JOB_SECONDS,
        )
    except DuplicateJobError:
        return False
    return True


def _waits(lane: RqQueue, name: str) -> bool:
    return lane.connection.lpos(lane.key, name) is not None


def lane_of(name: str, redis: Redis) -> RqQueue:
    """Return a lane as RQ knows it: JSON only, and only our jobs."""
    return RqQueue(name, connection=redis, serializer=JSONSerializer, job_class=SafeJob)
