"""Mistakes in a county's own tables, collected so that a clerk mends all of them in one go.

A county fills in its data by hand in Excel. Stopping at the first mistake would mean twenty
round trips, so every reader here adds to one list and the list is raised once at the end.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from routing.errors import LiandongError


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake: where it is and how to mend it.

    `row` counts as a spreadsheet does: the header is row 1, the first record row 2; 0 means the
    whole sheet. `mend` is a Chinese sentence for the clerk.
    """

    sheet: str
    row: int
    column: str
    mend: str

    def __str__(self) -> str:
        where = f"{self.sheet} 第{self.row}行" if self.row else self.sheet
        return f"{where} [{self.column}]:{self.mend}"


class CountyDataError(LiandongError):
    """The county's tables contain mistakes; none of them was applied."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        lines = "\n".join(str(problem) for problem in self.problems)
        super().__init__(f"县域数据有 {len(self.problems)} 处需要修改：\n{lines}")
