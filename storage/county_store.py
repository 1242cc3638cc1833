"""The county's reference data in SQL: loaded as a whole, read as a whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from sqlalchemy import delete, func, insert, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from routing.errors import LiandongError
from storage.county_sheets import COUNTY_SHEETS
from storage.database import Database
from storage.open_tickets import OpenTickets, open_tickets
from storage.tables import COUNTY_VERSIONS

Rows = list[dict[str, str]]
Sheets = Mapping[str, Iterable[Mapping[str, str]]]
Refusal = Callable[[tuple[OpenTickets, ...]], None]
"""Raises when the open tickets forbid the change."""


class CountyChanged(LiandongError):
    """县的数据刚被别人改过，这次没有导入；请重新比较再导入。"""


class CountyStore:
    """Sheets of plain rows; their meaning is checked by `routing.county_tables.load_county`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def is_empty(self) -> bool:
        """Whether no county was loaded yet."""
        async with self._database.read() as connection:
            found = await connection.execute(select(COUNTY_SHEETS["divisions"].c.code).limit(1))
            return found.first() is None

    async def version(self) -> int:
        """Rises with every change of the reference data; 0 before the first."""
        async with self._database.read() as connection:
            return await _version(connection)

    async def open_tickets(self) -> tuple[OpenTickets, ...]:
        """How many open tickets hang on which places, units and people."""
        async with self._database.read() as connection:
            return await open_tickets(connection)

    async def replace(
        self,
        sheets: Sheets,
        source: str,
        now: datetime,
        summary: str = "",
        *,
        since: int | None = None,
        refusal: Refusal | None = None,
    ) -> None:
        """Put a validated county in place of the present one, in one transaction.

        `source` says where it came from (a command, a file's name), `summary` what changed.
        Tables that are not among `sheets` stay as they are. Raises `CountyChanged` when the
        version is no longer `since`, and whatever `refusal` raises at the sight of the open
        tickets; nothing is changed then.
        """
        async with self._database.write() as connection:
            await lock_county(connection)
            if since is not None and await _version(connection) != since:
                raise CountyChanged
            if refusal is not None:
                refusal(await open_tickets(connection))
            await write_county(connection, sheets, source, now, summary)
            await connection.commit()

    async def read(self) -> dict[str, Rows]:
        """All sheets, in the order in which they were loaded where order matters."""
        sheets: dict[str, Rows] = {}
        async with self._database.read() as connection:
            for sheet, table in COUNTY_SHEETS.items():
                order = list(table.primary_key.columns)
                found = await connection.execute(select(table).order_by(*order))
                sheets[sheet] = [
                    {
                        name: str(value)
                        for name, value in row.items()
                        if name != "id" or sheet != "duty"
                    }
                    for row in found.mappings()
                ]
        return sheets


async def lock_county(connection: AsyncConnection) -> None:
    """Let nobody else change the county until this transaction ends; reading goes on.

    SQLite has one writer anyway. On PostgreSQL two changes at once would each delete what they
    saw, and the shifts of both would stay.
    """
    if connection.dialect.name == "postgresql":
        await connection.execute(text(f"LOCK TABLE {COUNTY_VERSIONS.name} IN EXCLUSIVE MODE"))


async def _version(connection: AsyncConnection) -> int:
    newest = await connection.scalar(select(func.max(COUNTY_VERSIONS.c.id)))
    return int(newest or 0)


async def write_county(
    connection: AsyncConnection, sheets: Sheets, source: str, now: datetime, summary: str = ""
) -> None:
    """Write the given sheets and a new version within a transaction of the caller's."""
    for sheet, table in COUNTY_SHEETS.items():
        if sheet not in sheets:
            continue
        await connection.execute(delete(table))
        columns = [column.name for column in table.columns if column.name != "id"]
        if "id" in table.columns and sheet != "duty":
            columns.append("id")
        rows = [{name: row.get(name, "") for name in columns} for row in sheets[sheet]]
        if rows:
            await connection.execute(insert(table), rows)
    await connection.execute(
        insert(COUNTY_VERSIONS), {"at": now, "source": source, "summary": summary}
    )
