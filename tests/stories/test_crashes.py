"""What must not happen to anyone's text when a machine has a bad day."""

import os
import signal
import time

import pytest

from tests.product import Product

PEOPLE = 300


@pytest.fixture
def product(record_url, tmp_path):
    """A running network with one worker, whose sender is slow enough to be interrupted."""
    product = Product(
        tmp_path, DATABASE_URL=record_url, SENDER_RATE="100", SETTLE_SECONDS="3"
    ).start("--workers", "1")
    product.command(
        "practice", "people", "--count", str(PEOPLE), "--zip", "28205", "--language", "en"
    )
    yield product
    product.stop()


def exactly_once(product):
    totals = product.line.totals()
    return (totals["accepted"], totals["phones"], totals["most_to_one_phone"])


def test_a_worker_killed_in_the_middle_loses_nobody_and_texts_nobody_twice(product):
    alert = product.report(product.partner())["alert"]
    product.await_accepted(PEOPLE // 4)

    product.kill("worker")
    product.await_done(alert)

    assert exactly_once(product) == (PEOPLE, PEOPLE, 1)
    assert product.told(alert)["second_texts"] == 0


def test_redis_emptied_in_the_middle_loses_nobody_and_texts_nobody_twice(product):
    alert = product.report(product.partner())["alert"]
    product.await_accepted(PEOPLE // 4)

    product.redis.flushall()
    product.await_done(alert)

    assert exactly_once(product) == (PEOPLE, PEOPLE, 1)


def test_a_worker_that_slept_does_not_send_what_is_no_longer_its_own(product):
    alert = product.report(product.partner())["alert"]
    product.await_accepted(PEOPLE // 4)
    [worker] = product.pids("worker")

    os.kill(worker, signal.SIGSTOP)
    time.sleep(20)  # longer than its lease, and than an intent is waited for
    os.kill(worker, signal.SIGCONT)
    product.await_done(alert)

    assert exactly_once(product) == (PEOPLE, PEOPLE, 1)


def test_texts_that_got_no_answer_are_found_on_the_carriers_list_or_leave_again(product):
    product.line.knobs(
        callbacks=False,
        faults={"500_after": 0.03, "reset_after": 0.03, "500_before": 0.03, "reset_before": 0.03},
    )

    alert = product.report(product.partner())["alert"]
    product.await_done(alert)

    assert exactly_once(product) == (PEOPLE, PEOPLE, 1)
    assert product.told(alert)["in_doubt"] == 0
