"""Searching boundaries and centres without looking at each of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from math import cos, radians

import shapely
from shapely import STRtree
from shapely.geometry.base import BaseGeometry

from routing.areas.located import AreaCandidate
from routing.datum import Wgs84, metres_between

_COUNTY_DIGITS = 6
_BELOW_COUNTY = (9, 12, 14)
# About 1 m: nearer to a border no receiver knows on which side it is.
_BORDER_DEGREES = 1e-5
# A little less than the real 111,195, so that the box is never too small.
_METRES_PER_DEGREE = 111_000.0


class BoundaryIndex:
    """Boundaries by code, found by a spot; all are in WGS-84."""

    def __init__(self, boundaries: Iterable[tuple[str, BaseGeometry]]) -> None:
        found = list(boundaries)
        self._codes = [code for code, _ in found]
        self._shapes = [shape for _, shape in found]
        self._with_boundary = frozenset(self._codes)
        self._tree = STRtree(self._shapes)
        self.county = next((s for c, s in found if len(c) == _COUNTY_DIGITS), None)
        for shape in self._shapes:
            # The index of a shape is made at its first use; made here, no caller waits for it
            # and no two threads make it at once.
            shapely.prepare(shape)
            corner = shapely.Point(shape.bounds[:2])
            shapely.covers(shape, corner)
            shapely.dwithin(shape, corner, _BORDER_DEGREES)

    def holding(self, spot: shapely.Point) -> tuple[str, ...]:
        """The deepest codes that hold the spot or are within a metre of it, best first.

        Those that hold it come before those that only touch it, then the deeper ones.
        """
        around = shapely.box(*_box(spot.x, spot.y, _BORDER_DEGREES, _BORDER_DEGREES))
        found = {
            self._codes[index]: self._shapes[index]
            for index in self._tree.query(around).tolist()
            if shapely.dwithin(self._shapes[index], spot, _BORDER_DEGREES)
        }
        deepest = [code for code in found if not any(_lies_in(other, code) for other in found)]
        touching = {code: not shapely.covers(found[code], spot) for code in deepest}
        return tuple(sorted(deepest, key=lambda code: (touching[code], -len(code), code)))

    def rules_out(self, code: str, holding: Sequence[str]) -> bool:
        """Whether an own or a parent's boundary is known and does not hold the spot."""
        parts = (code[:digits] for digits in _BELOW_COUNTY if digits <= len(code))
        return any(
            part in self._with_boundary and not any(held.startswith(part) for held in holding)
            for part in parts
        )


class CentreIndex:
    """Centres by code, found by their distance from a point."""

    def __init__(self, centres: Iterable[tuple[str, Wgs84]]) -> None:
        self._found = list(centres)
        self._tree = STRtree([shapely.Point(c.longitude, c.latitude) for _, c in self._found])

    def within(self, here: Wgs84, metres: float) -> Iterator[AreaCandidate]:
        """The centres at most so far away, in no order."""
        north = metres / _METRES_PER_DEGREE
        # No county reaches the poles; there the box simply becomes the whole earth.
        east = north / max(cos(radians(here.latitude)), 0.001)
        box = shapely.box(*_box(here.longitude, here.latitude, east, north))
        for index in self._tree.query(box).tolist():
            code, centre = self._found[index]
            distance = metres_between(here, centre)
            if distance <= metres:
                yield AreaCandidate(code, "nearest_centre", distance)


def _lies_in(code: str, other: str) -> bool:
    return code != other and code.startswith(other)


def _box(x: float, y: float, east: float, north: float) -> tuple[float, float, float, float]:
    return x - east, y - north, x + east, y + north
