"""The sheet at the front (说明): what belongs into which column, for the clerk. Never read."""

from __future__ import annotations

from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from liandong.workbook.columns import GUIDE, REFERENCE, REMARK, SHEETS

_HEADERS = ("工作表", "列", "必填", "怎么填", "可填的内容")
_WIDTHS = (12, 20, 8, 60, 60)
_RULES = (
    "黄色表头的列必填，绿色的可以不填；灰色、带“（参考）”的列只供核对，导入时不读。",
    f"工作表名和表头不要改；列可以换顺序，也可以加“{REMARK}”列写自己的话。",
    "一格里有几项时用“、”隔开。编码、日期、时间的格都是文本格式，请不要改。",
    "不要合并单元格，不要留着筛选或隐藏的行。空行没有关系。",
    "值班：每周的班填星期；只值一天的（节假日、临时调班）另写一行，填日期；请假、换班不用改这里，干部自己在机器人或工作页上说。",
    "停用的区划和网格不要删掉：填上停用日期和承接编码，旧工单还要用。",
    "改好以后先运行 liandong county import 文件名 --dry-run，看清要改什么，再去掉 --dry-run。",
)
_SAMPLE = "这是样例，不是真的：人员都是编造的，名字里有“示例”二字。正式使用前请全部换掉。"


def add_guide(worksheet: Worksheet, *, is_sample: bool) -> None:
    """Fill the sheet."""
    worksheet.title = GUIDE
    worksheet.append(["县域数据工作簿"])
    worksheet["A1"].font = Font(bold=True, size=16)
    if is_sample:
        worksheet.append([_SAMPLE])
        worksheet["A2"].font = Font(bold=True, color="C00000")
    for rule in _RULES:
        worksheet.append([rule])
    worksheet.append([])
    worksheet.append(_HEADERS)
    head = worksheet.max_row
    for cell in worksheet[head]:
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="D9E1F2")
    for line in guide_rows():
        worksheet.append(line)
    for column, width in zip("ABCDE", _WIDTHS, strict=True):
        worksheet.column_dimensions[column].width = width
    for row in worksheet.iter_rows(min_row=head + 1, min_col=4, max_col=5):
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")


def guide_rows() -> list[tuple[str, str, str, str, str]]:
    """One line for each column: sheet, header, must, meaning, words."""
    lines = []
    for sheet in SHEETS:
        for column in sheet.columns:
            rest = "" if column.is_closed or not column.choices else "，或县自己的"
            must = "必填" if column.must else ""
            choices = f"{'、'.join(column.choices)}{rest}"
            lines.append((sheet.title, column.header, must, column.meaning, choices))
            if column.shows:
                note = f"方便核对“{column.header}”，导入时不读"
                lines.append((sheet.title, f"{column.shows}{REFERENCE}", "", note, ""))
    return lines
