"""Whether two people let a model through that the gate refused, in SQL."""

from __future__ import annotations

from sqlalchemy import exists, select

from storage.database import Database
from storage.learning_tables import NLU_OVERRIDES


class SqlOverrides:
    """`services.learning.books.Overrides` on SQLite and PostgreSQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def agreed(self, model: str) -> bool:
        """Whether a second person has agreed."""
        query = exists().where(
            NLU_OVERRIDES.c.model == model,
            NLU_OVERRIDES.c.agreed_by.is_not(None),
            NLU_OVERRIDES.c.agreed_by != NLU_OVERRIDES.c.asked_by,
        )
        async with self._database.read() as connection:
            return bool(await connection.scalar(select(query)))
