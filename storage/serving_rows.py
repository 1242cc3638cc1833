"""The one row that says which models serve, read and locked within a transaction."""

from __future__ import annotations

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from services.learning.models import Serving
from storage.learning_tables import NLU_SERVING

ONLY = 1
"""The id of the row."""
_JOINED = "|"


async def lock_serving(connection: AsyncConnection) -> None:
    """Let nobody else switch or remove models until this transaction ends; reading goes on.

    SQLite has one writer anyway. The table, not the row: before the first switch there is none.
    """
    if connection.dialect.name == "postgresql":
        await connection.execute(text(f"LOCK TABLE {NLU_SERVING.name} IN EXCLUSIVE MODE"))


async def read_serving(connection: AsyncConnection) -> Serving:
    """The row; version 0 where there is none yet."""
    row = (await connection.execute(select(NLU_SERVING))).mappings().first()
    if row is None:
        return Serving()
    townships = tuple(filter(None, row["townships"].split(_JOINED)))
    values = {name: value for name, value in row.items() if name not in ("id", "townships")}
    return Serving(**values, townships=townships)


def serving_values(serving: Serving) -> dict[str, object]:
    """The columns of the row."""
    return {
        "id": ONLY,
        "version": serving.version,
        "active": serving.active,
        "previous": serving.previous,
        "shadow": serving.shadow,
        "canary": serving.canary,
        "townships": _JOINED.join(serving.townships),
        "since": serving.since,
    }
