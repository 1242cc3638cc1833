"""What became of intents that were renamed or merged, in SQL."""

from __future__ import annotations

from collections.abc import Mapping

from services.learning.intents import became
from storage.database import Database
from storage.intent_book import SqlIntentBook


class SqlIntentSuccessors:
    """`services.learning.serving.Successors` on SQLite and PostgreSQL."""

    def __init__(self, database: Database) -> None:
        self._book = SqlIntentBook(database)

    async def became(self) -> Mapping[str, str]:
        """Old intent -> the one that it is called by now."""
        return became(await self._book.known())
