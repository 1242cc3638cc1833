"""The county's reference data in SQL: loaded as a whole, read as a whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from sqlalchemy import delete, func, insert, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from routing.errors import LiandongError
from routing.former_codes import SHEET as FORMER
from routing.former_codes import read_former
from services.learning.intents import FORMER as FORMER_STATES
from storage.county_sheets import COUNTY_SHEETS
from storage.database import Database
from storage.learning_tables import INTENTS
from storage.open_tickets import OpenTickets, open_tickets
from storage.tables import COUNTY_VERSIONS

Rows = list[dict[str, str]]
Sheets = Mapping[str, Iterable[Mapping[str, str]]]
_FORMER = [state.value for state in FORMER_STATES]
Refusal = Callable[[tuple[OpenTickets, ...]], None]
"""Raises when the open tickets forbid the change."""


class CountyChanged(LiandongError):
    """县的数据刚被别人改过，这次没有导入；请重新比较再导入。"""


class RenamedMatter(LiandongError):
    """派单目录里有改过名的事项代码，没有导入；请先导出现在的工作簿，在它上面改。"""


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
            return await county_version(connection)

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
        version is no longer `since`, `RenamedMatter` for a code of old, and whatever `refusal`
        raises at the sight of the open tickets; nothing is changed then.
        """
        async with self._database.write() as connection:
            await lock_county(connection)
            if since is not None and await county_version(connection) != since:
                raise CountyChanged
            await _refuse_former(connection, sheets)
            if refusal is not None:
                refusal(await open_tickets(connection))
            await write_county(connection, sheets, source, now, summary)
            await connection.commit()

    async def read(self) -> dict[str, Rows]:
        """All sheets, in the order in which they were loaded where order matters.

        With the codes of old, where there are any (`routing.former_codes`): no sheet, and nothing
        that `replace` takes.
        """
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
            if former := await former_matters(connection):
                sheets[FORMER] = former
        return sheets


async def former_matters(connection: AsyncConnection) -> Rows:
    """Codes that the console changed, with what they became."""
    found = await connection.execute(
        select(INTENTS.c.code, INTENTS.c.became, INTENTS.c.state)
        .where(INTENTS.c.state.in_(_FORMER))
        .order_by(INTENTS.c.code)
    )
    return [{name: str(value) for name, value in row.items()} for row in found.mappings()]


async def _refuse_former(connection: AsyncConnection, sheets: Sheets) -> None:
    """An old workbook would bring back a code whose examples and tickets are another's now."""
    former = read_former(await former_matters(connection))
    present = set(former.became.values()) - set(former.became)
    for row in sheets.get("catalogue", ()):
        if (code := row.get("matter", "")) in former.became:
            now = former.current(code, present)
            raise RenamedMatter(f"事项代码“{code}”已改成“{now}”。{RenamedMatter.__doc__}")


async def lock_county(connection: AsyncConnection) -> None:
    """Let nobody else change the county until this transaction ends; reading goes on.

    SQLite has one writer anyway. On PostgreSQL two changes at once would each delete what they
    saw, and the shifts of both would stay.
    """
    if connection.dialect.name == "postgresql":
        await connection.execute(text(f"LOCK TABLE {COUNTY_VERSIONS.name} IN EXCLUSIVE MODE"))


async def county_version(connection: AsyncConnection) -> int:
    """Rises with every change of the reference data; 0 before the first."""
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
