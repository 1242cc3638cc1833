"""The books of models: one row serves, switched by one at a time, on both databases."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Table, insert

from services.learning.books import SYSTEM, Follower, NoSuchModel, ServingChanged, SwitchRecord
from services.learning.models import Serving, Switch, TrainedModel
from storage.database import Database
from storage.followers import SqlFollowers
from storage.learning_tables import NLU_JOBS, SENTENCE_EDITS
from storage.model_book import SqlModelBook
from storage.serving_book import SqlServingBook

NOW = datetime(2026, 12, 1, 3, tzinfo=UTC)
MODEL = TrainedModel("nlu-a", "aa", 10, "3.6.21", "admin", NOW, 500, ("road", "thanks"), "", None)
ACTIVATE = SwitchRecord(NOW, "admin", Switch.ACTIVATE, "nlu-a", "", "first")


@dataclass(slots=True)
class Books:
    models: SqlModelBook
    serving: SqlServingBook
    followers: SqlFollowers
    database: Database


@pytest.fixture(params=["sqlite_url", "postgres_url"])
async def books(request: pytest.FixtureRequest) -> AsyncIterator[Books]:
    database = Database(str(request.getfixturevalue(request.param)))
    yield Books(
        SqlModelBook(database),
        SqlServingBook(database),
        SqlFollowers(database),
        database,
    )
    await database.close()


async def test_register__is_read_back(books: Books) -> None:
    assert await books.models.register(MODEL)
    assert await books.models.model("nlu-a") == MODEL
    assert await books.models.models() == [MODEL]
    assert await books.models.model("nlu-b") is None


async def test_register__the_same_files_keep_what_was_examined(books: Books) -> None:
    await books.models.register(MODEL)
    await books.models.examined("nlu-a", '{"figures": 1}', True)
    assert not await books.models.register(MODEL)
    assert await books.models.model("nlu-a") == replace(MODEL, report='{"figures": 1}', passed=True)


async def test_register__other_files_are_unexamined(books: Books) -> None:
    await books.models.register(replace(MODEL, report="{}", passed=True))
    assert await books.models.register(replace(MODEL, sha256="bb"))
    assert await books.models.model("nlu-a") == replace(MODEL, sha256="bb")


async def test_register__many_at_once_are_one(books: Books) -> None:
    await asyncio.gather(*(books.models.register(MODEL) for _ in range(5)))
    assert await books.models.models() == [MODEL]


async def test_examined__of_nothing_is_refused(books: Books) -> None:
    with pytest.raises(NoSuchModel):
        await books.models.examined("nlu-x", "{}", True)


async def test_models__newest_first(books: Books) -> None:
    later = replace(MODEL, name="nlu-b", created_at=NOW + timedelta(hours=1))
    await books.models.register(MODEL)
    await books.models.register(later)
    assert await books.models.models() == [later, MODEL]


async def test_remove__keeps_the_row(books: Books) -> None:
    await books.models.register(MODEL)
    assert await books.models.remove("nlu-a", NOW)
    assert await books.models.models() == [replace(MODEL, removed_at=NOW)]
    assert not await books.models.remove("nlu-a", NOW)


async def test_remove__never_what_has_a_part(books: Books) -> None:
    for part in ("active", "previous", "shadow", "canary"):
        name = f"nlu-{part}"
        await books.models.register(replace(MODEL, name=name))
        now = await books.serving.serving()
        await books.serving.switch(Serving(now.version, **{part: name}), ACTIVATE)
        assert not await books.models.remove(name, NOW)


async def test_switch__writes_row_and_history(books: Books) -> None:
    assert await books.serving.serving() == Serving()
    written = await books.serving.switch(
        Serving(0, "nlu-a", "nlu-z", "nlu-s", "nlu-c", ("140926100", "140926101")), ACTIVATE
    )
    assert written == await books.serving.serving()
    assert (written.version, written.since) == (1, NOW)
    assert written.townships == ("140926100", "140926101")
    assert await books.serving.history() == [ACTIVATE]


async def test_switch__of_an_older_row_is_refused(books: Books) -> None:
    first = await books.serving.switch(Serving(0, "nlu-a"), ACTIVATE)
    with pytest.raises(ServingChanged):
        await books.serving.switch(Serving(0, "nlu-b"), ACTIVATE)
    assert await books.serving.serving() == first
    assert len(await books.serving.history()) == 1


async def test_switch__of_many_at_once_one_wins(books: Books) -> None:
    wanted = [Serving(0, f"nlu-{each}") for each in range(6)]
    done = await asyncio.gather(
        *(books.serving.switch(each, ACTIVATE) for each in wanted), return_exceptions=True
    )
    [won] = [each for each in done if isinstance(each, Serving)]
    assert all(isinstance(each, Serving | ServingChanged) for each in done)
    assert await books.serving.serving() == won
    assert len(await books.serving.history()) == 1


async def test_switch__to_removed_files_is_refused(books: Books) -> None:
    await books.models.register(MODEL)
    await books.models.remove("nlu-a", NOW)
    with pytest.raises(NoSuchModel, match="nlu-a"):
        await books.serving.switch(Serving(0, "nlu-a"), ACTIVATE)
    assert await books.serving.history() == []


async def test_switch_and_remove__never_both(books: Books) -> None:
    await books.models.register(MODEL)
    removed, switched = await asyncio.gather(
        books.models.remove("nlu-a", NOW),
        books.serving.switch(Serving(0, "nlu-a"), ACTIVATE),
        return_exceptions=True,
    )
    assert (removed is True) == isinstance(switched, NoSuchModel)


async def test_has_served__only_who_read_for_all(books: Books) -> None:
    shadow = replace(ACTIVATE, what=Switch.SHADOW, model="nlu-s")
    await books.serving.switch(Serving(0, "nlu-a"), ACTIVATE)
    await books.serving.switch(Serving(1, "nlu-a", shadow="nlu-s"), shadow)
    assert await books.serving.has_served("nlu-a")
    assert not await books.serving.has_served("nlu-s")


async def test_followers__the_last_word_counts(books: Books) -> None:
    one = Follower("host:1", NOW, 3, "nlu-a", "", "", "")
    old = replace(one, name="host:0", seen_at=NOW - timedelta(minutes=5))
    for each in (one, old, replace(one, version=4, problem="坏了", behind=2)):
        await books.followers.seen(each)
    since = NOW - timedelta(minutes=1)
    assert await books.followers.followers(since) == [
        replace(one, version=4, problem="坏了", behind=2)
    ]
    await books.followers.gone("host:1")
    assert await books.followers.followers(since) == []


async def test_begun__not_by_what_the_system_writes(books: Books) -> None:
    await books.models.register(MODEL)
    await books.serving.switch(Serving(0, "nlu-a"), replace(ACTIVATE, by=SYSTEM))
    assert not await books.serving.is_begun()


async def test_begun__by_a_person_who_switches(books: Books) -> None:
    await books.serving.switch(Serving(0, "nlu-a"), ACTIVATE)
    assert await books.serving.is_begun()


@pytest.mark.parametrize(
    ("table", "row"),
    [
        (
            NLU_JOBS,
            {
                "author": "a",
                "created_at": NOW,
                "state": "queued",
                "steps": "{}",
                "said": "",
                "problem": "",
            },
        ),
        (
            SENTENCE_EDITS,
            {
                "at": NOW,
                "account": "a",
                "kind": "add",
                "payload": "{}",
                "state": "pending",
                "problem": "",
            },
        ),
    ],
)
async def test_begun__by_a_training_or_an_edit(
    books: Books, table: Table, row: dict[str, object]
) -> None:
    async with books.database.write() as connection:
        await connection.execute(insert(table), row)
        await connection.commit()
    assert await books.serving.is_begun()
