"""From the tables of a county to a workbook in which a clerk can work.

What is written is read again cell by cell: a text that would come back as another one is refused
at once, and not discovered at the next import.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import BinaryIO

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from liandong.workbook.cells import UnreadableCell, alike, plain, shown
from liandong.workbook.columns import REFERENCE, SHEETS
from liandong.workbook.guide import add_guide
from liandong.workbook.layout import Column, Sheet
from liandong.workbook.names import Names, Tables
from routing.errors import LiandongError

_AS_TEXT = "@"
_ROOM = 500
"""Rows below the last one that have the lists and the format too."""
_MUST = PatternFill("solid", fgColor="FFF2CC")
_MAY = PatternFill("solid", fgColor="E2EFDA")
_TO_DO = PatternFill("solid", fgColor="F4B084")
_REFERENCE = PatternFill("solid", fgColor="EDEDED")
_BOLD = Font(bold=True)
_PALE = Font(color="808080", italic=True)
_LINE = Border(bottom=Side("thin", color="808080"))
_UNIT_LEVELS = (
    "county_center",
    "discipline_channel",
    "county_unit",
    "township_center",
    "linkage_group",
    "village_center",
)
_DIGITS = re.compile(r"(\d+)")


class CannotExport(LiandongError):
    """县的数据里有工作簿装不下的内容；请先改掉它。"""


def row_count(tables: Tables) -> int:
    """How many rows there are to write."""
    return sum(len(tables.get(table, ())) for sheet in SHEETS for table in sheet.tables)


def write_book(tables: Tables, file: BinaryIO, progress: Callable[[], None] = lambda: None) -> None:
    """Write all sheets. `progress` is called for each row. Raises `CannotExport`."""
    workbook = Workbook()
    first = workbook.active
    if isinstance(first, Worksheet):
        add_guide(first, is_sample=is_sample(tables))
    names = Names(tables)
    for sheet in SHEETS:
        _write_sheet(workbook.create_sheet(sheet.title), sheet, tables, names, progress)
    workbook.save(file)


def is_sample(tables: Tables) -> bool:
    """Whether the people are invented ones."""
    return any("示例" in row.get("name", "") for row in tables.get("cadres", ()))


def _write_sheet(
    worksheet: Worksheet, sheet: Sheet, tables: Tables, names: Names, progress: Callable[[], None]
) -> None:
    at = 0
    for column in sheet.columns:
        at += 1
        _head(worksheet, at, column)
        if column.shows:
            at += 1
            _head_of_reference(worksheet, at, column)
    row = 1
    for table in sheet.tables:
        for record in _ordered(table, tables):
            row += 1
            _write_row(worksheet, row, sheet, table, record, names)
            progress()
    _finish(worksheet, sheet, row, at)


def _head(worksheet: Worksheet, at: int, column: Column) -> None:
    cell = worksheet.cell(1, at, column.header)
    cell.fill = _MUST if column.must else _MAY
    cell.font, cell.border = _BOLD, _LINE
    cell.comment = Comment(_advice(column), "联动", height=120, width=260)
    dimension = worksheet.column_dimensions[get_column_letter(at)]
    dimension.width = column.width
    dimension.number_format = _AS_TEXT


def _head_of_reference(worksheet: Worksheet, at: int, column: Column) -> None:
    cell = worksheet.cell(1, at, f"{column.shows}{REFERENCE}")
    cell.fill, cell.font, cell.border = _REFERENCE, _PALE, _LINE
    words = f"方便核对“{column.header}”，导出时写上，导入时不读：改这里没有用"
    cell.comment = Comment(words, "联动", height=80, width=260)
    worksheet.column_dimensions[get_column_letter(at)].width = 22


def _advice(column: Column) -> str:
    words = [f"{'必填。' if column.must else ''}{column.meaning}"]
    if column.choices:
        rest = "" if column.is_closed else "；也可以写县自己的"
        words.append(f"可填：{'、'.join(column.choices)}{rest}")
    return "\n".join(words)


def _write_row(
    worksheet: Worksheet,
    row: int,
    sheet: Sheet,
    table: str,
    record: Mapping[str, str],
    names: Names,
) -> None:
    at = 0
    for column in sheet.columns:
        at += 1
        text = record.get(column.fields.get(table, ""), "")
        if text:
            words = _safely(column, table, text, f"{sheet.title}第{row}行“{column.header}”")
            _put(worksheet, row, at, words)
            if text == column.alert:
                worksheet.cell(row, at).fill = _TO_DO
        if column.shows:
            at += 1
            name = ILLEGAL_CHARACTERS_RE.sub("", names.of(column.names, text))
            _put(worksheet, row, at, name, _PALE)


def _put(worksheet: Worksheet, row: int, at: int, text: str, font: Font | None = None) -> None:
    cell = worksheet.cell(row, at, text)
    # Also what begins with “=” is a text: a name must not become a formula.
    cell.data_type = "s"
    cell.number_format = _AS_TEXT
    if font is not None:
        cell.font = font


def _safely(column: Column, table: str, text: str, where: str) -> str:
    """The words for a text, if they come back as the same text."""
    words = shown(column, table, text)
    try:
        back = plain(column, table, words)
    except UnreadableCell as exc:
        raise CannotExport(f"{where}：{exc}") from exc
    if back != alike(column, text) or ILLEGAL_CHARACTERS_RE.search(words):
        raise CannotExport(f"{where}的内容“{text}”写进 Excel 会变样，请先改掉")
    return words


def _finish(worksheet: Worksheet, sheet: Sheet, last: int, width: int) -> None:
    worksheet.freeze_panes = "C2" if sheet.columns[0].names else "B2"
    worksheet.auto_filter.ref = f"A1:{get_column_letter(width)}{max(last, 2)}"
    worksheet.row_dimensions[1].height = 22
    for at in range(1, width + 1):
        worksheet.cell(1, at).alignment = Alignment(vertical="center")
    at = 0
    for column in sheet.columns:
        at += 1
        if column.choices and not column.many:
            _add_list(worksheet, column, f"{get_column_letter(at)}2", last + _ROOM)
        at += bool(column.shows)


def _add_list(worksheet: Worksheet, column: Column, first: str, last: int) -> None:
    rule = DataValidation(
        type="list",
        formula1=f'"{",".join(column.choices)}"',
        allow_blank=True,
        showErrorMessage=column.is_closed,
        errorTitle=column.header,
        error="请从下拉列表里选",
    )
    rule.add(f"{first}:{first.rstrip('2')}{last}")
    worksheet.add_data_validation(rule)


def _ordered(table: str, tables: Tables) -> list[Mapping[str, str]]:
    """The rows as a clerk looks for them; shifts stay as they are, their order has a meaning."""
    rows = list(tables.get(table, ()))
    if table == "duty":
        return rows
    return sorted(rows, key=lambda row: _order(table, row))


def _order(table: str, row: Mapping[str, str]) -> list[tuple[int, int, str]]:
    if table == "units":
        level = row["level"]
        rank = _UNIT_LEVELS.index(level) if level in _UNIT_LEVELS else len(_UNIT_LEVELS)
        return [(0, 0, row["township_code"]), (0, rank, ""), *_natural(row["code"])]
    if table == "catalogue":
        return [(0, 0, row["group"]), *_natural(row["matter"])]
    if table == "aliases":
        return [*_natural(row["code"]), (0, 0, row["alias"])]
    if table == "precedents":
        return [*_natural(row["matter"]), (0, 0, row["township_code"])]
    if table == "hours":
        return [*_natural(row["applies_to"]), (0, 0, row["season_from"])]
    return _natural(
        row["id"] if table == "cadres" else row["day" if table == "holidays" else "code"]
    )


def _natural(text: str) -> list[tuple[int, int, str]]:
    """c9 before c10."""
    parts = _DIGITS.split(text)
    return [(1, int(part), "") if part.isdecimal() else (0, 0, part) for part in parts]
