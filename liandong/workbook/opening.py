"""A file that a clerk hands in becomes an open workbook, or one sentence about what it is instead.

What would keep the machine busy for hours is refused before openpyxl unpacks it: a zip bomb, a
merged range as large as the sheet, a stray cell in the last row that Excel has.
"""

from __future__ import annotations

import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.utils.cell import range_boundaries

from routing.errors import LiandongError

LARGEST_FILE = 10 * 2**20
LARGEST_UNPACKED = 40 * 2**20
MOST_PARTS = 500
MOST_ROWS = 20_000
MOST_CELLS_IN_A_RANGE = 100_000
"""The sample county has 0.1 MB, 0.7 MB unpacked, and 606 rows in its longest sheet."""

_OLD_OFFICE = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*?\sr=[\"'](\d+)")
_RANGE = re.compile(
    rb"<(?:\w+:)?(?:mergeCell|hyperlink)\b[^>]*?\sref=[\"']([^\"']{1,40}:[^\"']{1,40})"
)
_DECLARATIONS = (b"<!DOCTYPE", b"<!ENTITY")
_AS_XLSX = "请用 Excel 或 WPS 打开它，另存为“Excel 工作簿(.xlsx)”后再导入"


class BadWorkbook(LiandongError):
    """这个文件不能导入；请用 liandong county export 导出一份，在它上面修改。"""


class OpenedFile:
    """The bytes of a workbook, checked; opened once for what is written, once for results."""

    def __init__(self, path: Path) -> None:
        self.name = path.name
        self._data = _bytes(path)
        _check_kind(self._data, self.name)
        _check_parts(self._data, self.name)

    def written(self) -> Workbook:
        """The workbook with formulas as they were written."""
        return self._load(results=False)

    def results(self) -> Workbook:
        """The workbook with what Excel last calculated in place of the formulas."""
        return self._load(results=True)

    def _load(self, *, results: bool) -> Workbook:
        try:
            with warnings.catch_warnings():
                # It warns of decorations that it cannot keep; nothing is kept here.
                warnings.simplefilter("ignore")
                return load_workbook(BytesIO(self._data), data_only=results, keep_links=False)
        except Exception as exc:
            # A damaged file fails in the reader with whatever the damage leads to.
            raise BadWorkbook(f"{self.name} 已经损坏，读不出来。{_AS_XLSX}") from exc


def _bytes(path: Path) -> bytes:
    if not path.exists():
        raise BadWorkbook(f"没有 {path} 这个文件，请核对文件名和所在的文件夹")
    if not path.is_file():
        raise BadWorkbook(f"{path} 不是文件，请写上工作簿的文件名")
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise BadWorkbook(_too_large(path.name, "文件"))
        return path.read_bytes()
    except OSError as exc:
        raise BadWorkbook(f"{path} 读不了（{exc.strerror}），请检查权限") from exc


def _too_large(name: str, what: str) -> str:
    return (
        f"{name} 的{what}太大（文件最多 {LARGEST_FILE >> 20} MB，解压后最多 "
        f"{LARGEST_UNPACKED >> 20} MB）：请删掉图片、多余的工作表和数据下面的空行"
    )


def _check_kind(data: bytes, name: str) -> None:
    if data.startswith(_OLD_OFFICE):
        if _ENCRYPTED in data:
            raise BadWorkbook(f"{name} 有密码：请打开后取消“用密码进行加密”，保存后再导入")
        raise BadWorkbook(f"{name} 是旧版 Excel 文件(.xls)。{_AS_XLSX}")
    if not data:
        raise BadWorkbook(f"{name} 是空文件，请核对是不是传错了")
    if not zipfile.is_zipfile(BytesIO(data)):
        kind = "像是文本(CSV)改了扩展名" if b"\0" not in data[:4096] else "不是 Excel 工作簿"
        raise BadWorkbook(f"{name} {kind}，不能导入。{_AS_XLSX}")


def _check_parts(data: bytes, name: str) -> None:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS or sum(p.file_size for p in parts) > LARGEST_UNPACKED:
                raise BadWorkbook(_too_large(name, "内容"))
            if any(part.flag_bits & 1 for part in parts):
                raise BadWorkbook(f"{name} 是加密的压缩包。{_AS_XLSX}")
            if not _is_workbook([part.filename for part in parts]):
                raise BadWorkbook(f"{name} 是压缩包或别的文档，不是 Excel 工作簿。{_AS_XLSX}")
            for content in _contents(archive):
                _check_content(content, name)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as exc:
        raise BadWorkbook(f"{name} 已经损坏，读不出来。{_AS_XLSX}") from exc


def _contents(archive: zipfile.ZipFile) -> Iterator[bytes]:
    for part in archive.infolist():
        if part.filename.endswith((".xml", ".rels", ".vml")):
            yield archive.read(part)


def _check_content(content: bytes, name: str) -> None:
    if any(word in content for word in _DECLARATIONS):
        raise BadWorkbook(f"{name} 里有不该有的内容（XML 实体），不能导入。{_AS_XLSX}")
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


def _is_workbook(parts: Sequence[str]) -> bool:
    books = [name for name in parts if name.startswith("xl/workbook") and name.endswith(".xml")]
    return bool(books) and "[Content_Types].xml" in parts
