"""Which column of a sheet is which, by the words in its first row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from liandong.workbook.columns import is_reference
from liandong.workbook.layout import Column, Sheet
from liandong.workbook.words import squeezed

_MOST_COLUMNS = 200
_ROWS_TO_LOOK_AT = 10
_SIMILAR = 0.5


@dataclass(frozen=True, slots=True)
class Header:
    """A column of ours and where it is; columns of Excel are counted from 1."""

    column: Column
    at: int

    @property
    def letter(self) -> str:
        """The column as Excel names it."""
        return get_column_letter(self.at)


@dataclass(frozen=True, slots=True)
class WrongHeader:
    """`at` 0 is a header that is nowhere."""

    at: int
    header: str
    mend: str

    @property
    def letter(self) -> str:
        """The column as Excel names it."""
        return get_column_letter(self.at) if self.at else ""


@dataclass(slots=True)
class Headers:
    """What was found; `is_whole` when no column is missing."""

    found: list[Header] = field(default_factory=list)
    wrong: list[WrongHeader] = field(default_factory=list)
    is_whole: bool = True


def find_headers(worksheet: Worksheet, sheet: Sheet) -> Headers:
    """The columns of a sheet, and every header that is missing, renamed or there twice."""
    written = _texts(worksheet, 1)
    headers = Headers()
    if not _known(written, sheet):
        headers.is_whole = False
        headers.wrong.append(WrongHeader(0, "", _no_header_mend(worksheet, sheet)))
        return headers
    strangers = _strangers(written, sheet)
    for column in sheet.columns:
        places = [at for at, text in written.items() if text == squeezed(column.header)]
        if len(places) == 1:
            headers.found.append(Header(column, places[0]))
            continue
        headers.is_whole = headers.is_whole and not places and column.may_lack
        if places:
            mend = f"表头“{column.header}”有 {len(places)} 列，请只留一列"
            headers.wrong.append(WrongHeader(places[1], column.header, mend))
        elif wrong := _missing(column, strangers):
            headers.wrong.append(wrong)
    headers.wrong.extend(
        WrongHeader(at, text, f"不认识表头“{text}”，请删掉这一列，或者改成“备注”")
        for at, text in strangers.items()
    )
    return headers


def _texts(worksheet: Worksheet, row: int) -> dict[int, str]:
    last = min(worksheet.max_column, _MOST_COLUMNS)
    values = {at: worksheet.cell(row, at).value for at in range(1, last + 1)}
    texts = {at: squeezed(str(value)) for at, value in values.items() if value is not None}
    return {at: text for at, text in texts.items() if text}


def _known(written: dict[int, str], sheet: Sheet) -> int:
    return len(set(written.values()) & {squeezed(column.header) for column in sheet.columns})


def _strangers(written: dict[int, str], sheet: Sheet) -> dict[int, str]:
    ours = {squeezed(column.header) for column in sheet.columns}
    return {at: text for at, text in written.items() if text not in ours and not is_reference(text)}


def _no_header_mend(worksheet: Worksheet, sheet: Sheet) -> str:
    for row in range(2, min(worksheet.max_row, _ROWS_TO_LOOK_AT) + 1):
        if _known(_texts(worksheet, row), sheet) > 1:
            return f"表头应在第1行，现在在第{row}行，请删掉它上面的行"
    return f"第1行应是表头：{_list(sheet.columns)}"


def _list(columns: Sequence[Column]) -> str:
    return "、".join(column.header for column in columns)


def _missing(column: Column, strangers: dict[int, str]) -> WrongHeader | None:
    """A missing header; a stranger that looks like it is taken for it, and is none any more.

    None where the column may be missing and nothing looks like it.
    """
    wanted = squeezed(column.header)
    ratios = {at: SequenceMatcher(None, wanted, text).ratio() for at, text in strangers.items()}
    at = max(ratios, key=lambda each: ratios[each], default=0)
    if at and ratios[at] >= _SIMILAR:
        written = strangers.pop(at)
        return WrongHeader(at, column.header, f"表头“{written}”应为“{column.header}”，请改回来")
    if column.may_lack:
        return None
    return WrongHeader(0, column.header, f"缺少“{column.header}”这一列，请补上表头")
