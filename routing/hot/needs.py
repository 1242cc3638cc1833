"""How much two messages must say the same to be about one thing, by their places and matters. Data.

Two people of one group who both lack water need hardly a word in common; two of one township with
different matters need almost the same words. Measured on hand-written messages and on real ones:
docs/explanation/hot-spots.md says how.
"""

from __future__ import annotations

from enum import StrEnum

from routing.hot.closeness import Closeness
from routing.hot.reach import Reach


class Kinship(StrEnum):
    """How near the matters of two reports are; the values are for people."""

    SAME = "同一事项"
    GROUP = "事项相近"
    """Different matters of one linkage group: the classifier often wavers between them."""
    OTHER = "事项不同"


_NEEDS: dict[tuple[Reach, Kinship], tuple[float, float, float]] = {
    (Reach.WIDE, Kinship.SAME): (0.38, 0.14, 0.12),
    (Reach.COMMON, Kinship.SAME): (0.50, 0.30, 0.22),
    (Reach.PERSONAL, Kinship.SAME): (0.52, 0.46, 0.46),
    (Reach.WIDE, Kinship.GROUP): (0.50, 0.32, 0.30),
    (Reach.COMMON, Kinship.GROUP): (0.55, 0.34, 0.32),
    (Reach.PERSONAL, Kinship.GROUP): (0.55, 0.46, 0.46),
    (Reach.WIDE, Kinship.OTHER): (0.60, 0.38, 0.36),
    (Reach.COMMON, Kinship.OTHER): (0.60, 0.38, 0.36),
    (Reach.PERSONAL, Kinship.OTHER): (0.60, 0.50, 0.50),
}
"""Similarity needed within a township, within a village, within a group or grid."""
_LONG_NEED, _STRICT_LONG_NEED = 0.21, 0.27
"""Needed of two long texts of one village, in which chance evens out; the second for different
matters and for a household's."""
_SHORT, _LONG = 140, 420
"""Weights of the shorter text between which it becomes long: 20 to 60 characters of content."""


def need(reach: Reach, kin: Kinship, place: Closeness, said: int) -> float:
    """The similarity needed, 0 to 1; `said` is the weight of the shorter text."""
    township, village, grid = _NEEDS[reach, kin]
    if place <= Closeness.TOWNSHIP:
        return township
    of_short = grid if place is Closeness.GRID else village
    strict = kin is Kinship.OTHER or reach is Reach.PERSONAL
    of_long = min(of_short, _STRICT_LONG_NEED if strict else _LONG_NEED)
    length = min(1.0, max(0.0, (said - _SHORT) / (_LONG - _SHORT)))
    return of_short + (of_long - of_short) * length
