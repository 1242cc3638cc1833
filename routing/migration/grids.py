"""The grids after a change: every old grid is followed by exactly one.

A village that only gets another code keeps the numbers of its grids. Where villages come together
they are numbered anew, in the order of the plan and then of the old numbers; what a village that
stays has already, it keeps.
"""

from __future__ import annotations

from routing.migration.plan import PlanRow
from routing.migration.tables import Change, Row, Tables, division_of
from routing.places.numerals import numeral

MOST_GRIDS = 99


def destination(change: Change, grid: Row) -> PlanRow | None:
    """The row of the plan that a present grid follows; None for a grid that stays out of it."""
    rows = change.plan.of(grid.get("village_code", ""))
    if len(rows) < 2:
        return rows[0] if rows else None
    number = int(grid.get("number") or 0)
    return next((row for row in rows if number in row.grids), None)


def new_numbers(change: Change) -> dict[str, tuple[str, int]]:
    """For each grid that moves, its village and number afterwards (which may be over 99)."""
    last: dict[str, int] = {}
    for grid in change.tables.get("grids", []):
        # Codes of ended grids are never given again.
        village, number = grid.get("village_code", ""), int(grid.get("number") or 0)
        last[village] = max(last.get(village, 0), number)
    numbers: dict[str, tuple[str, int]] = {}
    for row in change.plan.rows:
        if row.level != "village" or row.stays:
            continue
        for grid in change.grids_of(row.old_code):
            if destination(change, grid) is not row:
                continue
            number = last.get(row.new_code, 0) + 1
            if change.moves_alone(row.old_code):
                number = int(grid.get("number") or 0)
            last[row.new_code] = max(last.get(row.new_code, 0), number)
            numbers[grid.get("code", "")] = (row.new_code, number)
    return numbers


def move_grids(change: Change, after: Tables) -> dict[str, str]:
    """Write the grids; returns the ended ones, each with the one that follows it."""
    before = change.divisions
    now = {row.get("code", ""): row for row in after["divisions"]}
    numbers = new_numbers(change)
    kept: list[Row] = []
    new: dict[str, Row] = {}
    moved: dict[str, str] = {}
    for row in after["grids"]:
        code = row.get("code", "")
        village = row.get("village_code", "")
        if code not in numbers:
            kept.append(_renamed(row, before.get(village), now.get(village)))
            continue
        home, number = numbers[code]
        follower = f"{home}{number:02}"
        moved[code] = follower
        kept.append(row | {"valid_to": change.day.isoformat(), "successors": follower})
        spoken = division_of(now[home]).spoken_name
        named = row | {"name": f"{spoken}第{numeral(number)}网格"}
        if change.moves_alone(village):
            named = _renamed(row, before.get(village), now.get(home))
        new[code] = named | {
            "code": follower,
            "village_code": home,
            "number": str(number),
            "valid_from": change.day.isoformat(),
            "valid_to": "",
            "successors": "",
        }
    # The new grids stand in the order of their numbers, as a person would enter them.
    after["grids"] = [*kept, *(new[code] for code in numbers)]
    return moved


def _renamed(row: Row, before: Row | None, now: Row | None) -> Row:
    """A grid that was called after its village is called after the village's new name."""
    if before is None or now is None or before == now or row.get("valid_to"):
        return row
    old, new = division_of(before).spoken_name, division_of(now).spoken_name
    name = row.get("name", "")
    return row | {"name": new + name.removeprefix(old)} if name.startswith(old) else row
