"""Accounts and the console's log on the twin."""

from __future__ import annotations

from services.accounts import Account, Decide, NameTaken, NoSuchAccount
from services.console_log import ANYTHING, LogEntry, LogFilter, Logged


class MemoryConsoleLog:
    """`services.console_log.ConsoleLog` without a database."""

    def __init__(self) -> None:
        self.entries: list[LogEntry] = []

    async def note(self, entry: LogEntry) -> None:
        """Append one entry."""
        self.entries.append(entry)

    async def page(
        self, wanted: LogFilter = ANYTHING, *, before: int | None = None, limit: int = 50
    ) -> list[Logged]:
        """The newest entries with an id below `before`, the newest first."""
        found = [
            Logged(number, entry)
            for number, entry in enumerate(self.entries, 1)
            if (before is None or number < before) and _is_wanted(entry, wanted)
        ]
        return found[::-1][:limit]


def _is_wanted(entry: LogEntry, wanted: LogFilter) -> bool:
    return (
        wanted.account in ("", entry.account)
        and wanted.about in ("", entry.about)
        and (wanted.since is None or entry.at >= wanted.since)
        and (not wanted.action or f"{entry.action}.".startswith(f"{wanted.action}."))
    )


class MemoryAccountBook:
    """`services.accounts.AccountBook` without a database."""

    def __init__(self, log: MemoryConsoleLog) -> None:
        self._log = log
        self._accounts: dict[str, Account] = {}
        self._hashes: dict[str, str] = {}

    async def account(self, name: str) -> Account | None:
        """An account by its name, closed or not."""
        return self._accounts.get(name)

    async def accounts(self) -> list[Account]:
        """All of them, in the order of their names."""
        return [self._accounts[name] for name in sorted(self._accounts)]

    async def password_of(self, name: str) -> str | None:
        """The hash of an open account; None for a closed or unknown one."""
        found = self._accounts.get(name)
        return self._hashes[name] if found and found.is_open else None

    async def add(self, account: Account, password: str, entry: LogEntry) -> None:
        """Write a new account with its hash. Raises `NameTaken`."""
        if account.name in self._accounts:
            raise NameTaken
        self._accounts[account.name], self._hashes[account.name] = account, password
        await self._log.note(entry)

    async def change(self, name: str, decide: Decide) -> Account:
        """Decide and write while nobody else changes any account."""
        found = self._accounts.get(name)
        if found is None or not found.is_open:
            raise NoSuchAccount
        change = decide(found, [each for each in self._accounts.values() if each.name != name])
        self._accounts[name] = change.account
        if change.password is not None:
            self._hashes[name] = change.password
        await self._log.note(change.entry)
        return change.account

    async def rehash(self, name: str, old: str, new: str) -> None:
        """Put a hash with new parameters in place of `old`, if that is still there."""
        if self._hashes.get(name) == old:
            self._hashes[name] = new
