import pytest
from rq.job import JobStatus

from rapidresponse.queue import TEXTS, Job, SafeJob, lane_of


def test_work_that_is_in_line_is_not_put_there_twice(wiring):
    for _ in range(3):
        wiring.queue.start(Job.EXPAND, 7)

    assert lane_of(TEXTS, wiring.redis).job_ids == ["expand-7-0"]


def test_work_whose_worker_died_with_it_is_asked_for_anew(wiring):
    lane = lane_of(TEXTS, wiring.redis)
    wiring.queue.start(Job.EXPAND, 7)
    wiring.redis.lpop(lane.key)  # a worker took it, and was killed
    job = SafeJob.fetch("expand-7-0", connection=wiring.redis, serializer=lane.serializer)
    job.set_status(JobStatus.STARTED)

    wiring.queue.start(Job.EXPAND, 7)

    [again] = lane.job_ids
    assert again.startswith("expand-7-0-")


def test_work_that_failed_is_asked_for_anew(wiring):
    lane = lane_of(TEXTS, wiring.redis)
    wiring.queue.start(Job.SEND, 3, 1)
    wiring.redis.lpop(lane.key)
    job = SafeJob.fetch("send-3-1", connection=wiring.redis, serializer=lane.serializer)
    job.set_status(JobStatus.FAILED)

    wiring.queue.start(Job.SEND, 3, 1)

    assert len(lane.job_ids) == 1


def test_what_is_first_goes_before_all_that_waits(wiring):
    wiring.queue.start(Job.SEND, 1)
    wiring.queue.start(Job.EXPAND, 2, first=True)

    assert lane_of(TEXTS, wiring.redis).job_ids == ["expand-2-0", "send-1-0"]


def test_only_our_own_jobs_are_run(wiring):
    lane = lane_of(TEXTS, wiring.redis)
    job = lane.enqueue("os.system", "true")

    with pytest.raises(PermissionError, match="not on the list"):
        job.perform()
