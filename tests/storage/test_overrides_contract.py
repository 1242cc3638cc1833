"""A refused model goes live only when two people stand for it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from services.accounts import Account
from services.console_log import LogEntry
from services.learning.overrides import (
    Override,
    OverrideRefused,
    agree_override,
    ask_override,
)
from storage.accounts import SqlAccountBook
from storage.database import Database
from storage.override_book import SqlOverrideBook
from tests.storage.values import LATER, NOW

WHY = "只差一句，防汛急用"


@pytest.fixture(params=["sqlite", "postgres"])
async def book(request: pytest.FixtureRequest) -> AsyncIterator[SqlOverrideBook]:
    database = Database(str(request.getfixturevalue(f"{request.param}_url")))
    yield SqlOverrideBook(database)
    await database.close()


async def asked(book: SqlOverrideBook, by: str = "li") -> Override:
    return await ask_override(book, "nlu-1", False, by=by, reason=WHY, now=NOW)


async def test_ask__alone_is_not_enough(book: SqlOverrideBook) -> None:
    found = await asked(book)
    assert await book.of("nlu-1") == found and await book.of("nlu-2") is None
    assert not found.granted


async def test_agree__by_a_second_person_grants(book: SqlOverrideBook) -> None:
    await asked(book)
    granted = await agree_override(book, "nlu-1", by="wang", now=LATER)
    assert granted == Override("nlu-1", "li", WHY, NOW, "wang", LATER)
    assert granted.granted


async def test_agree__never_by_the_one_who_asked(book: SqlOverrideBook) -> None:
    await asked(book)
    with pytest.raises(OverrideRefused, match="换一个人"):
        await agree_override(book, "nlu-1", by="li", now=LATER)
    assert not await book.agree("nlu-1", "li", LATER)


async def test_agree__to_nothing(book: SqlOverrideBook) -> None:
    with pytest.raises(OverrideRefused, match="没有人提出"):
        await agree_override(book, "nlu-1", by="wang", now=LATER)


async def test_agree__two_at_once_are_one(book: SqlOverrideBook) -> None:
    await asked(book)
    done = await asyncio.gather(*(book.agree("nlu-1", by, LATER) for by in ("wang", "zhao")))
    assert sorted(done) == [False, True]


async def test_ask__again_takes_the_place_of_one_that_waits(book: SqlOverrideBook) -> None:
    await asked(book)
    await asked(book, by="wang")
    granted = await agree_override(book, "nlu-1", by="li", now=LATER)
    assert (granted.asked_by, granted.agreed_by) == ("wang", "li")
    with pytest.raises(OverrideRefused, match="已经有两个人"):
        await asked(book)


@pytest.mark.parametrize(
    ("passed", "reason", "said"),
    [(None, WHY, "还没有考过试"), (True, WHY, "已经过了关"), (False, " 急 ", "为什么要破例")],
)
async def test_ask__refused_with_a_reason(
    book: SqlOverrideBook, passed: bool | None, reason: str, said: str
) -> None:
    with pytest.raises(OverrideRefused, match=said):
        await ask_override(book, "nlu-1", passed, by="li", reason=reason, now=NOW)


async def test_agree__nobody_is_two_people_by_two_accounts(book: SqlOverrideBook) -> None:
    accounts = SqlAccountBook(book._database)
    for name, person in (("li", "李示例"), ("li2", "李示例"), ("wang", "王示例")):
        account = Account(name, person, frozenset(), None, 0, NOW, "test")
        await accounts.add(account, "x", LogEntry(NOW, "test", "add", name))
    await asked(book)
    with pytest.raises(OverrideRefused, match="换一个人"):
        await agree_override(book, "nlu-1", by="li2", now=LATER)
    assert (await agree_override(book, "nlu-1", by="wang", now=LATER)).granted
