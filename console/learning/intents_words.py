"""The words of the catalogue's cells, for forms and pages. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping

from console.learning.appeal_types import APPEAL_TYPES

LEVELS: Mapping[str, str] = {"village": "村（社区）", "township": "乡镇", "county": "县直单位"}
URGENCIES: Mapping[str, str] = {"normal": "一般", "urgent": "紧急", "complex": "复杂疑难"}
EVIDENCE: Mapping[str, str] = {"photo": "照片", "contact": "联系记录"}
_CODES = {name: code for code, name in APPEAL_TYPES.items()}
_DAYS = re.compile(r"\d{1,2}", re.ASCII)
_BETWEEN = re.compile(r"[|｜、，,；;\s]+")


def limits_text(cell: str) -> str:
    """`help:5|report:3` as people write it: 求助:5、举报:3."""
    parts = [part.partition(":") for part in cell.split("|") if part]
    return "、".join(f"{APPEAL_TYPES.get(kind, kind)}{dots}{days}" for kind, dots, days in parts)


def limits_cell(typed: str) -> str:
    """The cell of what was typed: Chinese or code, any colon, any sign in between."""
    parts = [part.replace("：", ":").partition(":") for part in _BETWEEN.split(typed) if part]
    return "|".join(f"{_CODES.get(kind, kind)}{dots}{days}" for kind, dots, days in parts)


def unreadable_limits(cell: str) -> list[str]:
    """The parts of a cell that are no limit, as people write them."""
    parts = [part for part in cell.split("|") if part]
    return [limits_text(part) for part in parts if not _is_limit(part)]


def _is_limit(part: str) -> bool:
    kind, _, days = part.partition(":")
    return kind in APPEAL_TYPES and _DAYS.fullmatch(days) is not None and 1 <= int(days) <= 90
