"""Which intents a label may name: the vocabulary that is live, and the drafts of the console."""

from __future__ import annotations

from collections.abc import Callable, Collection

from sqlalchemy import select

from services.learning.known_intents import IntentStanding
from storage.database import Database
from storage.intent_successors import SqlIntentSuccessors
from storage.learning_tables import INTENTS


class SqlKnownIntents:
    """`services.learning.known_intents.KnownIntents`; `live` reads the vocabulary of domain.yml."""

    def __init__(self, database: Database, live: Callable[[], Collection[str]]) -> None:
        self._database = database
        self._live = live
        self._successors = SqlIntentSuccessors(database)

    async def standing(self, code: str) -> IntentStanding:
        """What the console says of it; what it never touched is what the files say."""
        query = select(INTENTS.c.state).where(INTENTS.c.code == code)
        async with self._database.read() as connection:
            state = (await connection.execute(query)).scalar()
        if state == "draft":
            return IntentStanding.DRAFT
        if state in ("live", "splitting") or (state is None and code in self._live()):
            return IntentStanding.LIVE
        return IntentStanding.UNKNOWN

    async def current(self, code: str) -> str:
        """The code that an intent has now."""
        return (await self._successors.became()).get(code, code)
