"""What the network does. One verb a function, one unit of work a call."""
