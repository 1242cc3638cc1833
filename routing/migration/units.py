"""The organisation after a change: units of ended divisions go, their people follow.

The codes of these units are made from the division's code. Where a division is split its staff
goes to the first part; leaders of grids go where their grids go.
"""

from __future__ import annotations

from collections.abc import Mapping

from routing.migration.tables import Change, Row, Tables, division_of
from routing.units import linkage_group_code, township_center_code, village_center_code

_RANKS = {"township_center": 0, "linkage_group": 1}


def _code_of(unit: Row, division: str) -> str:
    """The code that a unit of one division has in another."""
    if unit.get("level") == "linkage_group":
        return linkage_group_code(division, unit.get("group", ""))
    if unit.get("level") == "township_center":
        return township_center_code(division)
    return village_center_code(division)


def _home_of(unit: Row) -> str:
    """The division that a unit's code names; empty for units of the county."""
    kind, _, rest = unit.get("code", "").partition(":")
    home = rest.partition(":")[0]
    built = kind in ("group", "township", "village") and _code_of(unit, home) == unit.get("code")
    return home if built else ""


def move_units(change: Change, after: Tables) -> tuple[dict[str, str], list[str]]:
    """Write the units; returns the ended ones with their successors, and the new ones."""
    before, plan = change.divisions, change.plan
    now = {row.get("code", ""): row for row in after["divisions"]}
    units = after["units"]
    ended = {
        unit["code"]: _code_of(unit, plan.heir(home))
        for unit in units
        if (home := _home_of(unit)) in plan.ending
    }
    kept = [_adapted(unit, ended, change, now) for unit in units if unit["code"] not in ended]
    codes = {unit["code"] for unit in kept}
    new: list[Row] = []
    for unit in units:
        home = _home_of(unit)
        for part in plan.parts(home) if home in before else ():
            code = _code_of(unit, part)
            if code not in codes:
                codes.add(code)
                new.append(_founded(unit, code, before[home], now[part]))
    # Those above come first, as in any table of an organisation.
    new.sort(key=lambda unit: _RANKS.get(unit["level"], 2))
    after["units"] = [*kept, *new]
    return ended, [unit["code"] for unit in new]


def _founded(unit: Row, code: str, before: Row, now: Row) -> Row:
    """The unit of a new division, made like that of the old one."""
    is_village = now.get("level") == "village"
    township = now.get("parent_code", "") if is_village else now.get("code", "")
    parent = unit.get("parent", "")
    if unit.get("level") != "township_center":
        parent = township_center_code(township)
    return unit | {
        "code": code,
        "name": _name(unit, before, now),
        "parent": parent,
        "township_code": township,
    }


def _name(unit: Row, before: Row, now: Row) -> str:
    """A unit that is called after its division is called after the new one."""
    old, new = division_of(before), division_of(now)
    name = unit.get("name", "")
    for start in (old.spoken_name, old.short_name):
        if start and name.startswith(start):
            return new.spoken_name + name.removeprefix(start)
    return name


def _adapted(unit: Row, ended: Mapping[str, str], change: Change, now: Mapping[str, Row]) -> Row:
    """A unit that stays: called after its renamed division, below what took its parent's place."""
    home, before = _home_of(unit), change.divisions
    if home in before and before[home] != now.get(home):
        unit = unit | {"name": _name(unit, before[home], now[home])}
    township = unit.get("township_code", "")
    return unit | {
        "parent": ended.get(unit.get("parent", ""), unit.get("parent", "")),
        "township_code": change.plan.heir(township),
    }


def move_people(
    change: Change, after: Tables, ended: Mapping[str, str], grids: Mapping[str, str]
) -> tuple[dict[str, tuple[str, str]], list[tuple[int, str, str]]]:
    """Write cadres and shifts; returns who changes the unit, and which duty rows do."""
    following = _leaders(change, grids)
    units = {unit["code"] for unit in after["units"]}
    moved: dict[str, tuple[str, str]] = {}
    for cadre in after["cadres"]:
        old = cadre.get("unit", "")
        new = following.get((cadre.get("id", ""), old), "")
        new = new if new in units else ended.get(old, old)
        if new != old:
            moved[cadre.get("id", "")] = (old, new)
            cadre["unit"] = new
    duty: list[tuple[int, str, str]] = []
    for number, post in enumerate(after["duty"]):
        old = post.get("unit", "")
        went_from, went_to = moved.get(post.get("cadre", ""), ("", ""))
        new = went_to if went_from == old else ended.get(old, old)
        if new != old:
            duty.append((number, old, new))
            post["unit"] = new
    return moved, duty


def _leaders(change: Change, grids: Mapping[str, str]) -> dict[tuple[str, str], str]:
    """(leader, old village centre) → the new one, where all of a leader's grids go one way."""
    homes: dict[tuple[str, str], set[str]] = {}
    for village in change.plan.old_codes:
        if len(change.plan.of(village)) < 2:
            continue
        for grid in change.grids_of(village):
            key = (grid.get("leader", ""), village_center_code(village))
            home = grids.get(grid["code"], grid["code"])[:12]
            homes.setdefault(key, set()).add(village_center_code(home))
    return {key: next(iter(found)) for key, found in homes.items() if len(found) == 1}
