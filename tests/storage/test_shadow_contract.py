"""Readings of models that read along, on both databases."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert

from services.learning.shadow import DifferingPair, ShadowReading, ShadowSummary
from services.messages import Address, BotName
from storage.database import Database
from storage.intent_successors import SqlIntentSuccessors
from storage.learning_tables import INTENTS
from storage.memory_coordination import MemoryWakeups
from storage.remembered_places import SqlRememberedPlaces
from storage.shadow_book import SqlShadowBook
from storage.unit_of_work import SqlUnitOfWorkFactory

NOW = datetime(2026, 12, 1, 3, tzinfo=UTC)
SAME = ShadowReading(
    1, NOW, 7, "new", "old", "road", "road", 0.9, 0.5, False, False, True, False, False
)
OTHER = replace(SAME, id=2, inbox_id=8, label="bridge", confidence=0.7, differs=True)
CALMER = replace(
    OTHER, id=3, inbox_id=9, at=NOW + timedelta(hours=1), live_urgent=True, live_alone=True
)


@pytest.fixture(params=["sqlite_url", "postgres_url"])
async def database(request: pytest.FixtureRequest) -> AsyncIterator[Database]:
    opened = Database(str(request.getfixturevalue(request.param)))
    yield opened
    await opened.close()


@pytest.fixture
async def book(database: Database) -> SqlShadowBook:
    kept = SqlShadowBook(database)
    await kept.add([SAME, OTHER, CALMER, replace(OTHER, model="third")])
    return kept


async def test_summary__counts_one_model(book: SqlShadowBook) -> None:
    assert await book.summary("new") == ShadowSummary(
        model="new",
        read=3,
        differing=2,
        alone=3,
        live_alone=1,
        more_urgent=0,
        less_urgent=1,
        since=NOW,
        until=NOW + timedelta(hours=1),
        pairs=(DifferingPair("road", "bridge", 2, 0.5, 0.7),),
    )


async def test_summary__of_nothing_is_nothing(book: SqlShadowBook) -> None:
    assert await book.summary("nobody") == ShadowSummary("nobody", 0, 0, 0, 0, 0, 0, None, None, ())


async def test_differences__newest_first_page_by_page(book: SqlShadowBook) -> None:
    first = await book.differences("new", limit=1)
    assert first == [CALMER]
    assert await book.differences("new", before=first[0].id) == [OTHER]


async def test_differences__of_one_pair(book: SqlShadowBook) -> None:
    assert await book.differences("new", labels=("road", "bridge")) == [CALMER, OTHER]
    assert await book.differences("new", labels=("bridge", "road")) == []


async def test_became__only_what_has_a_successor(database: Database) -> None:
    row = {"name": "", "row": "{}", "changed_by": "a", "changed_at": NOW}
    async with database.write() as connection:
        for code, state, became in (("a", "renamed", "b"), ("c", "live", "")):
            values = row | {"code": code, "state": state, "became": became}
            await connection.execute(insert(INTENTS), values)
        await connection.commit()
    assert await SqlIntentSuccessors(database).became() == {"a": "b"}


async def test_place__what_was_confirmed_before_the_poster(database: Database) -> None:
    places = SqlRememberedPlaces(database)
    address = Address("web", BotName.RESIDENTS, "chat")
    assert await places.place_of(address) is None
    for grid, confirmed, expected in (("g", None, "g"), ("g", "v", "v")):
        async with SqlUnitOfWorkFactory(database, MemoryWakeups())() as work:
            known = await work.conversation(address)
            await work.save_conversation(replace(known, grid=grid, confirmed=confirmed))
            await work.commit()
        assert await places.place_of(address) == expected
