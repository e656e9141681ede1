"""Where partners and the carrier call."""
