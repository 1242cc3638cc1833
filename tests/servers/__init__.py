"""Real PostgreSQL and Redis for the tests, in temporary folders on free loopback ports."""
