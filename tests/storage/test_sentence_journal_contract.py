"""The journal of edits of the sentence files, on SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from services.learning.edits import (
    AddIntent,
    AddSentence,
    Edit,
    EditState,
    MergeIntent,
    RemoveIntent,
    RemoveSentence,
    RenameIntent,
    ReplaceSentence,
)
from services.learning.labels import Part
from services.learning.sentences import Sentence
from storage.database import Database
from storage.sentence_journal import SqlSentenceJournal, record_edits

NOW = datetime(2026, 12, 1, 8, tzinfo=UTC)
LAMP = AddSentence(Sentence("路灯又不亮了", "street_lamp", "help", urgent=True))
EVERY_KIND: tuple[Edit, ...] = (
    LAMP,
    RemoveSentence("路灯", "street_lamp", Part.GOLDEN),
    ReplaceSentence("路灯", "road", Part.DATA, LAMP.sentence, Part.GOLDEN),
    AddIntent("square_lamp", "广场灯", urgent=True),
    RenameIntent("street_lamp", "lamp", "路灯", "灯"),
    MergeIntent("street_lamp", "road"),
    RemoveIntent("street_lamp"),
)


@pytest.fixture(params=["sqlite", "postgres"])
async def database(request: pytest.FixtureRequest) -> AsyncIterator[Database]:
    opened = Database(str(request.getfixturevalue(f"{request.param}_url")))
    yield opened
    await opened.close()


@pytest.fixture
def journal(database: Database) -> SqlSentenceJournal:
    return SqlSentenceJournal(database)


async def test_record__every_kind_comes_back_as_it_was(journal: SqlSentenceJournal) -> None:
    await journal.record(EVERY_KIND, "admin", NOW)

    found = await journal.pending()

    assert tuple(each.edit for each in found) == EVERY_KIND
    assert {(each.account, each.at, each.state) for each in found} == {
        ("admin", NOW, EditState.PENDING)
    }


async def test_record_edits__is_undone_with_its_reason(
    database: Database, journal: SqlSentenceJournal
) -> None:
    async with database.write() as connection:
        await record_edits(connection, [LAMP], "admin", NOW)

    assert await journal.pending() == []


async def test_applied__waits_no_longer(journal: SqlSentenceJournal) -> None:
    first, second = await journal.record([LAMP, AddIntent("a", "甲")], "admin", NOW)

    await journal.applied(first, NOW)

    assert [each.id for each in await journal.pending()] == [second]


async def test_waiting__stays_pending_and_says_why(journal: SqlSentenceJournal) -> None:
    (number,) = await journal.record([LAMP], "admin", NOW)

    await journal.waiting(number, "street_lamp.yml 第3行:YAML 写坏了")

    (found,) = await journal.pending()
    assert found.problem == "street_lamp.yml 第3行:YAML 写坏了"


async def test_applied__clears_why_it_waited(journal: SqlSentenceJournal) -> None:
    (number,) = await journal.record([LAMP], "admin", NOW)
    await journal.waiting(number, "坏了")

    await journal.applied(number, NOW)

    (found,) = await journal.recent(10)
    assert (found.state, found.problem, found.applied_at) == (EditState.APPLIED, "", NOW)


async def test_refused__is_final(journal: SqlSentenceJournal) -> None:
    (number,) = await journal.record([LAMP], "admin", NOW)
    await journal.refused(number, "road.yml 第3行也有", NOW)

    await journal.applied(number, NOW)

    (found,) = await journal.recent(10)
    assert (found.state, found.problem) == (EditState.REFUSED, "road.yml 第3行也有")


async def test_recent__newest_first(journal: SqlSentenceJournal) -> None:
    numbers = await journal.record(EVERY_KIND, "admin", NOW)

    found = await journal.recent(2)

    assert [each.id for each in found] == [numbers[-1], numbers[-2]]
