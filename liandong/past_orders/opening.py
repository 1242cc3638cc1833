"""Opens a workbook of past work orders row by row: a hundred thousand rows fit in little memory."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from openpyxl.utils.cell import range_boundaries

from liandong.workbook.file_kind import (
    DAMAGE,
    BadWorkbook,
    damaged,
    loaded,
    refuse_other_archives,
    refuse_other_kinds,
    size_of,
    unreadable,
)

LARGEST_FILE = 100 * 2**20
LARGEST_UNPACKED = 1024 * 2**20
MOST_ROWS = 200_000
MOST_COLUMNS = 200
LONGEST_CELL = 4_000
_LOOKED_AT = 20
"""Rows in which the line of headers is looked for."""
_MERGED = re.compile(rb"<mergeCell\b[^>]*?\sref=\"([A-Z0-9:]{3,40})\"")
_FORMULA = re.compile(rb"<c\b[^>]*?\sr=\"([A-Z]{1,3})\d+\"[^>]*?><f\b")
_CHUNK = 1 << 20

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Orders:
    """One sheet: its headers and where its rows begin (lines of Excel, from 1)."""

    sheet: str
    titles: tuple[str, ...]
    first: int
    rows: tuple[Row, ...]
    merged: frozenset[int]
    """Columns (from 0) with merged cells below the headers."""
    formulas: frozenset[int]
    """Columns in which formulas stand: what Excel last calculated is read."""


def read_orders(path: Path, sheet: str = "") -> Orders:
    """The rows of one sheet, as text. Raises `BadWorkbook` with what to do about it."""
    _check(path)
    with _opened(path) as (titles, names, rows):
        if not titles:
            raise BadWorkbook(f"{path.name} 里没有工作表")
        if sheet and sheet not in titles:
            raise BadWorkbook(f"没有工作表“{sheet}”，有：{'、'.join(titles)}")
        title = sheet or titles[0]
        table = [*islice(rows(title), MOST_ROWS + 1)]
        inner = names[title]
    if len(table) > MOST_ROWS:
        raise BadWorkbook(f"{path.name} 超过 {MOST_ROWS} 行，请分成几个文件导入")
    at = _headers_at(table)
    if at is None:
        raise BadWorkbook(f"工作表“{title}”里没有数据：要有一行表头，下面每行一件工单")
    merged, formulas = _special_cells(path, inner, at + 1)
    return Orders(title, table[at], at + 2, tuple(table[at + 1 :]), merged, formulas)


def _headers_at(table: Sequence[Row]) -> int | None:
    """The first line with two texts and with lines below; a title above it may be merged."""
    for at, row in enumerate(table[:_LOOKED_AT]):
        if sum(bool(cell) for cell in row) >= 2:
            return at if any(any(each) for each in table[at + 1 :]) else None
    return None


@contextmanager
def _opened(
    path: Path,
) -> Iterator[tuple[list[str], dict[str, str], Callable[[str], Iterator[Row]]]]:
    book = loaded(path, path.name, results=True, row_by_row=True)
    try:
        parts = {each.title: getattr(each, "_worksheet_path", "") for each in book.worksheets}

        def rows(title: str) -> Iterator[Row]:
            worksheet = book[title]
            worksheet.reset_dimensions()  # what the file says of its size may be wrong
            for cells in worksheet.iter_rows(max_col=MOST_COLUMNS, values_only=True):
                yield tuple(_text(cell) for cell in cells)

        yield [each.title for each in book.worksheets], parts, rows
    finally:
        book.close()


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip()[:LONGEST_CELL]


def _special_cells(path: Path, part: str, header: int) -> tuple[frozenset[int], frozenset[int]]:
    """Columns with merged cells below the headers, and columns with formulas, from the sheet's own
    text: the row by row reader tells neither."""
    merged: set[int] = set()
    formulas: set[int] = set()
    with zipfile.ZipFile(path) as archive:
        name = part.lstrip("/")
        if name not in archive.namelist():
            return frozenset(), frozenset()
        with archive.open(name) as content:
            rest = b""
            while chunk := content.read(_CHUNK):
                piece = rest + chunk
                for found in _MERGED.finditer(piece):
                    left, _, right, bottom = range_boundaries(found[1].decode("ascii"))
                    if (bottom or 0) > header:
                        merged.update(range((left or 1) - 1, right or 1))
                for found in _FORMULA.finditer(piece):
                    formulas.add((range_boundaries(f"{found[1].decode('ascii')}1")[0] or 1) - 1)
                rest = piece[-200:]
    return frozenset(merged), frozenset(formulas)


def _check(path: Path) -> None:
    size = size_of(path)
    if size > LARGEST_FILE:
        raise BadWorkbook(f"{path.name} 太大（最多 {LARGEST_FILE >> 20} MB），请分成几个文件导入")
    try:
        with path.open("rb") as file:
            begin = file.read(4096)
    except OSError as exc:
        raise unreadable(path, exc) from exc
    refuse_other_kinds(begin, path, path.name)
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except DAMAGE as exc:
        raise damaged(path.name) from exc
    if sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise BadWorkbook(f"{path.name} 解压后太大，请删掉图片和多余的工作表")
    refuse_other_archives(parts, path.name)
