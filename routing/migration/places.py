"""What else names divisions: organisations, hours, knowledge, precedents, areas."""

from __future__ import annotations

from collections.abc import Mapping

from routing.migration.tables import Change, Row, Tables, several


def move_organisations(change: Change, after: Tables) -> None:
    """An organisation serves what its villages have become; its seat is in the first part."""
    parts = change.plan.parts
    for row in after.get("organisations", []):
        row["village_code"] = change.plan.heir(row.get("village_code", ""))
        served = [part for village in several(row, "villages") for part in parts(village)]
        row["villages"] = "|".join(dict.fromkeys(served))


def move_knowledge(after: Tables, ended: Mapping[str, str]) -> None:
    """The unit that took the place of an ended one answers for its entries."""
    for row in after.get("knowledge", []):
        row["unit"] = ended.get(row.get("unit", ""), row.get("unit", ""))


def move_precedents(change: Change, after: Tables, ended: Mapping[str, str]) -> None:
    """Rulings follow the units that they name, and the township that they hold for."""
    for row in after.get("precedents", []):
        row["owner"] = ended.get(row.get("owner", ""), row.get("owner", ""))
        if row.get("township_code"):
            row["township_code"] = change.plan.heir(row["township_code"])


def move_hours(after: Tables, ended: Mapping[str, str]) -> None:
    """The unit that took the place of an ended one keeps its hours, unless it has its own.

    Where several become one it keeps those of the first.
    """
    if "hours" not in after:
        return
    heirs = {row["applies_to"]: ended.get(row["applies_to"], "") for row in after["hours"]}
    kept: dict[str, str] = {each: each for each, heir in heirs.items() if not heir}
    for each, heir in heirs.items():
        kept.setdefault(heir or each, each)
    after["hours"] = [
        row | {"applies_to": heir}
        for row in after["hours"]
        if kept[heir := heirs[row["applies_to"]] or row["applies_to"]] == row["applies_to"]
    ]


def move_areas(change: Change, after: Tables, grids: Mapping[str, str]) -> None:
    """Areas of what has ended stay with it; where one thing follows one, it gets them too.

    A merged village gets none: its boundary is nobody's old one, and has to be drawn.
    """
    if "areas" not in after:
        return
    follower = {
        code: change.plan.parts(code)[0] for code in change.plan.ending if change.moves_alone(code)
    } | dict(grids)
    rows = after["areas"]
    copies: list[Row] = [
        row | {"code": follower[row["code"]]} for row in rows if row.get("code") in follower
    ]
    after["areas"] = [*rows, *copies]
