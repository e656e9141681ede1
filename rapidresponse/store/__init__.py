"""What the network remembers."""
