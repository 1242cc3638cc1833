"""Things with a number: 5号楼 and 五号楼 are one, 5号楼 and 2号楼 are two. Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping

from routing.places.numerals import NUMERAL, small_number

_UNITS = "号楼|号院|号井|栋|幢|单元|村民小组|小组|组|队|路公交|路车"
NUMBERED = re.compile(rf"({NUMERAL}|\d{{1,4}})(?:号)?({_UNITS})")
_ONE_NAME = {"栋": "号楼", "幢": "号楼", "村民小组": "组", "小组": "组", "路车": "路公交"}

Things = Mapping[str, frozenset[int]]
"""The numbers of a text by what they count."""


def things_in(plain: str) -> Things:
    """The numbered things that a folded text names."""
    found: dict[str, set[int]] = defaultdict(set)
    for number, unit in NUMBERED.findall(plain):
        value = int(number) if number.isdecimal() else small_number(number)
        found[_ONE_NAME.get(unit, unit)].add(value)
    return {unit: frozenset(numbers) for unit, numbers in found.items()}


def differing_unit(mine: Things, theirs: Things) -> str | None:
    """The first unit of which both texts name numbers, and none in common."""
    for unit in sorted(mine.keys() & theirs.keys()):
        if not mine[unit] & theirs[unit]:
            return unit
    return None
