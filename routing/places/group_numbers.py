"""Villager groups and grids by number: 三组, 3队, 第三村民小组, 三小组, 第三网格."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from routing.places.numerals import NUMERAL, small_number

_UNITS = "号组|小组|小队|组|队"
# 分成三组 divides people, 消防二队 is a brigade; 三组织 and 一队人 are other words.
_BEFORE = r"(?<![0-9a-z.几两这那每共分成为])(?<!消防)(?<!施工)(?<!巡逻)(?<!稽查)(?<!突击)(?<!买了)(?<!装了)"
_AFTER = r"(?![织成合建装团图数伍友照人]|员工|车|设备|数据|电池|暖气|对|同学|学生|选手|队员|沙发|家具|柜|照片|图片|砝码|镜头|评委|考生|作业)"
_WHOLE = "村民小组|居民小组|村民组|居民组|生产小队|生产队|生产组"
_GROUP = re.compile(rf"{_BEFORE}(第?)({NUMERAL})(?:(?:{_WHOLE})|(?:{_UNITS}){_AFTER})")
# 一组至三组 is no single group.
_RANGE_AFTER = re.compile(rf"(?:至|到|和|、)第?{NUMERAL}(?:组|队|小组)")
_RANGE_BEFORE = re.compile(r"(?:组|队)(?:至|到|和|、)$")
_GRID = re.compile(rf"第?({NUMERAL})号?网格(?!长群|化)")


@dataclass(frozen=True, slots=True)
class NumberMention:
    """A number that was said, and where it stands in the plain text."""

    kind: Literal["group", "grid"]
    number: int
    start: int
    end: int


def find_numbers(text: str) -> list[NumberMention]:
    """The group and grid numbers of a plain text, grid numbers first."""
    grids = [
        NumberMention("grid", small_number(m[1]), m.start(), m.end()) for m in _GRID.finditer(text)
    ]
    groups = [
        NumberMention("group", small_number(m[2]), m.start(), m.end())
        for m in _GROUP.finditer(text)
        if not _RANGE_AFTER.match(text, m.end()) and not _RANGE_BEFORE.search(text, 0, m.start())
    ]
    return [*grids, *groups]


def number_follows(text: str, position: int) -> bool:
    """Whether a group or grid number stands directly at `position` (石槽3组)."""
    pattern_at = _GROUP.match(text, position) or _GRID.match(text, position)
    return pattern_at is not None
