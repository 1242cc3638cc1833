"""What every storage has to keep, run on memory, SQLite, PostgreSQL and Redis."""
