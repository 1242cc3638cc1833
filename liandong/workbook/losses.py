"""What an import would take away that somebody may still need. Pure.

Old tickets keep the division they were filed under. What ends is given its last day and its
successors; a row that just vanishes leaves its tickets without a place or without an owner.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from liandong.workbook.columns import sheet_of
from liandong.workbook.names import Tables
from routing.errors import LiandongError
from storage.open_tickets import OpenTickets

Row = Mapping[str, str]
_MIGRATE = "停用的区划和网格请填停用日期和承接编码，工单用 liandong county migrate 转过去"


class StillNeeded(LiandongError):
    """要删除的区划、网格或单位还有未办结的工单，没有导入。"""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = tuple(lines)
        super().__init__(f"{StillNeeded.__doc__}{_MIGRATE}；单位的工单请先改派。")


@dataclass(frozen=True, slots=True)
class Losses:
    """Sentences for the clerk."""

    refused: tuple[str, ...]
    """What must not vanish."""
    doubtful: tuple[str, ...]
    """What may, once somebody said so."""


def losses(old: Tables, new: Tables, tickets: Sequence[OpenTickets]) -> Losses:
    """What would vanish or end, with the number of open tickets that hang on it."""
    refused: list[str] = []
    doubtful: list[str] = []
    for table in ("divisions", "grids", "units"):
        for code, row in _missing(old, new, table, "code"):
            count = _count(table, code, tickets)
            title = f"{sheet_of(table).title} {code} {row['name']}"
            if count:
                refused.append(f"{title}：还有 {count} 件未办结的工单，不能删除")
            else:
                doubtful.append(f"{title}：将被删除，以前的工单上只剩编码")
    doubtful.extend(_ending(old, new, tickets))
    for person, row in _missing(old, new, "cadres", "id"):
        if count := sum(each.count for each in tickets if each.person == person):
            doubtful.append(
                f"人员 {person} {row['name']}：将被删除，名下还有 {count} 件未办结的工单"
            )
    return Losses(tuple(refused), tuple(doubtful))


def refuse_losses(old: Tables, new: Tables, tickets: Sequence[OpenTickets]) -> None:
    """Raise `StillNeeded` when something would vanish on which open tickets hang."""
    if refused := losses(old, new, tickets).refused:
        raise StillNeeded(refused)


def _ending(old: Tables, new: Tables, tickets: Sequence[OpenTickets]) -> Iterator[str]:
    """What is present, gets its last day now and still has open tickets."""
    for table in ("divisions", "grids"):
        before = {row["code"] for row in old.get(table, ()) if not row["valid_to"]}
        for row in new.get(table, ()):
            code = row["code"]
            if row["valid_to"] and code in before and (count := _count(table, code, tickets)):
                title = f"{sheet_of(table).title} {code} {row['name']}"
                yield f"{title}：将停用，还有 {count} 件未办结的工单；{_MIGRATE}"


def _missing(old: Tables, new: Tables, table: str, key: str) -> Iterator[tuple[str, Row]]:
    left = {row[key] for row in new.get(table, ())}
    return ((row[key], row) for row in old.get(table, ()) if row[key] not in left)


def _count(table: str, code: str, tickets: Sequence[OpenTickets]) -> int:
    if table == "units":
        return sum(each.count for each in tickets if each.owner == code)
    return sum(each.count for each in tickets if code in (each.township, each.village, each.grid))
