"""Reading one record of a county table, noting every mistake with its row and column."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from routing.problems import Problem


@dataclass(slots=True)
class TableRow:
    """One record together with the place where its mistakes are noted."""

    sheet: str
    number: int
    cells: Mapping[str, str]
    problems: list[Problem] = field(repr=False)

    def text(self, column: str) -> str:
        """The trimmed cell, or an empty string when it is missing."""
        return (self.cells.get(column) or "").strip()

    def required(self, column: str) -> str:
        """The trimmed cell; an empty one is a mistake."""
        value = self.text(column)
        if not value:
            self.note(column, "不能为空，请填写")
        return value

    def one_of(self, column: str, allowed: Iterable[str]) -> str:
        """The trimmed cell, which must be one of `allowed`."""
        value = self.required(column)
        choices = sorted(allowed)
        if value and value not in choices:
            self.note(column, f"“{value}”不在可选值内，请改为：{'、'.join(choices)}")
        return value

    def several(self, column: str) -> tuple[str, ...]:
        """The parts of a cell that holds several values, separated by `|`."""
        return tuple(part.strip() for part in self.text(column).split("|") if part.strip())

    def number_in(self, column: str, low: int, high: int) -> int:
        """A whole number within limits; `low` when the cell is wrong (and noted as such)."""
        value = self.required(column)
        if value.isdecimal() and low <= int(value) <= high:
            return int(value)
        if value:
            self.note(column, f"“{value}”应为 {low} 到 {high} 的整数")
        return low

    def day(self, column: str) -> date | None:
        """A date written as 2021-07-01; None for an empty cell and a wrong one (noted)."""
        value = self.text(column)
        if not value:
            return None
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.note(column, f"“{value}”不是日期，请写成 2021-07-01 的形式")
            return None

    def note(self, column: str, mend: str) -> None:
        """Note a mistake of this record."""
        self.problems.append(Problem(self.sheet, self.number, column, mend))


def table_rows(
    sheet: str, records: Iterable[Mapping[str, str]], problems: list[Problem]
) -> list[TableRow]:
    """The records of a sheet, numbered as a spreadsheet numbers them."""
    return [TableRow(sheet, number, cells, problems) for number, cells in enumerate(records, 2)]
