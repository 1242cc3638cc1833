"""Messages of different people about one and the same thing: hot spots, and the +1 offer. Pure."""
