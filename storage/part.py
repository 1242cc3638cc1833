"""What the parts of a unit of work share: the transaction's connection and the dialect's INSERT."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.batched import Batched


class Part:
    """Holds one open write transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = Batched(connection)
        # Both dialects' INSERT know ON CONFLICT with one interface, but share no base class.
        self._insert: Callable[[Table], Any] = (
            sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
        )

    async def _look_up(self, slots: Sequence[str]) -> None:
        """Who holds the cards of these slots; the cadre part keeps it."""
