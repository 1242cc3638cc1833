"""The sheets of the workbook and their headers, for its page."""

from __future__ import annotations

from liandong.workbook.columns import SHEETS
from liandong.workbook.layout import Column

_HOLDS = {
    "组织": "divisions and units",
    "网格": "grids and their leaders",
    "人员": "people",
    "值班": "shifts, in the order in which they are looked through",
    "派单目录": "which unit handles which matter",
    "别名": "other names of places",
    "两新组织": "new economic and social organisations",
    "节假日": "public holidays and make-up workdays",
    "作息": "office hours of the county, of a level or of one unit, by season",
    "先例": "rulings of the county centre that hold for the next tickets",
    "知识库": "answers to questions about services, and slots that wait for one",
}


def sheets_table() -> str:
    """One row for each sheet; headers that must be filled in are bold."""
    lines = ["| sheet | holds | headers |", "|---|---|---|"]
    for sheet in SHEETS:
        headers = "、".join(_header(column) for column in sheet.columns)
        empty = "; may be empty" if sheet.may_be_empty else ""
        lines.append(f"| {sheet.title} | {_HOLDS[sheet.title]}{empty} | {headers} |")
    return "\n".join(lines)


def _header(column: Column) -> str:
    return f"**{column.header}**" if column.must else column.header
