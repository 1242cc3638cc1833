"""Signing in, and what is done with accounts: the use cases of the console's door."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from services.accounts import (
    NAME,
    Account,
    AccountBook,
    AccountProblem,
    Change,
    Passwords,
    check_new,
    closed,
    renewed,
    with_roles,
)
from services.console_log import ConsoleLog, LogEntry
from services.console_policy import ConsoleRole
from services.password_rules import LONGEST, check_password, normal
from services.ports import Clock


class WrongPassword(AccountProblem):
    """现在的密码不对。"""


@dataclass(frozen=True, slots=True)
class AccountDesk:
    """Everything that is done with accounts; every change and every try is in the log."""

    book: AccountBook
    passwords: Passwords
    log: ConsoleLog
    clock: Clock
    is_cadre: Callable[[str], bool]
    """Whether an account may be bound to the cadre with this id."""

    async def sign_in(self, name: str, password: str) -> Account | None:
        """The account; None for a wrong password, an unknown or a closed name, in equal time."""
        typed = normal(password)[: LONGEST + 1]
        # The account first: should it be changed meanwhile, the session is that of an old epoch.
        account = await self.book.account(name) if NAME.fullmatch(name) else None
        kept = await self.book.password_of(account.name) if account else None
        fits = await self.passwords.fits(kept, typed)
        if not fits or kept is None or account is None or not account.is_open:
            # What was typed may be a password: only a name that is somebody's is written down.
            await self.log.note(self._failed(account))
            return None
        if self.passwords.is_outdated(kept):
            await self.book.rehash(name, kept, await self.passwords.hash(typed))
        await self.log.note(self._entry(name, "sign_in", name))
        return account

    async def present(self, name: str, epoch: int) -> Account | None:
        """The account of a session; None when it is closed or was changed since."""
        account = await self.book.account(name)
        if account is None or not account.is_open or account.epoch != epoch:
            return None
        return account

    async def add(
        self,
        by: str,
        name: str,
        person: str,
        roles: Collection[ConsoleRole],
        cadre: str | None,
        password: str,
    ) -> Account:
        """A new account. Raises `AccountProblem`, `WeakPassword`."""
        account = Account(
            name, person.strip(), frozenset(roles), cadre or None, 0, self.clock(), by
        )
        check_new(account)
        self._check_cadre(account)
        check_password(password, name)
        kept = await self.passwords.hash(normal(password))
        detail = {"roles": role_words(account.roles), "cadre": account.cadre or ""}
        entry = LogEntry(self.clock(), by, "account.add", f"account:{name}", detail)
        await self.book.add(account, kept, entry)
        return account

    async def set_password(self, by: str, name: str, password: str) -> Account:
        """Another password, all sessions over. Raises `NoSuchAccount`, `WeakPassword`."""
        check_password(password, name)
        kept = await self.passwords.hash(normal(password))
        entry = self._entry(by, "account.password", name)

        def decide(account: Account, _others: Sequence[Account]) -> Change:
            return Change(renewed(account), entry, kept)

        return await self.book.change(name, decide)

    async def change_own_password(self, name: str, old: str, new: str) -> Account:
        """One's own, with the present one. Raises `WrongPassword`, `WeakPassword`."""
        kept = await self.book.password_of(name)
        if not await self.passwords.fits(kept, normal(old)[: LONGEST + 1]):
            await self.log.note(self._entry(name, "account.password_refused", name))
            raise WrongPassword
        return await self.set_password(name, name, new)

    async def set_roles(
        self, by: str, name: str, roles: Collection[ConsoleRole], cadre: str | None
    ) -> Account:
        """Other roles, all sessions over. Raises `NoSuchAccount`, `LastAdmin`, …"""
        now = self.clock()

        def decide(account: Account, others: Sequence[Account]) -> Change:
            changed = with_roles(account, others, frozenset(roles), cadre or None)
            if changed.cadre != account.cadre:
                self._check_cadre(changed)
            detail = {
                "before": role_words(account.roles),
                "roles": role_words(changed.roles),
                "cadre": changed.cadre or "",
            }
            return Change(changed, LogEntry(now, by, "account.roles", f"account:{name}", detail))

        return await self.book.change(name, decide)

    async def close(self, by: str, name: str) -> Account:
        """Nobody signs in with it any more. Raises `NoSuchAccount`, `LastAdmin`."""
        now = self.clock()

        def decide(account: Account, others: Sequence[Account]) -> Change:
            return Change(closed(account, others, now), self._entry(by, "account.close", name))

        return await self.book.change(name, decide)

    async def end_sessions(self, name: str) -> Account:
        """Sign out everywhere."""

        def decide(account: Account, _others: Sequence[Account]) -> Change:
            return Change(renewed(account), self._entry(name, "sign_out.everywhere", name))

        return await self.book.change(name, decide)

    def _check_cadre(self, account: Account) -> None:
        if account.cadre is not None and not self.is_cadre(account.cadre):
            raise AccountProblem("没有这位干部，或者不是县中心的：liandong cadre list 可以查编号。")

    def _failed(self, account: Account | None) -> LogEntry:
        if account is None:
            return LogEntry(self.clock(), "", "sign_in.failed", "")
        return self._entry(account.name, "sign_in.failed", account.name)

    def _entry(self, by: str, action: str, name: str) -> LogEntry:
        return LogEntry(self.clock(), by, action, f"account:{name}")


def role_words(roles: Collection[ConsoleRole]) -> str:
    """Roles as they are written down, always in the same order."""
    return "|".join(role for role in ConsoleRole if role in roles)
