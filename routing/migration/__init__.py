"""A merger, a split, a renumbering, a renaming: the county's tables after a change of divisions.

Pure: tables and a plan in, new tables and a list of every move out. Nothing that was is erased;
what ends says what follows it, so that old tickets, posters and names lead on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from routing.county import County
from routing.county_tables import load_county
from routing.errors import LiandongError
from routing.migration.checks import check_plan
from routing.migration.divisions import move_aliases, move_divisions
from routing.migration.grids import move_grids
from routing.migration.moves import Moves
from routing.migration.places import (
    move_areas,
    move_hours,
    move_knowledge,
    move_organisations,
    move_precedents,
)
from routing.migration.plan import Plan, PlanRow, read_plan
from routing.migration.tables import Change, Tables, copied
from routing.migration.units import move_people, move_units
from routing.problems import CountyDataError, Problem

__all__ = ["AlreadyMigrated", "Migration", "Moves", "Plan", "PlanRow", "migrate"]

Records = Iterable[Mapping[str, str]]


class AlreadyMigrated(LiandongError):
    """这份方案已经执行过，没有要改的。"""


@dataclass(frozen=True, slots=True)
class Migration:
    """The county after a change, and how it came there."""

    tables: Tables
    county: County
    plan: Plan
    moves: Moves
    day: date


def migrate(tables: Mapping[str, Records], records: Records, day: date) -> Migration:
    """Apply a plan (records of a CSV file) to the tables of a valid county.

    `day` is the first day of the new divisions. Raises `CountyDataError` with every mistake of
    the plan, or of the county that it would lead to; `AlreadyMigrated` when it was applied before.
    """
    problems: list[Problem] = []
    plan = read_plan(records, problems)
    before = copied(tables)
    change = Change(before, plan, day)
    if not problems and _is_applied(change):
        raise AlreadyMigrated
    if not problems:
        problems.extend(check_plan(change))
    if problems:
        raise CountyDataError(problems)
    after = copied(tables)
    ended, renamed = move_divisions(change, after)
    aliases = move_aliases(change.divisions, renamed, after)
    grids = move_grids(change, after)
    units, new_units = move_units(change, after)
    cadres, duty = move_people(change, after, units, grids)
    move_organisations(change, after)
    move_hours(after, units)
    move_knowledge(after, units)
    move_precedents(change, after, units)
    move_areas(change, after, grids)
    return Migration(
        after,
        load_county(after),
        plan,
        Moves(
            ended=ended,
            founded=tuple(change.new_rows()),
            renamed=tuple(renamed),
            grids=grids,
            units=units,
            new_units=tuple(new_units),
            cadres=cadres,
            duty=tuple(duty),
            aliases=tuple(aliases),
        ),
        day,
    )


def _is_applied(change: Change) -> bool:
    """Whether the county is already what every row of the plan says."""
    known = change.divisions
    return bool(change.plan.rows) and all(_holds(change, row, known) for row in change.plan.rows)


def _holds(change: Change, row: PlanRow, known: Mapping[str, Mapping[str, str]]) -> bool:
    old, new = known.get(row.old_code, {}), known.get(row.new_code, {})
    if not new or not old:
        return False
    if row.stays:
        named = (new.get("name"), new.get("short_name")) == (row.name, row.short_name)
        known_as = row.urban_rural in ("", new.get("urban_rural"))
        return named and known_as and not new.get("valid_to")
    if row.old_code in change.plan.ending:
        return row.new_code in old.get("successors", "").split("|")
    return True
