"""How many, how often, before someone is slowed down or a person must look."""

CALLS_A_MINUTE = 60  # of one partner, to the web hook
ALERTS_AN_HOUR = 12  # of one partner, published without a person looking
ALERTS_A_DAY = 60  # of one partner

REF_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"  # no I and no O, which look like digits
REF_NUMBERS = 1000


def batch_size(per_second: int) -> int:
    """Return how many deliveries one batch holds: five seconds' worth, or 1,000 with no limit."""
    return max(50, min(500, per_second * 5)) if per_second else 1000


def retry_seconds(attempt: int) -> float:
    """Return how long to wait before a text that was definitely not sent is tried again."""
    return float(min(60, 4 ** min(3, max(0, attempt - 1))))
