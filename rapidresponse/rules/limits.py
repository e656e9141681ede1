"""How many, how often, before someone is slowed down or a person must look."""

CALLS_A_MINUTE = 60  # of one partner, to the web hook
ALERTS_AN_HOUR = 12  # of one partner, published without a person looking
ALERTS_A_DAY = 60  # of one partner

REF_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"  # no I and no O, which look like digits
REF_NUMBERS = 1000

# What one phone may ask of us before it is slowed down, politely and for a while.
WINDOW_SECONDS = 600.0
TEXTS_A_WINDOW = 20
REPLIES_A_WINDOW = 22
SAME_REPLIES = 3  # the same words so often in a row: perhaps two machines are talking
BLOCK_SECONDS = 3600.0
REPORTS_A_WINDOW = 3
WRONG_CODES = 10  # guesses at the short name of an alert
# What all phones together may cost.
REPLY_SEGMENTS_A_DAY = 20_000
FLOOD_FROM = 60  # new reports in a window, from which on each phone is answered once

QUESTIONS_A_REPORT = 3
ANSWER_SECONDS = 1800.0
SAME_INCIDENT_SECONDS = 3600.0
CHECK_SECONDS = 6 * 3600.0


def batch_size(per_second: int) -> int:
    """Return how many deliveries one batch holds: five seconds' worth, or 1,000 with no limit."""
    return max(50, min(500, per_second * 5)) if per_second else 1000


def retry_seconds(attempt: int) -> float:
    """Return how long to wait before a text that was definitely not sent is tried again."""
    return float(min(60, 4 ** min(3, max(0, attempt - 1))))
