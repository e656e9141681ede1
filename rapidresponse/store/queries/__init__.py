"""The questions asked of many rows at once, each with a name, by noun."""
