"""From an open workbook to plain tables; everything that is wrong on the way is noted, not raised.

Sheets and columns are found by their names, in any order. Every record remembers its row, so that
what is found later between the sheets can be shown where the clerk sees it.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.worksheet.worksheet import Worksheet

from liandong.workbook.cells import CellValue, UnreadableCell, bare, plain
from liandong.workbook.columns import GUIDE, SHEETS
from liandong.workbook.file_kind import BadWorkbook
from liandong.workbook.headers import Header, find_headers
from liandong.workbook.layout import Sheet
from liandong.workbook.mistakes import Mistake
from liandong.workbook.opening import MOST_ROWS, OpenedFile
from liandong.workbook.unseen import hidden_parts, merged_parts
from liandong.workbook.words import squeezed

Records = list[dict[str, str]]
_UNCALCULATED = "公式没有计算结果：请在 Excel 里打开并保存一次，或者改成固定的内容"
_DIVISIONS_BY_LENGTH = {6: "county", 9: "township", 12: "village"}
_UNITS_BY_BEGINNING = {
    "township": "township_center",
    "group": "linkage_group",
    "village": "village_center",
    "county": "county_center",
    "discipline": "discipline_channel",
}


@dataclass(slots=True)
class Book:
    """What a workbook holds, and what is wrong with it so far."""

    tables: dict[str, Records] = field(default_factory=dict)
    rows: dict[str, list[int]] = field(default_factory=dict)
    """The row in Excel of each record of a table."""
    letters: dict[tuple[str, str], str] = field(default_factory=dict)
    """The column in Excel for (title of a sheet, header)."""
    mistakes: list[Mistake] = field(default_factory=list)
    unsure: set[tuple[str, int, str]] = field(default_factory=set)
    """Cells (sheet, row, header) whose content is not known: nothing more is said of them."""
    is_whole: bool = True
    """Whether all sheets, columns and codes and some rows are there.

    Only then it can be said what is wrong between them.
    """
    unread: list[str] = field(default_factory=list)
    """Sheets that do not belong here."""

    def note(self, sheet: Sheet, row: int, header: str, mend: str) -> None:
        """Note a mistake at a cell; row 0 is the whole sheet, an empty header the whole row."""
        letter = self.letters.get((sheet.title, header), "")
        self.mistakes.append(Mistake(sheet.title, row, letter, header, mend))
        if row and header:
            self.unsure.add((sheet.title, row, header))


def read_book(file: OpenedFile, progress: Callable[[str], None] = lambda title: None) -> Book:
    """Read all sheets. Raises `BadWorkbook` for what is no workbook at all."""
    book = Book()
    found = _sheets(file.written(), book)
    for sheet in SHEETS:
        progress(sheet.title)
        for table in sheet.tables:
            book.tables[table], book.rows[table] = [], []
        if worksheet := found.get(sheet.title):
            _SheetReader(sheet, worksheet, book, file).read()
    return book


def _sheets(workbook: Workbook, book: Book) -> dict[str, Worksheet]:
    by_title: dict[str, list[Worksheet]] = {}
    for worksheet in workbook.worksheets:
        by_title.setdefault(squeezed(worksheet.title), []).append(worksheet)
    found: dict[str, Worksheet] = {}
    for sheet in SHEETS:
        same = by_title.pop(sheet.title, [])
        if len(same) == 1:
            found[sheet.title] = same[0]
            continue
        book.is_whole = False
        mend = "有两张同名的工作表，请只留一张" if same else "缺少这张工作表，请补上"
        book.note(sheet, 0, "", mend)
    by_title.pop(GUIDE, None)
    book.unread = [each.title for others in by_title.values() for each in others]
    return found


@dataclass(slots=True)
class _SheetReader:
    """One sheet being read into the book."""

    sheet: Sheet
    worksheet: Worksheet
    book: Book
    file: OpenedFile
    headers: list[Header] = field(default_factory=list)
    results: Worksheet | None = None
    """What formulas came to; loaded only where there are formulas."""

    def read(self) -> None:
        if self.worksheet.max_row > MOST_ROWS:
            title = self.sheet.title
            raise BadWorkbook(f"工作表“{title}”超过 {MOST_ROWS} 行，请删掉数据下面的空行")
        self._find_headers()
        for merged in merged_parts(self.worksheet, self.headers):
            self.book.note(self.sheet, merged.row, merged.header, merged.mend)
            self.book.unsure.update((self.sheet.title, *cell) for cell in merged.cells)
        used = [row for row in range(2, self.worksheet.max_row + 1) if self._is_used(row)]
        for row in used:
            self._read_row(row)
        for hidden in hidden_parts(self.worksheet, self.headers, used):
            self.book.note(self.sheet, hidden.row, hidden.header, hidden.mend)
        if self.headers and not used and not self.sheet.may_be_empty:
            self.book.is_whole = False
            self.book.note(self.sheet, 0, "", "一行数据也没有，请填写")

    def _find_headers(self) -> None:
        found = find_headers(self.worksheet, self.sheet)
        self.headers = found.found
        self.book.is_whole = self.book.is_whole and found.is_whole
        for header in found.found:
            self.book.letters[self.sheet.title, header.column.header] = header.letter
        self.book.mistakes.extend(
            Mistake(self.sheet.title, 1, wrong.letter, wrong.header, wrong.mend)
            for wrong in found.wrong
        )

    def _is_used(self, row: int) -> bool:
        return any(not _is_blank(self._cell(row, each)) for each in self.headers)

    def _cell(self, row: int, header: Header) -> Cell | MergedCell:
        return self.worksheet.cell(row, header.at)

    def _read_row(self, row: int) -> None:
        table, level = self.sheet.tables[0], ""
        if len(self.sheet.tables) > 1:
            table, level = self._division_or_unit(row)
        record: dict[str, str] = {}
        for header in self.headers:
            column = header.column
            if table in column.fields:
                record[column.fields[table]] = self._noted(row, header, table)
            elif not _is_blank(self._cell(row, header)):
                self.book.note(self.sheet, row, column.header, "这一类别不填这一列，请清空")
        if level:
            record["level"] = level
        self.book.tables[table].append(record)
        self.book.rows[table].append(row)

    def _noted(self, row: int, header: Header, table: str) -> str:
        """The text of a cell, empty with a note where it cannot be read."""
        column = header.column
        is_said = (self.sheet.title, row, column.header) in self.book.unsure
        try:
            text = plain(column, table, self._value(row, header))
        except UnreadableCell as exc:
            text = ""
            if not is_said:
                self.book.note(self.sheet, row, column.header, str(exc))
                is_said = True
        if is_said and self.sheet.key[table] == (column.fields[table],):
            self.book.is_whole = False  # everything that names this row would look wrong
        return text

    def _value(self, row: int, header: Header) -> CellValue:
        cell = self._cell(row, header)
        if isinstance(cell, MergedCell):  # said already; what people see stands for the others
            cell = self._seen(cell)
        if cell.data_type == "f":
            if self.results is None:
                self.results = self.file.results()[self.worksheet.title]
            cell = self.results[cell.coordinate]
            if cell.value is None:
                raise UnreadableCell(_UNCALCULATED)
        if cell.data_type == "e":
            raise UnreadableCell(f"这一格是 {cell.value}（公式出错），请改成正确的内容")
        return cell.value  # type: ignore[return-value]  # a formula is none any more

    def _seen(self, cell: MergedCell) -> Cell | MergedCell:
        """The cell at the corner of a merged range."""
        for merged in self.worksheet.merged_cells.ranges:
            if cell.coordinate in merged:
                return self.worksheet.cell(merged.min_row, merged.min_col)
        return cell

    def _division_or_unit(self, row: int) -> tuple[str, str]:
        """The table of a row of 组织 and its level, guessed from the code where the word fails.

        With the guess one wrong word is one mistake, and not one more for everything below it.
        """
        column = self.sheet.columns[0]
        by_header = {header.column.header: header for header in self.headers}
        tables = self.sheet.tables
        mend = ""
        try:
            # A merged kind is that of the row above at best.
            is_merged = isinstance(self._cell(row, by_header[column.header]), MergedCell)
            value = None if is_merged else self._value(row, by_header[column.header])
            for table in tables:
                with suppress(UnreadableCell):
                    if level := plain(column, table, value):
                        return table, level
            mend = f"“{value}”不在可选值内" if value else "不能为空"
            mend = f"{mend}，请改为：{'、'.join(column.choices)}"
        except UnreadableCell as exc:
            mend = str(exc)
        except KeyError:  # the column itself is missing, which was said already
            return _guess("")
        if (self.sheet.title, row, column.header) not in self.book.unsure:
            self.book.note(self.sheet, row, column.header, mend)
        code = by_header.get("编码")
        return _guess(str(self._cell(row, code).value or "") if code else "")


def _guess(code: str) -> tuple[str, str]:
    if found := _DIVISIONS_BY_LENGTH.get(len(code) if code.isdecimal() else 0):
        return "divisions", found
    return "units", _UNITS_BY_BEGINNING.get(code.partition(":")[0], "county_unit")


def _is_blank(cell: Cell | MergedCell) -> bool:
    return cell.value is None or (isinstance(cell.value, str) and not bare(cell.value))
