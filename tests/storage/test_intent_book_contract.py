"""What is known of intents, on SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from services.learning.edits import RenameIntent
from services.learning.intents import (
    IntentChange,
    IntentChanged,
    IntentState,
    KnownIntent,
    ToSort,
)
from services.learning.labels import LabelState
from services.learning.sentences import Sentence
from storage.console_tables import CONSOLE_LOG
from storage.county_store import CountyStore, RenamedMatter
from storage.database import Database
from storage.intent_book import SqlIntentBook
from storage.intent_successors import SqlIntentSuccessors
from storage.known_intents import SqlKnownIntents
from storage.sentence_journal import SqlSentenceJournal

NOW = datetime(2026, 12, 1, 8, tzinfo=UTC)
DRAFT = KnownIntent("lamp", "灯", IntentState.DRAFT, "admin", NOW, row={"matter": "lamp"})
RENAMED = KnownIntent("lamp", "灯", IntentState.RENAMED, "admin", NOW, became="light")
START = IntentChange(
    since=0,
    seen=(),
    action="intent.draft",
    about="intent:lamp",
    summary="草稿",
    intents=(DRAFT,),
    detail={"what": "草稿"},
)


@pytest.fixture(params=["sqlite", "postgres"])
async def database(request: pytest.FixtureRequest) -> AsyncIterator[Database]:
    opened = Database(str(request.getfixturevalue(f"{request.param}_url")))
    yield opened
    await opened.close()


@pytest.fixture
def book(database: Database) -> SqlIntentBook:
    return SqlIntentBook(database)


async def test_change__comes_back_and_is_in_the_log(
    database: Database, book: SqlIntentBook
) -> None:
    await book.change(START, "admin", NOW)
    assert await book.known() == [DRAFT]
    async with database.read() as connection:
        (logged,) = (await connection.execute(select(CONSOLE_LOG))).mappings()
    assert (logged["account"], logged["about"]) == ("admin", "intent:lamp")


async def test_change__of_what_somebody_changed_meanwhile_is_refused(book: SqlIntentBook) -> None:
    await book.change(START, "admin", NOW)
    with pytest.raises(IntentChanged):
        await book.change(START, "other", NOW)


async def test_change__on_a_county_that_changed_meanwhile_writes_nothing(
    database: Database, book: SqlIntentBook
) -> None:
    await CountyStore(database).replace({}, "import", NOW)
    with pytest.raises(IntentChanged):
        await book.change(START, "admin", NOW)
    assert await book.known() == []


async def test_change__without_sheets_is_no_new_county(
    database: Database, book: SqlIntentBook
) -> None:
    await book.change(START, "admin", NOW)
    assert await CountyStore(database).version() == 0


async def test_change__sheets_edits_and_codes_of_old_at_once(
    database: Database, book: SqlIntentBook
) -> None:
    edit = RenameIntent("lamp", "light", "灯", "灯")
    sheets = {"catalogue": [{"matter": "light", "name": "灯"}]}
    change = replace(START, intents=(RENAMED,), sheets=sheets, edits=(edit,))

    await book.change(change, "admin", NOW)

    version, found = await book.county()
    assert (version, [row["matter"] for row in found["catalogue"]]) == (1, ["light"])
    assert found["former_matters"] == [{"code": "lamp", "became": "light", "state": "renamed"}]
    assert [each.edit for each in await SqlSentenceJournal(database).pending()] == [edit]


async def test_import__refuses_a_code_of_old(database: Database, book: SqlIntentBook) -> None:
    await book.change(replace(START, intents=(RENAMED,)), "admin", NOW)
    store = CountyStore(database)
    with pytest.raises(RenamedMatter):
        await store.replace({"catalogue": [{"matter": "lamp"}]}, "workbook", NOW)
    await store.replace({"catalogue": [{"matter": "light"}]}, "workbook", NOW)
    assert await store.version() == 1


async def test_sorting__the_examples_of_a_split(book: SqlIntentBook) -> None:
    old = Sentence("路坏了", "road", "help", urgent=True)
    await book.change(replace(START, to_sort=(ToSort(old, "digest"),)), "admin", NOW)
    (label,) = await book.sorting("road")
    assert label.sentence == replace(old, intent="")
    assert (label.state, label.is_sorting) == (LabelState.PROPOSED, True)
    assert await book.staged() == []


async def test_dropped__are_sorted_no_more(book: SqlIntentBook) -> None:
    old = ToSort(Sentence("路坏了", "road"), "digest")
    await book.change(replace(START, to_sort=(old,)), "admin", NOW)
    (label,) = await book.sorting("road")
    dropped = replace(START, seen=(DRAFT,), intents=(), dropped=(label.id,))
    await book.change(dropped, "admin", NOW)
    assert [each.state for each in await book.sorting("road")] == [LabelState.REJECTED]


async def test_successors__through_every_rename_and_none_of_a_split(
    database: Database, book: SqlIntentBook
) -> None:
    again = KnownIntent("light", "灯", IntentState.MERGED, "admin", NOW, became="road")
    split = KnownIntent("road", "路", IntentState.SPLITTING, "admin", NOW, became="a|b")
    await book.change(replace(START, intents=(RENAMED, again, split)), "admin", NOW)
    expected = {"lamp": "road", "light": "road"}
    assert await SqlIntentSuccessors(database).became() == expected
    assert await SqlKnownIntents(database, frozenset).current("lamp") == "road"
