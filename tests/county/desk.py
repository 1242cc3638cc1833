"""What a county's database holds, seen from outside."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Table, select
from typer.testing import Result

from liandong.bootstrap import utc_now
from services.learning.intents import IntentChange, IntentState, KnownIntent
from storage.county_store import CountyStore, Rows
from storage.database import Database
from storage.intent_book import SqlIntentBook
from storage.memory_coordination import MemoryWakeups
from storage.tables import COUNTY_VERSIONS
from storage.unit_of_work import SqlUnitOfWorkFactory
from tickets import life
from tickets.ticket import Ticket

T = TypeVar("T")


@dataclass(frozen=True)
class Desk:
    """One database; every look opens and closes it."""

    url: str

    def tables(self) -> dict[str, Rows]:
        return self._ask(lambda database: CountyStore(database).read())

    def version(self) -> int:
        return self._ask(lambda database: CountyStore(database).version())

    def history(self) -> list[tuple[str, str]]:
        """Source and summary of every change, oldest first."""

        async def read(database: Database) -> list[tuple[str, str]]:
            columns = COUNTY_VERSIONS.c.source, COUNTY_VERSIONS.c.summary
            async with database.read() as connection:
                found = await connection.execute(select(*columns).order_by(COUNTY_VERSIONS.c.id))
                return [(row[0], row[1]) for row in found]

        return self._ask(read)

    def rows(self, *tables: Table) -> list[tuple[Any, ...]]:
        """Every row of some tables, in the order of their keys."""

        async def read(database: Database) -> list[tuple[Any, ...]]:
            async with database.read() as connection:
                return [
                    tuple(row)
                    for table in tables
                    for row in await connection.execute(
                        select(table).order_by(*table.primary_key.columns)
                    )
                ]

        return self._ask(read)

    def put(self, sheets: Mapping[str, Iterable[Mapping[str, str]]]) -> None:
        self._ask(lambda database: CountyStore(database).replace(sheets, "test", utc_now()))

    def file(self, *tickets: Ticket) -> None:
        async def add(database: Database) -> None:
            async with SqlUnitOfWorkFactory(database, MemoryWakeups())() as work:
                for each in tickets:
                    await work.add_ticket(each, [life.received(each)])
                await work.commit()

        self._ask(add)

    def rename(self, old: str, new: str) -> None:
        """Give a matter another code, as the console does."""

        async def change(database: Database) -> None:
            book = SqlIntentBook(database)
            version, sheets = await book.county()
            rows = [
                {**row, "matter": new if row["matter"] == old else row["matter"]}
                for row in sheets["catalogue"]
            ]
            known = KnownIntent(old, old, IntentState.RENAMED, "admin", utc_now(), became=new)
            await book.change(
                IntentChange(
                    since=version,
                    seen=(),
                    action="intent.rename",
                    about=f"intent:{old}",
                    summary="",
                    intents=(known,),
                    sheets={"catalogue": rows},
                ),
                "admin",
                utc_now(),
            )

        self._ask(change)

    def _ask(self, question: Callable[[Database], Awaitable[T]]) -> T:
        async def ask() -> T:
            database = Database(self.url)
            try:
                return await question(database)
            finally:
                await database.close()

        return asyncio.run(ask())


def said(result: Result) -> str:
    """What was printed, without the line breaks of the terminal."""
    return result.output.replace("\n", "")
