"""Which unit stands where the unit of an ended division stood.

Units of ended divisions are not kept: their codes are made from the division's, so the division's
successors say which unit took their place. Tickets that were closed long ago keep the old code.
"""

from __future__ import annotations

from collections.abc import Iterator

from routing.county import County
from routing.units import Unit, linkage_group_code, township_center_code, village_center_code


def present_unit(county: County, code: str, place: str = "") -> Unit | None:
    """The unit with this code, or the one that took its place; None when there is none.

    Where a division was split, `place` (the code of a present division) decides if it is one of
    the parts; else the first part, where the staff went.
    """
    unit = county.org.unit(code)
    if unit is not None:
        return unit
    kind, _, rest = code.partition(":")
    division, _, group = rest.partition(":")
    parts = [found.code for found in county.tree.present(division)]
    if place in parts:
        parts.insert(0, place)
    found = (county.org.unit(each) for each in _codes(kind, parts, group))
    return next((unit for unit in found if unit is not None), None)


def _codes(kind: str, divisions: list[str], group: str) -> Iterator[str]:
    for division in divisions:
        if kind == "village":
            yield village_center_code(division)
        elif kind == "township":
            yield township_center_code(division)
        elif kind == "group":
            yield linkage_group_code(division, group)
