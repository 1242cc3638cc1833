"""Hashes of passwords: real argon2, off the event loop, a few at a time."""

from __future__ import annotations

import asyncio

from argon2 import PasswordHasher

from services.account_desk import AccountDesk
from services.console_policy import ConsoleRole
from storage.memory_accounts import MemoryAccountBook, MemoryConsoleLog
from storage.passwords import MOST_WAITING, Argon2Passwords, TooManySignIns
from tests.storage.values import NOW

PASSWORD = "river-stone-42"
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


class Counting(PasswordHasher):
    """Counts what costs time."""

    verified = 0

    def verify(self, hash: str | bytes, password: str | bytes) -> bool:  # noqa: A002
        self.verified += 1
        return super().verify(hash, password)


def desk_of(hasher: PasswordHasher, book: MemoryAccountBook, log: MemoryConsoleLog) -> AccountDesk:
    return AccountDesk(book, Argon2Passwords(hasher), log, lambda: NOW, lambda _: False)


async def test_hash__fits_only_its_password() -> None:
    passwords = Argon2Passwords()
    kept = await passwords.hash(PASSWORD)
    assert kept.startswith("$argon2id$") and PASSWORD not in kept
    assert await passwords.fits(kept, PASSWORD)
    assert not await passwords.fits(kept, "river-stone-43")
    assert not await passwords.fits("no hash at all", PASSWORD)
    assert not await passwords.fits(None, "nobody has this password")


async def test_sign_in__unknown_name_costs_what_a_wrong_password_costs() -> None:
    hasher, log = Counting(time_cost=1, memory_cost=8, parallelism=1), MemoryConsoleLog()
    desk = desk_of(hasher, MemoryAccountBook(log), log)
    await desk.add("cli", "wang", "王示例", [ConsoleRole.ADMIN], None, PASSWORD)
    for name in ("wang", "nobody", "not a name at all"):
        before = hasher.verified
        assert await desk.sign_in(name, "wrong password") is None
        assert hasher.verified - before == 1, name


async def test_sign_in__hash_of_old_parameters_is_made_anew() -> None:
    log = MemoryConsoleLog()
    book = MemoryAccountBook(log)
    await desk_of(QUICK, book, log).add(
        "cli", "wang", "王示例", [ConsoleRole.ADMIN], None, PASSWORD
    )
    stronger = PasswordHasher(time_cost=2, memory_cost=16, parallelism=1)
    before = await book.password_of("wang")
    assert await desk_of(stronger, book, log).sign_in("wang", "wrong password") is None
    assert await book.password_of("wang") == before
    assert await desk_of(stronger, book, log).sign_in("wang", PASSWORD) is not None
    kept = await book.password_of("wang")
    assert kept is not None and not stronger.check_needs_rehash(kept)


async def test_hash__the_loop_goes_on_and_too_many_are_refused() -> None:
    passwords = Argon2Passwords(QUICK)
    tries = [asyncio.create_task(passwords.hash(PASSWORD)) for _ in range(MOST_WAITING + 1)]
    done = await asyncio.gather(*tries, return_exceptions=True)
    assert [type(each) for each in done].count(TooManySignIns) == 1
