"""The console's log in SQL; other stores append to it within their own transactions."""

from __future__ import annotations

import json

from sqlalchemy import insert, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.console_log import ANYTHING, LogEntry, LogFilter, Logged
from storage.console_tables import CONSOLE_LOG
from storage.database import Database


async def append(connection: AsyncConnection, entry: LogEntry) -> None:
    """Write an entry in the transaction of the change that it tells of."""
    detail = json.dumps(dict(entry.detail), ensure_ascii=False)
    await connection.execute(
        insert(CONSOLE_LOG),
        {
            "at": entry.at,
            "account": entry.account,
            "action": entry.action,
            "about": entry.about,
            "detail": detail,
        },
    )


class SqlConsoleLog:
    """`services.console_log.ConsoleLog` on SQLite and PostgreSQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def note(self, entry: LogEntry) -> None:
        """Append one entry."""
        async with self._database.write() as connection:
            await append(connection, entry)
            await connection.commit()

    async def page(
        self, wanted: LogFilter = ANYTHING, *, before: int | None = None, limit: int = 50
    ) -> list[Logged]:
        """The newest entries with an id below `before`, the newest first."""
        table = CONSOLE_LOG.c
        query = select(CONSOLE_LOG).order_by(table.id.desc()).limit(limit)
        if before is not None:
            query = query.where(table.id < before)
        if wanted.account:
            query = query.where(table.account == wanted.account)
        if wanted.action:
            part = table.action.startswith(f"{wanted.action}.", autoescape=True)
            query = query.where(or_(table.action == wanted.action, part))
        if wanted.about:
            query = query.where(table.about == wanted.about)
        if wanted.since is not None:
            query = query.where(table.at >= wanted.since)
        async with self._database.read() as connection:
            rows = (await connection.execute(query)).mappings()
            return [
                Logged(
                    row["id"],
                    LogEntry(
                        row["at"],
                        row["account"],
                        row["action"],
                        row["about"],
                        json.loads(row["detail"]),
                    ),
                )
                for row in rows
            ]
