"""Who may sign in to the console, and as what: the values, the ports, and their rules. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from routing.errors import LiandongError
from services.console_log import LogEntry
from services.console_policy import ConsoleRole, Permission, may

NAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,31}")
LONGEST_PERSON = 30


class AccountProblem(LiandongError):
    """这个账号改不了。"""


class NoSuchAccount(AccountProblem):
    """没有这个账号，或者已经停用了。"""


class NameTaken(AccountProblem):
    """这个账号名已经有人用过了；停用的也不能再给别人用。"""


class LastAdmin(AccountProblem):
    """这是最后一个管理员：先给别人管理员，再来停用或改他的角色。"""


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who signs in to the console."""

    name: str
    person: str
    """Who it is, for people to read."""
    roles: frozenset[ConsoleRole]
    cadre: str | None
    """The cadre as whom they see and act on tickets."""
    epoch: int
    """Rises with password, roles and closing: a session of an older one is over."""
    created_at: datetime
    created_by: str
    closed_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether they may sign in."""
        return self.closed_at is None

    def may(self, permission: Permission) -> bool:
        """Whether they may do this."""
        return self.is_open and may(self.roles, permission)


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of an account, and the entry of the log that goes with it."""

    account: Account
    entry: LogEntry
    password: str | None = None
    """The new hash; None: it stays."""


Decide = Callable[[Account, Sequence[Account]], Change]
"""From an account and all others, as they are in the transaction, to its change. Pure; what it
raises leaves everything as it was."""


class AccountBook(Protocol):
    """Where accounts are kept. Each call is a transaction of its own, its log entry within."""

    async def account(self, name: str) -> Account | None:
        """An account by its name, closed or not."""
        ...

    async def accounts(self) -> list[Account]:
        """All of them, in the order of their names."""
        ...

    async def password_of(self, name: str) -> str | None:
        """The hash of an open account; None for a closed or unknown one."""
        ...

    async def add(self, account: Account, password: str, entry: LogEntry) -> None:
        """Write a new account with its hash. Raises `NameTaken`."""
        ...

    async def change(self, name: str, decide: Decide) -> Account:
        """Decide and write while nobody else changes any account. Raises `NoSuchAccount` for an
        unknown or closed one, and what `decide` raises."""
        ...

    async def rehash(self, name: str, old: str, new: str) -> None:
        """Put a hash with new parameters in place of `old`, if that is still there."""
        ...


class Passwords(Protocol):
    """Makes and checks hashes; slow on purpose, off the event loop."""

    async def hash(self, password: str) -> str:
        """A new hash."""
        ...

    async def fits(self, kept: str | None, password: str) -> bool:
        """Whether the password has this hash; without one False, after the same time."""
        ...

    def is_outdated(self, kept: str) -> bool:
        """Whether it was made with other parameters than today's."""
        ...


def check_new(account: Account) -> None:
    """Raise `AccountProblem` where name, person or roles are not usable."""
    if not NAME.fullmatch(account.name):
        raise AccountProblem("账号名用 2 到 32 个小写字母、数字、点、横线，字母或数字开头。")
    person = account.person.strip()
    if not person or len(person) > LONGEST_PERSON or not person.isprintable():
        raise AccountProblem(f"请写姓名，最多 {LONGEST_PERSON} 个字。")
    check_roles(account)


def check_roles(account: Account) -> None:
    """Raise `AccountProblem` for no role, or a dispatcher who acts as nobody."""
    if not account.roles:
        raise AccountProblem("请至少给一个角色。")
    if ConsoleRole.DISPATCHER in account.roles and account.cadre is None:
        raise AccountProblem("派单员要以县中心一位干部的身份办单：请选是哪一位。")


def with_roles(
    account: Account,
    others: Collection[Account],
    roles: frozenset[ConsoleRole],
    cadre: str | None,
) -> Account:
    """The account with other roles. Raises `LastAdmin`, `AccountProblem`."""
    changed = replace(account, roles=roles, cadre=cadre, epoch=account.epoch + 1)
    check_roles(changed)
    _leaves_an_admin(account, changed, others)
    return changed


def closed(account: Account, others: Collection[Account], now: datetime) -> Account:
    """The account as it is when nobody may sign in with it any more. Raises `LastAdmin`."""
    changed = replace(account, closed_at=now, epoch=account.epoch + 1)
    _leaves_an_admin(account, changed, others)
    return changed


def renewed(account: Account) -> Account:
    """The same, with all its sessions over."""
    return replace(account, epoch=account.epoch + 1)


def _leaves_an_admin(before: Account, after: Account, others: Collection[Account]) -> None:
    was, stays = before.may(Permission.MANAGE_ACCOUNTS), after.may(Permission.MANAGE_ACCOUNTS)
    if was and not stays and not any(each.may(Permission.MANAGE_ACCOUNTS) for each in others):
        raise LastAdmin
