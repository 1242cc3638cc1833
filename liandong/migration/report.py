"""The tables that a clerk reads before a change of divisions: everything that moves, old to new."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from routing.county import County
from routing.migration import Migration
from routing.migration.plan import ASSUMED, PlanRow
from services.migrate import Survey

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Counts:
    """How much goes from one division to another."""

    grids: Mapping[Pair, int]
    cadres: Mapping[Pair, int]
    duty: Mapping[Pair, int]
    tickets: Mapping[Pair, int]

    @classmethod
    def of(cls, migration: Migration, survey: Survey) -> Counts:
        moves = migration.moves
        return cls(
            Counter((old[:12], new[:12]) for old, new in moves.grids.items()),
            Counter(_divisions(moves.cadres.values())),
            Counter(_divisions((old, new) for _, old, new in moves.duty)),
            survey.places,
        )


def _divisions(units: Iterable[Pair]) -> Iterator[Pair]:
    """The divisions in the codes of units: `group:141026100:emergency` is of 141026100."""
    for old, new in units:
        yield old.split(":")[1], new.split(":")[1]


def townships_table(migration: Migration, counts: Counts) -> Table:
    """One line for each row of the plan that is about a township."""
    table = _table("乡镇", ("村", "人员", "值班", "工单"))
    tree = migration.county.tree
    for row in migration.plan.rows:
        if row.level == "township":
            villages = sum(
                each.level == "village" and each.parent_code == row.new_code
                for each in migration.plan.rows
                if (old := tree.get(each.old_code)) and old.parent_code == row.old_code
            )
            pair = (row.old_code, row.new_code)
            counted = (counts.cadres, counts.duty, counts.tickets)
            numbers = (villages, *(found.get(pair, 0) for found in counted))
            _line(table, row, row.old_name, row.short_name, numbers)
    return table


def villages_table(migration: Migration, counts: Counts) -> Table:
    """One line for each row of the plan that is about a village."""
    table = _table("村（社区）", ("网格", "人员", "值班", "工单"))
    for row in migration.plan.rows:
        if row.level == "village":
            pair = (row.old_code, row.new_code)
            counted = (counts.grids, counts.cadres, counts.duty, counts.tickets)
            numbers = tuple(found.get(pair, 0) for found in counted)
            old, new = (_full(migration.county, code) for code in pair)
            _line(table, row, old, new, numbers)
    return table


def _table(what: str, numbers: tuple[str, ...]) -> Table:
    table = Table(title=what, title_justify="left", box=SIMPLE_HEAD, pad_edge=False)
    for column in ("原", "现", "现编码", "依据"):
        table.add_column(column, overflow="fold", no_wrap=column == "现编码")
    for column in numbers:
        table.add_column(column, justify="right")
    return table


def _line(table: Table, row: PlanRow, old: str, new: str, numbers: Iterable[int]) -> None:
    style = "yellow" if row.basis == ASSUMED else ""
    cells = (old, new, row.new_code, row.basis_words)
    # A plan is somebody's file: what stands in it is never markup.
    table.add_row(*(Text(cell) for cell in cells), *(str(n or "·") for n in numbers), style=style)


def _full(county: County, code: str) -> str:
    division = county.tree.get(code)
    township = county.tree.township_of(code)
    names = [each.short_name for each in (township, division) if each is not None]
    return "".join(names)


def summary_of(before: County, migration: Migration) -> str:
    """What the change makes of the county, in one line; kept with the county's version."""
    after, moves = migration.county, migration.moves
    townships = f"{len(before.tree.townships)}→{len(after.tree.townships)}"
    villages = f"{len(before.tree.villages)}→{len(after.tree.villages)}"
    grids = f"{len(before.grids.grids)}→{len(after.grids.grids)}"
    return (
        f"{migration.day}起：乡镇 {townships}，村（社区）{villages}，网格 {grids}"
        f"（{len(moves.grids)} 个换编码）；{len(moves.cadres)} 人、{len(moves.duty)} 条值班换单位；"
        f"单位撤销 {len(moves.units)}、新设 {len(moves.new_units)}"
    )


def warnings(migration: Migration, survey: Survey) -> Iterator[str]:
    """What the county has to look at before it says yes, one sentence each."""
    assumed = sum(row.basis == ASSUMED for row in migration.plan.rows)
    if assumed:
        yield f"{assumed} 行的依据是推断（黄色，assumed），不是事实：请县里逐行核对后再执行"
    org = migration.county.org
    empty = [org.units[code].name for code in migration.moves.new_units if not org.staff(code)]
    if empty:
        yield f"{len(empty)} 个新单位还没有人：{'、'.join(empty[:5])}{'等' if empty[5:] else ''}"
    unsettled = sum(
        count
        for (old, new), count in survey.places.items()
        if old == new and len(migration.moves.ended.get(old, ())) > 1
    )
    if unsettled:
        yield f"{unsettled} 件工单只知道被拆分的原区划，地点保留原名，不替群众猜"
