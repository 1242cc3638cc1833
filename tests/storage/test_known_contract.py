"""Given answers and their verdicts, on every store; counted in SQL."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from services.known import GivenAnswer, Verdict
from storage.county_store import CountyStore
from storage.database import Database
from storage.known_counts import EntryCount, entry_counts
from tests.storage.stores import Store
from tests.storage.values import LATER, NOW

KEY = "web:residents:x"


def answer(answer_id: str = "a", **changes: object) -> GivenAnswer:
    values: dict[str, object] = {
        "id": answer_id,
        "conversation": KEY,
        "inbox_id": 7,
        "entry": "full01",
        "text": "有。\n依据：“县里”",
        "score": 0.875,
        "given_at": NOW,
    }
    return GivenAnswer(**(values | changes))  # type: ignore[arg-type]  # as given


async def note(store: Store, *answers: GivenAnswer) -> None:
    async with store.units_of_work() as work:
        for each in answers:
            await work.note_answer(each)
        await work.commit()


async def judge(store: Store, verdict: Verdict, answer_id: str = "a") -> bool:
    async with store.units_of_work() as work:
        changed = await work.judge_answer(answer_id, verdict, LATER)
        await work.commit()
    return changed


async def found(store: Store, answer_id: str = "a") -> GivenAnswer | None:
    async with store.units_of_work() as work:
        return await work.given_answer(answer_id)


async def test_answer__comes_back_as_it_was_written(store: Store) -> None:
    await note(store, answer())
    assert await found(store) == answer() and await found(store, "b") is None


async def test_answer__leaves_nothing_without_a_commit(store: Store) -> None:
    async with store.units_of_work() as work:
        await work.note_answer(answer())
    assert await found(store) is None


async def test_answers_to__one_chat_since_then_newest_first(store: Store) -> None:
    await note(
        store,
        answer("old", given_at=NOW - timedelta(hours=1)),
        answer("first", inbox_id=1),
        answer("second", inbox_id=2),
        answer("later", given_at=LATER),
        answer("other", conversation="web:residents:y"),
    )
    async with store.units_of_work() as work:
        assert [a.id for a in await work.answers_to(KEY, NOW)] == ["later", "second", "first"]


async def test_verdict__once_and_for_all(store: Store) -> None:
    await note(store, answer())
    assert await judge(store, Verdict.HELPFUL)
    assert not await judge(store, Verdict.HELPFUL)
    assert await judge(store, Verdict.UNHELPFUL)
    assert not await judge(store, Verdict.UNHELPFUL)
    assert not await judge(store, Verdict.HELPFUL)
    assert not await judge(store, Verdict.HELPFUL, "nothing")
    assert await found(store) == answer(verdict=Verdict.UNHELPFUL, judged_at=LATER)


async def test_verdict__two_at_once_is_one(store: Store, rival: Store) -> None:
    await note(store, answer())
    both = await asyncio.gather(judge(store, Verdict.UNHELPFUL), judge(rival, Verdict.UNHELPFUL))
    assert sorted(both) == [False, True]


@pytest.mark.parametrize("database_url", ["sqlite", "postgres"], indirect=True)
async def test_counts__for_each_entry(store: Store, database_url: str) -> None:
    told = [answer(str(number)) for number in range(5)]
    await note(store, *told, answer("x", entry="full02"))
    for number, verdict in enumerate([Verdict.HELPFUL, Verdict.UNHELPFUL, Verdict.UNHELPFUL]):
        await judge(store, verdict, str(number))
    await judge(store, Verdict.SUPERSEDED, "4")
    database = Database(database_url)
    counts = await entry_counts(database)
    await database.close()
    assert counts == [EntryCount("full01", 4, 1, 2), EntryCount("full02", 1, 0, 0)]


@pytest.mark.parametrize("database_url", ["sqlite", "postgres"], indirect=True)
async def test_entries__come_back_with_the_county(database_url: str) -> None:
    fields = "code title answer words matter unit source valid_from valid_to status".split()
    row = {name: f"{name} 一\n二" for name in fields}
    database = Database(database_url)
    await CountyStore(database).replace({"knowledge": [row]}, "test", NOW)
    found_rows = (await CountyStore(database).read())["knowledge"]
    await database.close()
    assert found_rows == [row]
