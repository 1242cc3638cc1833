"""What a handed-in file is when it is no workbook, in one sentence for whoever handed it in."""

from __future__ import annotations

import warnings
import zipfile
import zlib
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook, load_workbook

from routing.errors import LiandongError

_OLD_OFFICE = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
AS_XLSX = "请用 Excel 或 WPS 打开它，另存为“Excel 工作簿(.xlsx)”后再导入"
DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError)
"""What reading a damaged archive leads to."""

Source = Path | BytesIO
"""A file in its place, or its bytes."""


class BadWorkbook(LiandongError):
    """这个文件不能导入；请用 liandong county export 导出一份，在它上面修改。"""


def size_of(path: Path) -> int:
    """Bytes of a file that is there. Raises `BadWorkbook`."""
    if not path.exists():
        raise BadWorkbook(f"没有 {path} 这个文件，请核对文件名和所在的文件夹")
    if not path.is_file():
        raise BadWorkbook(f"{path} 不是文件，请写上工作簿的文件名")
    try:
        return path.stat().st_size
    except OSError as exc:
        raise unreadable(path, exc) from exc


def unreadable(path: Path, error: OSError) -> BadWorkbook:
    """For a file that the system does not give out."""
    return BadWorkbook(f"{path} 读不了（{error.strerror}），请检查权限")


def refuse_other_kinds(begin: bytes, source: Source, name: str) -> None:
    """Raise `BadWorkbook` for what is no zip archive. `begin`: its first 4,096 bytes or more."""
    if begin.startswith(_OLD_OFFICE):
        if _ENCRYPTED in _whole(source):
            raise BadWorkbook(f"{name} 有密码：请打开后取消“用密码进行加密”，保存后再导入")
        raise BadWorkbook(f"{name} 是旧版 Excel 文件(.xls)。{AS_XLSX}")
    if not begin:
        raise BadWorkbook(f"{name} 是空文件，请核对是不是传错了")
    if not zipfile.is_zipfile(source):
        kind = "像是文本(CSV)改了扩展名" if b"\0" not in begin[:4096] else "不是 Excel 工作簿"
        raise BadWorkbook(f"{name} {kind}，不能导入。{AS_XLSX}")


def refuse_other_archives(parts: Sequence[zipfile.ZipInfo], name: str) -> None:
    """Raise `BadWorkbook` for an archive that is encrypted, or holds no workbook."""
    if any(part.flag_bits & 1 for part in parts):
        raise BadWorkbook(f"{name} 是加密的压缩包。{AS_XLSX}")
    names = [part.filename for part in parts]
    books = [each for each in names if each.startswith("xl/workbook") and each.endswith(".xml")]
    if not books or "[Content_Types].xml" not in names:
        raise BadWorkbook(f"{name} 是压缩包或别的文档，不是 Excel 工作簿。{AS_XLSX}")


def damaged(name: str) -> BadWorkbook:
    """For a file that breaks while it is read."""
    return BadWorkbook(f"{name} 已经损坏，读不出来。{AS_XLSX}")


def loaded(source: Source, name: str, *, results: bool, row_by_row: bool = False) -> Workbook:
    """The workbook: formulas as they were written, or with `results` what Excel last calculated.

    Raises `BadWorkbook`.
    """
    try:
        with warnings.catch_warnings():
            # It warns of decorations that it cannot keep; nothing is kept here.
            warnings.simplefilter("ignore")
            return load_workbook(source, read_only=row_by_row, data_only=results, keep_links=False)
    except Exception as exc:
        # A damaged file fails in the reader with whatever the damage leads to.
        raise damaged(name) from exc


def _whole(source: Source) -> bytes:
    return source.getvalue() if isinstance(source, BytesIO) else source.read_bytes()
