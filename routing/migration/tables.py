"""The county's tables as the planner reads and writes them: plain rows, looked up by code."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from routing.divisions import Division, DivisionLevel
from routing.migration.plan import Plan

Row = dict[str, str]
Tables = dict[str, list[Row]]


def copied(tables: Mapping[str, Iterable[Mapping[str, str]]]) -> Tables:
    """Tables of our own, which may be changed; cells are trimmed as `load_county` does."""
    return {
        sheet: [
            {column: (cell or "").strip() for column, cell in row.items() if column} for row in rows
        ]
        for sheet, rows in tables.items()
    }


def is_present(row: Mapping[str, str]) -> bool:
    """Whether a division or grid exists now."""
    return not row.get("valid_to")


def several(row: Mapping[str, str], column: str) -> list[str]:
    """The parts of a cell that holds several values."""
    return [part.strip() for part in row.get(column, "").split("|") if part.strip()]


def division_of(row: Mapping[str, str]) -> Division:
    """A row of the divisions, for the names that are made of it."""
    level: DivisionLevel = "township" if row.get("level") == "township" else "village"
    return Division(
        row.get("code", ""),
        level,
        row.get("name", ""),
        row.get("short_name", ""),
        row.get("parent_code", ""),
    )


@dataclass(frozen=True)
class Change:
    """The tables before, the plan and the day on which it takes effect."""

    tables: Tables
    plan: Plan
    day: date

    @cached_property
    def divisions(self) -> dict[str, Row]:
        """All divisions before the change, by code."""
        return {row.get("code", ""): row for row in self.tables.get("divisions", [])}

    @cached_property
    def _grids(self) -> dict[str, list[Row]]:
        found: dict[str, list[Row]] = {}
        for row in self.tables.get("grids", []):
            if is_present(row):
                found.setdefault(row.get("village_code", ""), []).append(row)
        return found

    def grids_of(self, village_code: str) -> list[Row]:
        """The present grids of a village before the change, by their numbers."""
        rows = self._grids.get(village_code, [])
        return sorted(rows, key=lambda row: int(row.get("number") or 0))

    def new_rows(self) -> dict[str, Row]:
        """The divisions that the plan founds, as rows, by code."""
        known = self.divisions
        rows: dict[str, Row] = {}
        for each in self.plan.rows:
            if each.new_code not in known:
                rows.setdefault(
                    each.new_code,
                    {
                        "code": each.new_code,
                        "level": each.level,
                        "name": each.name,
                        "short_name": each.short_name,
                        "parent_code": each.parent_code,
                        "urban_rural": each.urban_rural,
                        "valid_from": self.day.isoformat(),
                        "valid_to": "",
                        "successors": "",
                    },
                )
        return rows

    def moves_alone(self, old_code: str) -> bool:
        """Whether a division goes as a whole to a new code that nothing else goes to."""
        rows = self.plan.of(old_code)
        return (
            len(rows) == 1
            and not rows[0].stays
            and rows[0].new_code not in self.divisions
            and len(self.plan.into(rows[0].new_code)) == 1
        )
