"""The county's reference data in SQL: loaded as a whole, read as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import Database
from storage.tables import COUNTY_SHEETS, COUNTY_VERSIONS

Rows = list[dict[str, str]]
Sheets = Mapping[str, Iterable[Mapping[str, str]]]


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
            newest = await connection.scalar(select(func.max(COUNTY_VERSIONS.c.id)))
            return int(newest or 0)

    async def replace(self, sheets: Sheets, source: str, now: datetime, summary: str = "") -> None:
        """Put a validated county in place of the present one, in one transaction.

        `source` says where it came from (a command, a file's name), `summary` what changed.
        """
        async with self._database.write() as connection:
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


async def write_county(
    connection: AsyncConnection, sheets: Sheets, source: str, now: datetime, summary: str = ""
) -> None:
    """Write all sheets and a new version within a transaction of the caller's."""
    for sheet, table in COUNTY_SHEETS.items():
        await connection.execute(delete(table))
        columns = [column.name for column in table.columns if column.name != "id"]
        if "id" in table.columns and sheet != "duty":
            columns.append("id")
        rows = [{name: row.get(name, "") for name in columns} for row in sheets.get(sheet, ())]
        if rows:
            await connection.execute(insert(table), rows)
    await connection.execute(
        insert(COUNTY_VERSIONS), {"at": now, "source": source, "summary": summary}
    )
