"""A worker: takes jobs from one lane, in its own process, without forking for each."""

from types import FrameType
from typing import Any

from redis import Redis
from rq import SimpleWorker
from rq.serializers import JSONSerializer

from rapidresponse.queue import TEXTS, SafeJob, lane_of
from workers import jobs

QUIET_SECONDS = 60  # after which Redis is told that the worker is still there
UPKEEP_SECONDS = 30


class TextsWorker(SimpleWorker):
    """Keeps its connections from job to job, and ends the one it is in when told to stop."""

    def request_stop(self, signum: int, frame: FrameType | None) -> None:
        """Stop taking texts out of the batch; those in flight get their answers first."""
        jobs.sender().stopping = True
        super().request_stop(signum, frame)  # type: ignore[no-untyped-call]  # RQ leaves it untyped


def build(redis: Redis) -> TextsWorker:
    """Build a worker of the one lane."""
    return TextsWorker(
        [lane_of(TEXTS, redis)],
        connection=redis,
        serializer=JSONSerializer,
        job_class=SafeJob,
        worker_ttl=QUIET_SECONDS,
        maintenance_interval=UPKEEP_SECONDS,
    )


def run() -> None:
    """Work until told to stop."""
    jobs.sender()  # every import and connection is paid for before the first alert, not in it
    worker: Any = build(jobs.wiring().redis)
    worker.work(logging_level="WARNING")
    jobs.sender().close()
    jobs.wiring().close()
