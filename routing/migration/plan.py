"""The plan of a change of divisions: one row for each old division and what becomes of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from routing.problems import Problem
from routing.table_row import TableRow, table_rows

SHEET = "plan"
COLUMNS = (
    "old_code",
    "old_name",
    "new_code",
    "new_level",
    "new_name",
    "new_short_name",
    "new_parent_code",
    "new_urban_rural",
    "basis",
)
GRIDS = "grids"
"""The further column of a plan that splits a village."""
ASSUMED = "assumed"
"""The basis of a row that nobody has confirmed."""
BASES = {
    "same_name": "同名",
    "spelling": "写法不同",
    "merged": "合并",
    "renamed": "更名",
    "split": "拆分",
    "villages": "看所辖村",
    ASSUMED: "推断",
}
"""What the usual bases are called; a county may write any other word."""


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One old division and one of its successors; `number` counts as a spreadsheet does."""

    number: int
    old_code: str
    old_name: str
    new_code: str
    level: str
    name: str
    short_name: str
    parent_code: str
    urban_rural: str
    basis: str
    grids: tuple[int, ...] = ()
    """The numbers of the old grids that go this way, where a village is split."""

    @property
    def stays(self) -> bool:
        """The division keeps its code: it is renamed, or what is left of it stays."""
        return self.old_code == self.new_code

    @property
    def basis_words(self) -> str:
        """The basis, for people."""
        return BASES.get(self.basis, self.basis)


@dataclass(frozen=True)
class Plan:
    """All rows of a plan, in their order, which decides what comes first."""

    rows: tuple[PlanRow, ...]

    @cached_property
    def _by_old(self) -> dict[str, list[PlanRow]]:
        return _grouped(self.rows, lambda row: row.old_code)

    @cached_property
    def _by_new(self) -> dict[str, list[PlanRow]]:
        return _grouped(self.rows, lambda row: row.new_code)

    def of(self, old_code: str) -> tuple[PlanRow, ...]:
        """The rows of one old division."""
        return tuple(self._by_old.get(old_code, ()))

    def into(self, new_code: str) -> tuple[PlanRow, ...]:
        """The rows that lead to one new division."""
        return tuple(self._by_new.get(new_code, ()))

    @property
    def old_codes(self) -> tuple[str, ...]:
        """The old divisions, each once."""
        return tuple(self._by_old)

    @cached_property
    def ending(self) -> frozenset[str]:
        """The old divisions of which nothing stays."""
        return frozenset(self._by_old) - {row.old_code for row in self.rows if row.stays}

    def parts(self, old_code: str) -> tuple[str, ...]:
        """What a division becomes: itself where it is not in the plan."""
        return tuple(dict.fromkeys(row.new_code for row in self.of(old_code))) or (old_code,)

    def heir(self, old_code: str) -> str:
        """Where staff and seat go: they stay with what stays, else they go to the first part."""
        parts = self.parts(old_code)
        return old_code if old_code in parts else parts[0]


def _grouped(rows: Iterable[PlanRow], key: Callable[[PlanRow], str]) -> dict[str, list[PlanRow]]:
    found: dict[str, list[PlanRow]] = {}
    for row in rows:
        found.setdefault(key(row), []).append(row)
    return found


def read_plan(records: Iterable[Mapping[str, str]], problems: list[Problem]) -> Plan:
    """The plan; mistakes in its form are noted."""
    cleaned = [
        {column: (cell or "").strip() for column, cell in record.items() if isinstance(column, str)}
        for record in records
    ]
    if not cleaned:
        problems.append(Problem(SHEET, 0, "old_code", "方案是空的，请每个变动的区划写一行"))
        return Plan(())
    missing = [column for column in COLUMNS if column not in cleaned[0]]
    problems.extend(Problem(SHEET, 1, column, "缺少这一列，请补上") for column in missing)
    if missing:
        return Plan(())
    return Plan(tuple(_row(row) for row in table_rows(SHEET, cleaned, problems)))


def _row(row: TableRow) -> PlanRow:
    return PlanRow(
        number=row.number,
        old_code=row.required("old_code"),
        old_name=row.required("old_name"),
        new_code=row.required("new_code"),
        level=row.one_of("new_level", ("township", "village")),
        name=row.required("new_name"),
        short_name=row.required("new_short_name"),
        parent_code=row.required("new_parent_code"),
        urban_rural=row.text("new_urban_rural"),
        basis=row.required("basis"),
        grids=_grids(row),
    )


def _grids(row: TableRow) -> tuple[int, ...]:
    parts = row.several(GRIDS)
    if all(part.isascii() and part.isdecimal() for part in parts):
        return tuple(int(part) for part in parts)
    row.note(GRIDS, "应为原网格的序号，多个用“|”隔开，如 1|2")
    return ()
