"""A community's rapid-response text network."""
