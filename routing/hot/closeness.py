"""How close the places of two reports are, by their codes. Pure."""

from __future__ import annotations

from enum import IntEnum

from routing.hot.reach import Reach
from routing.hot.report import Report


class Closeness(IntEnum):
    """The finest place that two reports share, or that nothing speaks against."""

    APART = 0
    TOWNSHIP = 1
    VILLAGE = 2
    GRID = 3
    """The same grid or villager group."""


def closeness(a: Report, b: Report, reach: Reach) -> Closeness:
    """What the places of two reports have in common.

    Different townships are apart, and so is a township that is not known: nobody could be told.
    What has a wide reach does not stop at a village or a group; everything else does. A report
    without a village is close to others without one: else it would tie the villages together.
    """
    if a.township is None or a.township != b.township:
        return Closeness.APART
    if a.village != b.village:
        return Closeness.TOWNSHIP if reach is Reach.WIDE else Closeness.APART
    return _within_village(a, b, reach) if a.village else Closeness.TOWNSHIP


def _within_village(a: Report, b: Report, reach: Reach) -> Closeness:
    finer = [
        mine == theirs
        for mine, theirs in ((a.grid, b.grid), (a.villager_group, b.villager_group))
        if mine is not None and theirs is not None
    ]
    if not finer:
        return Closeness.VILLAGE
    if finer[-1]:
        return Closeness.GRID
    return Closeness.VILLAGE if reach is Reach.WIDE else Closeness.APART
