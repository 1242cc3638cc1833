"""The schema's history, for Alembic; `storage.migrate` runs it."""
