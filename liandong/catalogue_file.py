"""A dispatch catalogue that somebody wants to try: a CSV file, or a county workbook's sheet."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

from liandong.workbook.columns import CATALOGUE
from liandong.workbook.mistakes import Mistake, translated
from liandong.workbook.opening import OpenedFile
from liandong.workbook.reading import read_book
from routing.catalogue import SHEET, CatalogueRow
from routing.county import County
from routing.errors import LiandongError
from routing.problems import CountyDataError, Problem
from routing.proposal import Proposal, propose

COLUMNS = tuple(field.name for field in fields(CatalogueRow))
WORKBOOK = ".xlsx"
Rows = list[dict[str, str]]


class BadCatalogue(LiandongError):
    """这份派单目录不能用；请把上面列出的地方改好，再试一次。"""

    def __init__(self, what: str, mistakes: Sequence[Mistake] = ()) -> None:
        super().__init__(what)
        self.mistakes = tuple(mistakes)
        """Each with its place in the file; empty when the file could not be read at all."""


@dataclass(frozen=True, slots=True)
class CatalogueFile:
    """The rows of a file, and how a problem of them is said in its terms."""

    name: str
    rows: Rows
    numbers: Sequence[int]
    """The row of each record as a spreadsheet shows it."""
    letters: Mapping[tuple[str, str], str] | None = None
    """The columns of a workbook; None for a CSV file."""

    def mistake(self, problem: Problem) -> Mistake:
        """Where it is in the file, and how to mend it."""
        if self.letters is not None:
            return translated(problem, {SHEET: self.numbers}, self.letters)
        row = self.numbers[problem.row - 2] if problem.row >= 2 else 0
        return Mistake(self.name, row, "", problem.column, problem.mend)


def read_proposal(path: Path, county: County) -> tuple[Proposal, list[Mistake]]:
    """The county with the catalogue of a file, and what an import would still refuse of it.

    Raises `BadCatalogue` with every mistake of the file, in the words of an import.
    """
    file = _workbook(path) if path.suffix.lower() == WORKBOOK else _csv(path)
    try:
        proposal = propose(county, file.rows)
    except CountyDataError as exc:
        raise _bad(file.name, [file.mistake(problem) for problem in exc.problems]) from exc
    return proposal, [_said(file, problem) for problem in proposal.missing]


def _said(file: CatalogueFile, problem: Problem) -> Mistake:
    """What concerns other sheets is not in the file, and named as it is in a workbook."""
    return file.mistake(problem) if problem.sheet == SHEET else translated(problem, {}, {})


def _bad(name: str, mistakes: Sequence[Mistake]) -> BadCatalogue:
    return BadCatalogue(f"{name} 有 {len(mistakes)} 处要改，没有往下做", mistakes)


def _workbook(path: Path) -> CatalogueFile:
    """The sheet 派单目录; what else is wrong with a workbook is said when it is imported."""
    book = read_book(OpenedFile(path))
    mistakes = [each for each in book.mistakes if each.sheet == CATALOGUE.title]
    if mistakes:
        raise _bad(path.name, mistakes)
    return CatalogueFile(path.name, book.tables[SHEET], book.rows[SHEET], book.letters)


def _csv(path: Path) -> CatalogueFile:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            lines = list(enumerate(csv.reader(file, strict=True), 1))
    except (OSError, UnicodeDecodeError, csv.Error) as exc:
        mend = "请在表格软件里另存为“CSV UTF-8（逗号分隔）”再试"
        raise BadCatalogue(f"{path.name} 读不出来。{mend}") from exc
    header = [name.strip() for name in lines[0][1]] if lines else []
    filled = [(number, cells) for number, cells in lines[1:] if any(map(str.strip, cells))]
    mistakes = [Mistake(path.name, 1, "", *each) for each in _wrong_columns(header)]
    mistakes += [
        Mistake(path.name, number, "", "", "这一行的格子比表头多：含逗号的内容要用引号括起来")
        for number, cells in filled
        if any(map(str.strip, cells[len(header) :]))
    ]
    if mistakes:
        raise _bad(path.name, mistakes)
    # A short line lacks cells at its end: they are empty.
    rows = [
        dict.fromkeys(COLUMNS, "") | dict(zip(header, cells, strict=False)) for _, cells in filled
    ]
    return CatalogueFile(path.name, rows, [number for number, _ in filled])


def _wrong_columns(header: Sequence[str]) -> Iterator[tuple[str, str]]:
    for column in COLUMNS:
        if column not in header:
            yield column, "缺少这一列，请补上"
        elif header.count(column) > 1:
            yield column, "这一列有两个，请只留一个"
