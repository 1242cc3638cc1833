"""The county's reference data within the twin's unit of work."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from routing.precedents import Precedent
from storage.county_part import precedent_row
from storage.memory_part import MemoryPart
from storage.memory_state import CountyVersion


class MemoryCountyPart(MemoryPart):
    """The county as a whole."""

    async def county_version(self) -> int:
        """The version of the reference data."""
        return len(self._state.county_versions)

    async def add_precedent(self, ruling: Precedent, now: datetime) -> None:
        """Write a ruling of the county centre, as a new version of the county."""
        row = precedent_row(ruling)
        kept = [
            each
            for each in self._state.county.get("precedents", ())
            if (each["matter"], each["township_code"]) != (row["matter"], row["township_code"])
        ]
        self._state.county["precedents"] = (*kept, row)
        number = len(self._state.county_versions) + 1
        self._state.county_versions[number] = CountyVersion(now, "ruling", ruling.ticket)

    async def replace_county(
        self,
        sheets: Mapping[str, Sequence[Mapping[str, str]]],
        source: str,
        now: datetime,
        summary: str,
    ) -> None:
        """Put validated sheets in place of the county, as a new version."""
        self._state.county = {
            sheet: tuple(dict(row) for row in rows) for sheet, rows in sheets.items()
        }
        number = len(self._state.county_versions) + 1
        self._state.county_versions[number] = CountyVersion(now, source, summary)
