"""The county's reference data within a unit of work, so that tickets can change with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import func, insert, select

from routing.precedents import Precedent
from storage.county_sheets import COUNTY_SHEETS
from storage.county_store import write_county
from storage.part import Part
from storage.tables import COUNTY_VERSIONS


def precedent_row(ruling: Precedent) -> dict[str, str]:
    """A ruling as a row of its sheet."""
    return {
        "matter": ruling.matter,
        "township_code": ruling.township_code,
        "owner": ruling.owner,
        "ticket": ruling.ticket,
        "ruled_on": ruling.ruled_on.isoformat() if ruling.ruled_on else "",
        "reason": ruling.reason,
    }


_LOCK = "LOCK TABLE county_versions IN SHARE ROW EXCLUSIVE MODE"


class CountyPart(Part):
    """The county as a whole."""

    async def county_version(self) -> int:
        """The version of the reference data; nobody else changes them until the commit."""
        if self._connection.dialect.name == "postgresql":
            # SQLite's writers exclude each other anyway.
            await (await self._connection.raw()).exec_driver_sql(_LOCK)
        newest = await self._connection.scalar(select(func.max(COUNTY_VERSIONS.c.id)))
        return int(newest or 0)

    async def add_precedent(self, ruling: Precedent, now: datetime) -> None:
        """Write a ruling of the county centre, as a new version of the county."""
        values = precedent_row(ruling)
        keys = ["matter", "township_code"]
        await self._connection.execute(
            self._insert(COUNTY_SHEETS["precedents"])
            .values(**values)
            .on_conflict_do_update(
                index_elements=keys, set_={k: v for k, v in values.items() if k not in keys}
            )
        )
        version = {"at": now, "source": "ruling", "summary": ruling.ticket}
        await self._connection.execute(insert(COUNTY_VERSIONS), version)

    async def replace_county(
        self,
        sheets: Mapping[str, Sequence[Mapping[str, str]]],
        source: str,
        now: datetime,
        summary: str,
    ) -> None:
        """Put validated sheets in place of the county, as a new version."""
        await write_county(await self._connection.raw(), sheets, source, now, summary)
