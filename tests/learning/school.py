"""The town with everything that labels need, on one database."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from sqlalchemy import select

from services.learning.gathering import Gathering
from services.learning.inbox import CorrectionInbox
from services.learning.inbox_items import CorrectionItem
from services.learning.labels import Label
from storage.correction_book import SqlCorrectionBook
from storage.database import Database
from storage.known_intents import SqlKnownIntents
from storage.label_rows import label_of
from storage.learning_tables import LABELS
from tests.services.town import MATTERS, Town
from tests.storage.stores import sql_store

LIVE = frozenset({*MATTERS.values(), "thanks", "greeting", "road", "fire", "neighbour_dispute"})


@dataclass
class School:
    """A town, the inbox of corrections and a look at the labels."""

    town: Town
    database: Database
    book: SqlCorrectionBook
    intents: SqlKnownIntents
    inbox: CorrectionInbox

    async def say(self, *texts: str) -> None:
        """Messages of as many residents, taken up at once."""
        for number, text in enumerate(texts):
            await self.town.say(text, f"who{number}")
        while await self.inbox.gather():
            pass

    async def items(self, account: str = "anna") -> list[CorrectionItem]:
        """What stands in the inbox for an account."""
        return list((await self.inbox.page(account)).items)

    async def only(self, account: str = "anna") -> CorrectionItem:
        """The one item that there is."""
        (item,) = await self.items(account)
        return item

    async def labels(self) -> list[Label]:
        """Every label, oldest first."""
        async with self.database.read() as connection:
            rows = await connection.execute(select(LABELS).order_by(LABELS.c.id))
            return [label_of(row) for row in rows.mappings()]


@asynccontextmanager
async def school(database: Database, url: str) -> AsyncIterator[School]:
    """On a migrated, empty database."""
    async with sql_store(url) as store:
        town = Town(store)
        book = SqlCorrectionBook(database)
        intents = SqlKnownIntents(database, lambda: LIVE)
        gathering = Gathering(book, lambda text: "", lambda: town.office, seed="test")
        inbox = CorrectionInbox(book, gathering, intents, lambda: town.now, seed="test")
        yield School(town, database, book, intents, inbox)
