"""What a clerk does not see as it is read: hidden rows and columns, merged cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from openpyxl.worksheet.worksheet import Worksheet

from liandong.workbook.headers import Header


@dataclass(frozen=True, slots=True)
class Unseen:
    """What to mend, where it begins, and the cells whose content is not known because of it."""

    row: int
    header: str
    mend: str
    cells: tuple[tuple[int, str], ...] = ()


def merged_parts(worksheet: Worksheet, headers: Sequence[Header]) -> Iterator[Unseen]:
    """Every merged range that touches a column of ours."""
    for merged in worksheet.merged_cells.ranges:
        touched = [each for each in headers if merged.min_col <= each.at <= merged.max_col]
        if not touched:
            continue
        names = [each.column.header for each in touched]
        rows = range(merged.min_row, min(merged.max_row, worksheet.max_row) + 1)
        yield Unseen(
            merged.min_row,
            names[0],
            f"{merged.coord} 是合并的单元格，请取消合并，每一格都填上",
            tuple((row, name) for row in rows for name in names),
        )


def hidden_parts(
    worksheet: Worksheet, headers: Sequence[Header], used: Sequence[int]
) -> Iterator[Unseen]:
    """Hidden rows (of those that are `used`) and columns, and a hidden sheet."""
    if worksheet.sheet_state != "visible":
        yield Unseen(0, "", "这张工作表是隐藏的，请取消隐藏，核对后再导入")
    for first, last in _runs([row for row in used if _is_hidden(worksheet, row)]):
        rows = f"第{first}行" if first == last else f"第{first}到{last}行"
        yield Unseen(first, "", f"{rows}是隐藏的（可能开着筛选），请取消隐藏，核对后再导入")
    hidden = {
        at
        for each in worksheet.column_dimensions.values()
        if each.hidden and each.min and each.max
        for at in range(each.min, each.max + 1)
    }
    for header in headers:
        if header.at in hidden:
            yield Unseen(0, header.column.header, "这一列是隐藏的，请取消隐藏，核对后再导入")


def _is_hidden(worksheet: Worksheet, row: int) -> bool:
    found = worksheet.row_dimensions.get(row)
    return found is not None and bool(found.hidden)


def _runs(rows: Sequence[int]) -> list[tuple[int, int]]:
    """Neighbouring rows as one: 4, 5, 6, 9 are (4, 6), (9, 9)."""
    runs: list[tuple[int, int]] = []
    for row in rows:
        if runs and row == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], row)
        else:
            runs.append((row, row))
    return runs
