"""A file that a clerk hands in becomes an open workbook, or one sentence about what it is instead.

What would keep the machine busy for hours is refused before openpyxl unpacks it: a zip bomb, a
merged range as large as the sheet, a stray cell in the last row that Excel has.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook
from openpyxl.utils.cell import range_boundaries

from liandong.workbook.file_kind import (
    AS_XLSX,
    DAMAGE,
    BadWorkbook,
    damaged,
    loaded,
    refuse_other_archives,
    refuse_other_kinds,
    size_of,
    unreadable,
)

LARGEST_FILE = 10 * 2**20
LARGEST_UNPACKED = 40 * 2**20
MOST_PARTS = 500
MOST_ROWS = 20_000
MOST_CELLS_IN_A_RANGE = 100_000
"""The sample county has 0.1 MB, 0.7 MB unpacked, and 606 rows in its longest sheet."""

_ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*?\sr=[\"'](\d+)")
_RANGE = re.compile(
    rb"<(?:\w+:)?(?:mergeCell|hyperlink)\b[^>]*?\sref=[\"']([^\"']{1,40}:[^\"']{1,40})"
)
_DECLARATIONS = (b"<!DOCTYPE", b"<!ENTITY")


class OpenedFile:
    """The bytes of a workbook, checked; opened once for what is written, once for results."""

    def __init__(self, path: Path) -> None:
        self.name = path.name
        self._data = _bytes(path)
        refuse_other_kinds(self._data, BytesIO(self._data), self.name)
        _check_parts(self._data, self.name)

    def written(self) -> Workbook:
        """The workbook with formulas as they were written."""
        return loaded(BytesIO(self._data), self.name, results=False)

    def results(self) -> Workbook:
        """The workbook with what Excel last calculated in place of the formulas."""
        return loaded(BytesIO(self._data), self.name, results=True)


def _bytes(path: Path) -> bytes:
    if size_of(path) > LARGEST_FILE:
        raise BadWorkbook(_too_large(path.name, "文件"))
    try:
        return path.read_bytes()
    except OSError as exc:
        raise unreadable(path, exc) from exc


def _too_large(name: str, what: str) -> str:
    return (
        f"{name} 的{what}太大（文件最多 {LARGEST_FILE >> 20} MB，解压后最多 "
        f"{LARGEST_UNPACKED >> 20} MB）：请删掉图片、多余的工作表和数据下面的空行"
    )


def _check_parts(data: bytes, name: str) -> None:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS or sum(p.file_size for p in parts) > LARGEST_UNPACKED:
                raise BadWorkbook(_too_large(name, "内容"))
            refuse_other_archives(parts, name)
            for content in _contents(archive):
                _check_content(content, name)
    except DAMAGE as exc:
        raise damaged(name) from exc


def _contents(archive: zipfile.ZipFile) -> Iterator[bytes]:
    for part in archive.infolist():
        if part.filename.endswith((".xml", ".rels", ".vml")):
            yield archive.read(part)


def _check_content(content: bytes, name: str) -> None:
    if any(word in content for word in _DECLARATIONS):
        raise BadWorkbook(f"{name} 里有不该有的内容（XML 实体），不能导入。{AS_XLSX}")
    last = max((int(found[1]) for found in _ROW.finditer(content)), default=0)
    if last > MOST_ROWS:
        raise BadWorkbook(
            f"{name} 有工作表用到了第 {last} 行，最多 {MOST_ROWS} 行：请选中数据下面的空行，"
            "右键“删除”，保存后再导入"
        )
    for found in _RANGE.finditer(content):
        where = found[1].decode("ascii", "replace")
        if _cells(where) > MOST_CELLS_IN_A_RANGE:
            raise BadWorkbook(f"{name} 里 {where} 整片合并或做成了链接，请取消后再导入")


def _cells(where: str) -> int:
    left, top, right, bottom = range_boundaries(where)
    return ((right or 0) - (left or 0) + 1) * ((bottom or 0) - (top or 0) + 1)
