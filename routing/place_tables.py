"""Rows of the sheets that say where things are: divisions, grids, aliases, organisations, days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from sys import intern
from typing import get_args

from routing.aliases import Alias
from routing.divisions import Division, DivisionLevel
from routing.grids import Grid, GridKind
from routing.holidays import DayKind, SpecialDay
from routing.organisations import Organisation, OrganisationKind
from routing.problems import Problem
from routing.table_row import TableRow, table_rows

Records = Iterable[Mapping[str, str]]

_LEVELS: Mapping[str, DivisionLevel] = {
    "county": "county",
    "township": "township",
    "village": "village",
}
"""What a county's own data hold; provinces and cities are for larger gazetteers."""
_KINDS: Mapping[str, GridKind] = {kind: kind for kind in get_args(GridKind)}
_DAYS: Mapping[str, DayKind] = {kind: kind for kind in get_args(DayKind)}
_HOMES: Mapping[str, OrganisationKind] = {kind: kind for kind in get_args(OrganisationKind)}
# A mistake is noted and the row kept with a stand-in, so that one mistake is reported once.
_NO_DAY = date(1970, 1, 1)


def read_divisions(records: Records, problems: list[Problem]) -> list[Division]:
    """The divisions, present and ended ones."""
    return [
        Division(
            code=row.required("code"),
            level=_LEVELS.get(row.one_of("level", _LEVELS), "village"),
            name=row.required("name"),
            short_name=row.required("short_name"),
            # One text for all children: a province has many.
            parent_code=intern(row.text("parent_code")),
            urban_rural=row.text("urban_rural"),
            valid_from=row.day("valid_from"),
            valid_to=row.day("valid_to"),
            successors=row.several("successors"),
        )
        for row in table_rows("divisions", records, problems)
    ]


def read_grids(records: Records, problems: list[Problem]) -> list[Grid]:
    """The grids, present and ended ones."""
    return [
        Grid(
            code=row.required("code"),
            village_code=row.required("village_code"),
            name=row.required("name"),
            number=row.number_in("number", 1, 99),
            kind=_KINDS.get(row.one_of("kind", _KINDS), "rural"),
            groups=_groups(row),
            leader=row.required("leader"),
            valid_from=row.day("valid_from"),
            valid_to=row.day("valid_to"),
            successors=row.several("successors"),
        )
        for row in table_rows("grids", records, problems)
    ]


def _groups(row: TableRow) -> tuple[int, ...]:
    parts = row.several("groups")
    if all(part.isdecimal() for part in parts):
        return tuple(int(part) for part in parts)
    row.note("groups", "村民小组应为数字，多个用“|”隔开，如 1|2")
    return ()


def read_aliases(records: Records, problems: list[Problem]) -> tuple[Alias, ...]:
    """Other names."""
    aliases = []
    for row in table_rows("aliases", records, problems):
        confidence = _confidence(row.required("confidence"))
        if confidence is None:
            row.note("confidence", "可信度应为 0 到 1 的数，如 0.9")
        aliases.append(
            Alias(row.required("alias"), row.required("code"), row.text("source"), confidence or 0)
        )
    return tuple(aliases)


def _confidence(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if 0 <= value <= 1 else None


def read_organisations(records: Records, problems: list[Problem]) -> list[Organisation]:
    """Two-new organisations (两新组织)."""
    return [
        Organisation(
            code=row.required("code"),
            name=row.required("name"),
            kind=_HOMES.get(row.one_of("kind", _HOMES), "independent"),
            village_code=row.required("village_code"),
            contact=row.required("contact"),
            villages=row.several("villages"),
        )
        for row in table_rows("organisations", records, problems)
    ]


def read_special_days(records: Records, problems: list[Problem]) -> tuple[SpecialDay, ...]:
    """Public holidays and make-up workdays."""
    return tuple(
        SpecialDay(
            day=_day(row),
            kind=_DAYS.get(row.one_of("kind", _DAYS), "holiday"),
            name=row.required("name"),
        )
        for row in table_rows("holidays", records, problems)
    )


def _day(row: TableRow) -> date:
    return (row.day("day") if row.required("day") else None) or _NO_DAY
