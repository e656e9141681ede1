"""The line that texts wait in when they come faster than their sender may send."""


class Line:
    """Lets segments leave at an even pace, first come first served."""

    def __init__(self) -> None:
        self._free_at = 0.0

    def waiting(self, now: float, rate: float) -> float:
        """Return how many segments stand in the line."""
        return max(self._free_at - now, 0) * rate

    def opens(self, now: float) -> float:
        """Return when a text that comes now may leave."""
        return max(self._free_at, now)

    def join(self, segments: int, now: float, rate: float) -> float:
        """Put a text into the line and return when it leaves; a rate of 0 is no line at all."""
        if not rate:
            return now
        leaves = self.opens(now)
        self._free_at = leaves + segments / rate
        return leaves

    def clear(self) -> None:
        """Send everybody in the line away."""
        self._free_at = 0.0
