"""The console's accounts and its log, on the twin, SQLite and PostgreSQL."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace

import pytest

from services.accounts import (
    Account,
    AccountBook,
    Change,
    LastAdmin,
    NameTaken,
    NoSuchAccount,
    closed,
    renewed,
)
from services.console_log import ConsoleLog, LogEntry, LogFilter
from services.console_policy import ConsoleRole
from storage.accounts import SqlAccountBook
from storage.console_log import SqlConsoleLog
from storage.database import Database
from storage.memory_accounts import MemoryAccountBook, MemoryConsoleLog
from tests.storage.values import LATER, NOW

ADMIN = Account("admin1", "王示例", frozenset({ConsoleRole.ADMIN}), None, 0, NOW, "cli")
DESK = Account(
    "desk1",
    "李示例",
    frozenset({ConsoleRole.DISPATCHER, ConsoleRole.REVIEWER}),
    "c1",
    0,
    NOW,
    "cli",
)


@dataclass
class Console:
    """One process."""

    book: AccountBook
    log: ConsoleLog


@pytest.fixture
async def console(database_url: str | None) -> AsyncIterator[Console]:
    if database_url is None:
        log = MemoryConsoleLog()
        yield Console(MemoryAccountBook(log), log)
        return
    database = Database(database_url)
    yield Console(SqlAccountBook(database), SqlConsoleLog(database))
    await database.close()


def entry(action: str, account: str = "cli", about: str = "account:admin1") -> LogEntry:
    return LogEntry(NOW, account, action, about, {"roles": "admin"})


def closing(account: Account, others: Sequence[Account]) -> Change:
    return Change(closed(account, others, LATER), entry("account.close"))


async def test_account__comes_back_as_it_was(console: Console) -> None:
    await console.book.add(DESK, "hash", entry("account.add"))
    await console.book.add(ADMIN, "hash", entry("account.add"))
    assert await console.book.account("desk1") == DESK
    assert await console.book.accounts() == [ADMIN, DESK]
    assert await console.book.account("nobody") is None


async def test_name__is_never_given_twice(console: Console) -> None:
    await console.book.add(ADMIN, "hash", entry("account.add"))
    with pytest.raises(NameTaken):
        await console.book.add(replace(ADMIN, person="赵示例"), "other", entry("account.add"))
    assert await console.book.password_of("admin1") == "hash"
    assert len(await console.log.page()) == 1


async def test_change__writes_account_password_and_entry_together(console: Console) -> None:
    await console.book.add(ADMIN, "hash", entry("account.add"))
    change = entry("account.password")
    await console.book.change("admin1", lambda a, _: Change(renewed(a), change, "new"))
    assert await console.book.account("admin1") == replace(ADMIN, epoch=1)
    assert await console.book.password_of("admin1") == "new"
    assert [each.entry for each in await console.log.page(limit=1)] == [change]


async def test_change__refused_leaves_everything_as_it_was(console: Console) -> None:
    await console.book.add(ADMIN, "hash", entry("account.add"))
    with pytest.raises(LastAdmin):
        await console.book.change("admin1", closing)
    assert await console.book.account("admin1") == ADMIN
    assert len(await console.log.page()) == 1


async def test_closed__has_no_password_and_no_further_change(console: Console) -> None:
    await console.book.add(ADMIN, "hash", entry("account.add"))
    await console.book.add(DESK, "hash", entry("account.add"))
    await console.book.change("desk1", closing)
    assert await console.book.password_of("desk1") is None
    with pytest.raises(NoSuchAccount):
        await console.book.change("desk1", closing)


async def test_last_admin__two_who_close_each_other_leave_one(
    console: Console, database_url: str | None
) -> None:
    other = replace(ADMIN, name="admin2")
    await console.book.add(ADMIN, "hash", entry("account.add"))
    await console.book.add(other, "hash", entry("account.add"))
    database = Database(database_url) if database_url else None
    rival = SqlAccountBook(database) if database else console.book
    outcomes = await asyncio.gather(
        console.book.change("admin1", closing),
        rival.change("admin2", closing),
        return_exceptions=True,
    )
    if database:
        await database.close()
    assert [type(each) for each in outcomes].count(LastAdmin) == 1
    assert sum(each.is_open for each in await console.book.accounts()) == 1


async def test_rehash__only_in_place_of_what_was_read(console: Console) -> None:
    await console.book.add(ADMIN, "hash", entry("account.add"))
    await console.book.rehash("admin1", "another", "new")
    assert await console.book.password_of("admin1") == "hash"
    await console.book.rehash("admin1", "hash", "new")
    assert await console.book.password_of("admin1") == "new"
    assert await console.book.account("admin1") == ADMIN


async def test_log__is_read_from_the_newest_in_pages(console: Console) -> None:
    for number in range(5):
        await console.log.note(entry(f"step.{number}"))
    first = await console.log.page(limit=2)
    rest = await console.log.page(before=first[-1].id, limit=9)
    assert [each.entry.action for each in first] == ["step.4", "step.3"]
    assert [each.entry.action for each in rest] == ["step.2", "step.1", "step.0"]
    assert first[0].entry == entry("step.4")


async def test_log__is_filtered_by_who_what_and_about(console: Console) -> None:
    await console.log.note(entry("account.add", "li.na", "account:a"))
    await console.log.note(entry("accounts", "li.na", "account:a"))
    await console.log.note(entry("ticket.read", "wang", "ticket:LD1"))

    async def found(wanted: LogFilter) -> list[str]:
        return [each.entry.action for each in await console.log.page(wanted)]

    assert await found(LogFilter(action="account")) == ["account.add"]
    assert await found(LogFilter(account="wang")) == ["ticket.read"]
    assert await found(LogFilter(since=LATER)) == []
    assert len(await found(LogFilter(since=NOW))) == 3
    assert await found(LogFilter(about="account:a", action="accounts")) == ["accounts"]
