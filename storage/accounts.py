"""The console's accounts in SQL, each change together with its entry in the log."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from services.accounts import Account, Decide, NameTaken, NoSuchAccount
from services.console_log import LogEntry
from services.console_policy import ConsoleRole
from storage.console_log import append
from storage.console_tables import ACCOUNTS
from storage.database import Database


class SqlAccountBook:
    """`services.accounts.AccountBook` on SQLite and PostgreSQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def account(self, name: str) -> Account | None:
        """An account by its name, closed or not."""
        async with self._database.read() as connection:
            found = await connection.execute(select(ACCOUNTS).where(ACCOUNTS.c.name == name))
            row = found.mappings().first()
            return _account(row) if row else None

    async def accounts(self) -> list[Account]:
        """All of them, in the order of their names."""
        async with self._database.read() as connection:
            rows = await connection.execute(select(ACCOUNTS).order_by(ACCOUNTS.c.name))
            return [_account(row) for row in rows.mappings()]

    async def password_of(self, name: str) -> str | None:
        """The hash of an open account; None for a closed or unknown one."""
        query = select(ACCOUNTS.c.password).where(
            ACCOUNTS.c.name == name, ACCOUNTS.c.closed_at.is_(None)
        )
        async with self._database.read() as connection:
            found = (await connection.execute(query)).scalar()
            return str(found) if found is not None else None

    async def add(self, account: Account, password: str, entry: LogEntry) -> None:
        """Write a new account with its hash. Raises `NameTaken`."""
        async with self._database.write() as connection:
            try:
                await connection.execute(
                    insert(ACCOUNTS), _row(account) | {"name": account.name, "password": password}
                )
            except IntegrityError as exc:
                raise NameTaken from exc
            await append(connection, entry)
            await connection.commit()

    async def change(self, name: str, decide: Decide) -> Account:
        """Decide and write while nobody else changes any account."""
        async with self._database.write() as connection:
            # All rows are locked, in one order: of two admins who demote each other one is first.
            locked = select(ACCOUNTS).order_by(ACCOUNTS.c.name).with_for_update()
            rows = [_account(row) for row in (await connection.execute(locked)).mappings()]
            found = next((each for each in rows if each.name == name and each.is_open), None)
            if found is None:
                raise NoSuchAccount
            change = decide(found, [each for each in rows if each.name != name])
            values = _row(change.account)
            if change.password is not None:
                values["password"] = change.password
            await connection.execute(
                update(ACCOUNTS).where(ACCOUNTS.c.name == name).values(**values)
            )
            await append(connection, change.entry)
            await connection.commit()
            return change.account

    async def rehash(self, name: str, old: str, new: str) -> None:
        """Put a hash with new parameters in place of `old`, if that is still there."""
        async with self._database.write() as connection:
            await connection.execute(
                update(ACCOUNTS)
                .where(ACCOUNTS.c.name == name, ACCOUNTS.c.password == old)
                .values(password=new)
            )
            await connection.commit()


def _row(account: Account) -> dict[str, object]:
    return {
        "person": account.person,
        "roles": "|".join(role for role in ConsoleRole if role in account.roles),
        "cadre": account.cadre,
        "epoch": account.epoch,
        "created_at": account.created_at,
        "created_by": account.created_by,
        "closed_at": account.closed_at,
    }


def _account(row: Mapping[Any, Any]) -> Account:  # SQLAlchemy types neither keys nor values
    return Account(
        name=row["name"],
        person=row["person"],
        roles=frozenset(ConsoleRole(role) for role in row["roles"].split("|") if role),
        cadre=row["cadre"],
        epoch=row["epoch"],
        created_at=row["created_at"],
        created_by=row["created_by"],
        closed_at=row["closed_at"],
    )
