"""A mistake as the clerk sees it in Excel: sheet, row, column and what to do about it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from liandong.workbook.columns import SHEETS, sheet_of
from routing.problems import Problem

_QUOTED = re.compile(r"(“[^”]*”)")
_ROW = re.compile(r"第(\d+)行")
# Not a part of a code such as group:141026100:emergency.
_IDENTIFIER = re.compile(r"(?<![\w:])[a-z]+(?:_[a-z0-9]+)*(?![\w:])", re.ASCII)


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing to mend. `row` 0 is the whole sheet, an empty `letter` the whole row."""

    sheet: str
    row: int
    letter: str
    header: str
    mend: str

    @property
    def place(self) -> tuple[str, int, str]:
        """What one mistake is enough for."""
        return self.sheet, self.row, self.header


def in_order(mistakes: Sequence[Mistake]) -> list[Mistake]:
    """From the first sheet to the last, from top to bottom, from left to right.

    What concerns a whole sheet comes last: mostly it follows from a row.
    """
    sheets = [sheet.title for sheet in SHEETS]
    return sorted(
        mistakes,
        key=lambda each: (
            sheets.index(each.sheet) if each.sheet in sheets else len(sheets),
            each.row == 0,
            each.row,
            len(each.letter),
            each.letter,
        ),
    )


def translated(
    problem: Problem,
    rows: Mapping[str, Sequence[int]],
    letters: Mapping[tuple[str, str], str],
) -> Mistake:
    """A problem of a table, at its place in the workbook.

    `rows` has the row in Excel for each record of a table, `letters` the column for each header.
    """
    sheet = sheet_of(problem.sheet)
    numbers = rows.get(problem.sheet, ())
    column = sheet.column(problem.sheet, problem.column)
    header = column.header if column else ""
    return Mistake(
        sheet.title,
        _row(problem.row, numbers),
        letters.get((sheet.title, header), ""),
        header,
        _in_words(problem.mend, problem.sheet, numbers),
    )


def _row(number: int, rows: Sequence[int]) -> int:
    # The tables count the header as row 1, as Excel does, but know of no empty rows.
    return rows[number - 2] if 2 <= number < len(rows) + 2 else 0


def _in_words(mend: str, table: str, rows: Sequence[int]) -> str:
    known = _words(table)
    parts = _QUOTED.split(mend.replace("|", "、"))
    for at in range(0, len(parts), 2):  # what is quoted is the clerk's own
        part = _ROW.sub(lambda found: f"第{_row(int(found[1]), rows) or found[1]}行", parts[at])
        parts[at] = _IDENTIFIER.sub(lambda found: known.get(found[0], found[0]), part)
    return "".join(parts)


def _words(table: str) -> dict[str, str]:
    """Everything that the tables say in English, in the words of the workbook."""
    known: dict[str, str] = {}
    for name, column in sheet_of(table).columns_of(table):
        words = column.words_of(table)
        known |= {code: f"“{word}”" for code, word in words.shown.items()} if words else {}
        known[name] = f"“{column.header}”"
    return known
