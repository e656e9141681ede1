"""The back door: work taken from the queue, and what the clock starts."""
