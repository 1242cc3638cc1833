"""The county's reference data in SQL: loaded as a whole, read as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import delete, insert, select

from storage.database import Database
from storage.tables import COUNTY_SHEETS

Rows = list[dict[str, str]]


class CountyStore:
    """Sheets of plain rows; their meaning is checked by `routing.county_tables.load_county`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def is_empty(self) -> bool:
        """Whether no county was loaded yet."""
        async with self._database.read() as connection:
            found = await connection.execute(select(COUNTY_SHEETS["divisions"].c.code).limit(1))
            return found.first() is None

    async def replace(self, sheets: Mapping[str, Iterable[Mapping[str, str]]]) -> None:
        """Put a validated county in place of the present one, in one transaction."""
        async with self._database.write() as connection:
            for sheet, table in COUNTY_SHEETS.items():
                await connection.execute(delete(table))
                columns = [column.name for column in table.columns if column.name != "id"]
                if "id" in table.columns and sheet != "duty":
                    columns.append("id")
                rows = [{name: row.get(name, "") for name in columns} for row in sheets[sheet]]
                if rows:
                    await connection.execute(insert(table), rows)
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
