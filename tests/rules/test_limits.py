import pytest

from rapidresponse.rules import limits


@pytest.mark.parametrize(
    ("per_second", "size"), [(0, 1000), (1, 50), (10, 50), (30, 150), (100, 500), (10_000, 500)]
)
def test_a_batch_is_five_seconds_of_work(per_second, size):
    assert limits.batch_size(per_second) == size


@pytest.mark.parametrize(
    ("attempt", "seconds"), [(0, 1), (1, 1), (2, 4), (3, 16), (4, 60), (9, 60)]
)
def test_a_text_that_was_not_sent_waits_longer_each_time(attempt, seconds):
    assert limits.retry_seconds(attempt) == seconds


def test_a_short_name_has_no_letter_that_looks_like_a_digit():
    assert not {"I", "O"} & set(limits.REF_LETTERS)
    assert len(set(limits.REF_LETTERS)) == 24
