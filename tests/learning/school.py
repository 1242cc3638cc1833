"""The town with everything that labels need, on one database."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from sqlalchemy import delete, insert, select

from services.learning.bare import bare_digest
from services.learning.drafts import LabelDraft
from services.learning.gathering import Gathering
from services.learning.inbox import CorrectionInbox
from services.learning.inbox_items import CorrectionItem
from services.learning.labels import Label, Origin, Verdict
from services.learning.review import Review
from services.learning.review_items import Twin
from storage.console_tables import ACCOUNTS
from storage.correction_book import SqlCorrectionBook
from storage.correction_tables import CORRECTION_BANDS, CORRECTIONS
from storage.database import Database
from storage.known_intents import SqlKnownIntents
from storage.label_book import SqlLabelBook
from storage.label_rows import label_of
from storage.learning_tables import INTENTS, LABELS
from storage.sentence_journal import SqlSentenceJournal
from tests.services.town import MATTERS, Town
from tests.storage.stores import sql_store

LIVE = frozenset({*MATTERS.values(), "thanks", "greeting", "road", "fire", "neighbour_dispute"})


class Files:
    """The sentences that stand in the files already."""

    def __init__(self) -> None:
        self.known: list[Twin] = []

    async def twins(self, text: str) -> list[Twin]:
        return [twin for twin in self.known if twin.text == text]


@dataclass
class School:
    """A town, the inbox of corrections and a look at the labels."""

    town: Town
    database: Database
    book: SqlCorrectionBook
    intents: SqlKnownIntents
    inbox: CorrectionInbox
    review: Review
    files: Files
    journal: SqlSentenceJournal

    async def account(self, name: str, cadre: str | None = None) -> None:
        """Somebody who may sign in."""
        values = {
            "name": name,
            "person": name,
            "password": "",
            "roles": "reviewer",
            "cadre": cadre,
            "epoch": 0,
            "created_at": self.town.now,
            "created_by": "test",
        }
        async with self.database.write() as connection:
            await connection.execute(insert(ACCOUNTS).values(**values))
            await connection.commit()

    async def draft_intent(self, code: str) -> None:
        """An intent that is not live yet."""
        values = {"code": code, "name": code, "state": "draft", "became": "", "row": "{}"}
        async with self.database.write() as connection:
            await connection.execute(
                insert(INTENTS).values(**values, changed_by="test", changed_at=self.town.now)
            )
            await connection.commit()

    async def propose(
        self, text: str, intent: str = "road", author: str = "anna", **fields: object
    ) -> Label:
        """A label that waits."""
        values = {"origin": Origin.INBOX, "said": "street_lamp", "said_by": "m1"} | fields
        draft = LabelDraft(
            text,
            bare_digest(text),
            author=author,
            verdict=Verdict.LABEL,
            intent=intent,
            **values,  # type: ignore[arg-type]
        )
        async with self.town.store.units_of_work() as work:
            await work.propose_label(draft, self.town.now)
            await work.commit()
        return (await self.labels())[-1]

    async def say(self, *texts: str) -> None:
        """Messages of as many residents, taken up at once."""
        for number, text in enumerate(texts):
            await self.town.say(text, f"who{number}")
        while await self.inbox.gather():
            pass

    async def as_before_there_were_labels(self) -> None:
        """Forget every label and what was taken up, and look at all messages anew."""
        async with self.database.write() as connection:
            for table in (LABELS, CORRECTION_BANDS, CORRECTIONS):
                await connection.execute(delete(table))
            await connection.commit()
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
        files = Files()
        review = Review(SqlLabelBook(database), files, intents, lambda: town.now)
        journal = SqlSentenceJournal(database)
        yield School(town, database, book, intents, inbox, review, files, journal)
