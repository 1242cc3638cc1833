"""What became of intents that were renamed or merged, in SQL."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select

from storage.database import Database
from storage.learning_tables import INTENTS


class SqlIntentSuccessors:
    """`services.learning.serving.Successors` on SQLite and PostgreSQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def became(self) -> Mapping[str, str]:
        """Old intent -> the one that it became."""
        query = select(INTENTS.c.code, INTENTS.c.became).where(INTENTS.c.became != "")
        async with self._database.read() as connection:
            return {row.code: row.became for row in await connection.execute(query)}
