"""What a sender may send in a day to the phones of a carrier with a daily cap."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

# T-Mobile's day begins at midnight in California, summer and winter.
PACIFIC = ZoneInfo("America/Los_Angeles")


class Allowance:
    """Counts the segments of the day."""

    def __init__(self) -> None:
        self._day = date.min
        self._used = 0

    def covers(self, segments: int, now: float, cap: int) -> bool:
        """Count a text, unless it would go over the cap; a cap of 0 is no cap at all."""
        day = datetime.fromtimestamp(now, PACIFIC).date()
        if day != self._day:
            self._day, self._used = day, 0
        if cap and self._used + segments > cap:
            return False
        self._used += segments
        return True
