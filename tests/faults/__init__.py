"""A seeded harness that breaks everything, and then counts texts: `make faults`."""
