"""The county's reference data within a unit of work, so that tickets can change with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import func, select

from storage.county_store import write_county
from storage.part import Part
from storage.tables import COUNTY_VERSIONS

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

    async def replace_county(
        self,
        sheets: Mapping[str, Sequence[Mapping[str, str]]],
        source: str,
        now: datetime,
        summary: str,
    ) -> None:
        """Put validated sheets in place of the county, as a new version."""
        await write_county(await self._connection.raw(), sheets, source, now, summary)
