"""Alembic's entry: runs on the connection of `storage.migrate`, or on `-x url=…` by hand."""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection

from storage.migrate import METADATA, transaction


def _run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=METADATA,
        # SQLite changes a table by copying it; ours are inside one transaction all the same.
        render_as_batch=connection.dialect.name == "sqlite",
        transactional_ddl=True,
    )
    context.run_migrations()


given: Connection | None = context.config.attributes.get("connection")
if given is not None:
    _run(given)
else:
    with transaction(context.get_x_argument(as_dictionary=True)["url"]) as opened:
        _run(opened)
