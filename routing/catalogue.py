"""The dispatch catalogue (派单目录): one row for each matter, saying whose it is.

A row binds a matter to a linkage group, a lead county unit and the lowest level that may own it,
because a department's duty must not be pushed down to the grassroots.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from routing.former_codes import FormerCodes
from routing.problems import Problem
from routing.table_row import TableRow, table_rows

MinLevel = Literal["village", "township", "county"]
Urgency = Literal["urgent", "normal", "complex"]

SHEET = "catalogue"
APPEAL_TYPES = ("consult", "help", "complaint", "report", "suggestion", "praise")
_MIN_LEVELS: Mapping[str, MinLevel] = {
    "village": "village",
    "township": "township",
    "county": "county",
}
_URGENCIES: Mapping[str, Urgency] = {
    "urgent": "urgent",
    "normal": "normal",
    "complex": "complex",
}


@dataclass(frozen=True, slots=True)
class CatalogueRow:
    """One matter: its group, its units, the lowest level that may own it, what closes it.

    `lead_unit` and `co_units` are Chinese names of county units, `evidence` the kinds of evidence
    that closing needs (empty: an answer is enough), `basis` the laws that it rests on.
    """

    matter: str
    name: str
    group: str
    lead_unit: str
    co_units: tuple[str, ...]
    min_level: MinLevel
    appeal_types: tuple[str, ...]
    urgency: Urgency
    evidence: tuple[str, ...]
    limits: Mapping[str, int] = field(default_factory=dict)
    """Working days to close by appeal type, where the matter has limits of its own."""
    basis: tuple[str, ...] = ()
    covers: str = ""
    """What belongs here and what does not, for those who triage and those who label."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All rows by matter, in the order of the table."""

    by_matter: Mapping[str, CatalogueRow]
    former: FormerCodes = field(default_factory=FormerCodes)
    """Codes of old, which still lead to their matter's row."""

    def get(self, matter: str | None) -> CatalogueRow | None:
        """The row of a matter, by its code of now or of old."""
        return self.by_matter.get(self.former.current(matter, self.by_matter)) if matter else None

    def current(self, matter: str | None) -> str | None:
        """The code that a matter has now; itself where the catalogue has no such matter."""
        return self.former.current(matter, self.by_matter) if matter else matter

    def root(self, matter: str | None) -> str | None:
        """The first code that a matter had: one for all its codes, and the one by which lists that
        are shipped know it."""
        now = self.current(matter)
        return self.former.root(now) if now else now

    @property
    def rows(self) -> tuple[CatalogueRow, ...]:
        return tuple(self.by_matter.values())

    @property
    def groups(self) -> tuple[str, ...]:
        """The linkage groups that occur, in the order of the table."""
        return tuple(dict.fromkeys(row.group for row in self.by_matter.values()))


def read_catalogue(
    records: Iterable[Mapping[str, str]],
) -> tuple[Catalogue, tuple[Problem, ...]]:
    """Read the catalogue's records; every mistake comes back with its row and column."""
    problems: list[Problem] = []
    rows: dict[str, CatalogueRow] = {}
    for source in table_rows(SHEET, records, problems):
        row = _row(source)
        if row.matter in rows:
            source.note("matter", f"事项“{row.matter}”重复,请只保留一行")
        rows[row.matter] = row
    if not rows:
        problems.append(Problem(SHEET, 0, "matter", "派单目录是空的,请至少填写一个事项"))
    return Catalogue(rows), tuple(problems)


def _row(source: TableRow) -> CatalogueRow:
    appeal_types = source.several("appeal_types")
    for appeal_type in appeal_types:
        if appeal_type not in APPEAL_TYPES:
            choices = "、".join(APPEAL_TYPES)
            source.note("appeal_types", f"“{appeal_type}”不是诉求类型，请改为：{choices}")
    return CatalogueRow(
        matter=source.required("matter"),
        name=source.required("name"),
        group=source.required("group"),
        lead_unit=source.required("lead_unit"),
        co_units=source.several("co_units"),
        min_level=_MIN_LEVELS.get(source.one_of("min_level", _MIN_LEVELS), "village"),
        appeal_types=appeal_types,
        urgency=_URGENCIES.get(source.one_of("urgency", _URGENCIES), "normal"),
        evidence=source.several("evidence"),
        limits=_limits(source),
        basis=source.several("basis"),
        covers=source.text("covers"),
    )


def _limits(source: TableRow) -> dict[str, int]:
    limits: dict[str, int] = {}
    for part in source.several("limits"):
        appeal_type, _, days = part.partition(":")
        if appeal_type not in APPEAL_TYPES or not days.isdecimal() or not 1 <= int(days) <= 90:
            source.note("limits", f"“{part}”应写成 help:5 这样:诉求类型、冒号、1 到 90 个工作日")
        else:
            limits[appeal_type] = int(days)
    return limits
