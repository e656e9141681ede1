import time

import pytest

from rapidresponse.queue import connect
from rapidresponse.sms.rate import AHEAD_SECONDS, SLOWEST, Rate


@pytest.fixture
def redis(valkey):
    redis = connect(valkey)
    redis.flushall()
    yield redis
    redis.close()


@pytest.fixture
def away():
    redis = connect("unix:///nowhere/at/all")
    yield redis
    redis.close()


def rate(redis, per_second=100, **options):
    return Rate(redis, "sender", per_second, **options)


def test_without_a_limit_nothing_waits(away):
    free = rate(away, 0)

    assert free.covers(10_000)
    assert free.block(2, 100) == 100
    free.spend(10_000)
    assert free.covers(10_000)


@pytest.mark.parametrize(
    ("per_second", "segments", "texts"), [(100, 1, 5), (100, 2, 2), (1, 2, 1), (10_000, 1, 100)]
)
def test_a_block_is_a_twentieth_of_a_second(away, per_second, segments, texts):
    assert rate(away, per_second).block(segments, 100) == texts


def test_the_first_goes_at_once_and_the_next_waits_its_turn(redis):
    one = rate(redis)

    assert one.reserve(10) == 0
    assert one.covers(10)
    one.spend(10)
    assert one.reserve(10) == pytest.approx(0.1, abs=0.05)


def test_all_workers_share_one_allowance(redis):
    one, other = rate(redis), rate(redis)

    one.reserve(50)

    assert other.reserve(50) == pytest.approx(0.5, abs=0.1)


def test_two_senders_have_an_allowance_each(redis):
    Rate(redis, "one", 100).reserve(100)

    assert Rate(redis, "other", 100).reserve(100) == 0


def test_what_is_held_is_not_reserved_again(redis):
    one = rate(redis)
    one.reserve(10)
    one.spend(4)

    one.reserve(10)

    assert one.covers(10)
    assert not one.covers(11)


def test_nobody_reserves_far_ahead(redis):
    rate(redis).reserve(300)
    late = rate(redis)

    wait = late.reserve(10)

    assert wait > AHEAD_SECONDS
    assert not late.covers(10)


def test_an_allowance_that_was_not_used_is_not_saved_up(redis):
    rate(redis, 1000).reserve(1)
    time.sleep(0.05)
    one = rate(redis, 1000)

    assert one.reserve(100) == 0
    one.spend(100)
    assert one.reserve(1) > 0.05


def test_a_refusal_halves_the_pace_for_everyone_and_never_stops_it(redis):
    one, other = rate(redis), rate(redis)

    one.slow_down()
    one.reserve(10)
    waited = other.reserve(1)
    for _ in range(20):
        one.slow_down()

    assert waited == pytest.approx(0.2, abs=0.05)
    assert float(redis.get("rate:sender:slow")) == SLOWEST
    assert 0 < redis.ttl("rate:sender:slow") <= 20


def test_with_redis_away_a_worker_keeps_to_its_share(away):
    now = [50.0]
    one = rate(away, 100, workers=4, clock=lambda: now[0])

    assert one.reserve(10) == 0
    one.spend(10)
    assert one.reserve(10) == pytest.approx(0.4)
    one.spend(10)
    one.slow_down()
    now[0] += 10
    assert one.reserve(10) == 0


def test_with_redis_away_nobody_reserves_far_ahead_either(away):
    one = rate(away, 10, workers=4, clock=lambda: 50.0)
    one.reserve(10)
    one.spend(10)

    one.reserve(10)

    assert not one.covers(10)


def test_the_pace_is_kept_over_a_while(redis):
    workers = [rate(redis, 400) for _ in range(3)]
    due = 0.0
    for turn in range(30):
        worker = workers[turn % 3]
        due = worker.reserve(20)
        if worker.covers(20):
            worker.spend(20)

    assert due == pytest.approx(30 * 20 / 400 - 20 / 400, abs=0.2)
