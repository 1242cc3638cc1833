"""From a point to the division or grid that it lies in.

All shapes are kept in WGS-84: residents' points come in it and are the many, distances in metres
are true in it, and the shapes of Chinese maps are converted once, when the register is built.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import shapely
from shapely.geometry.base import BaseGeometry

from routing.areas.feature import AreaFeature, in_wgs84
from routing.areas.index import BoundaryIndex, CentreIndex
from routing.areas.located import AreaCandidate, Located
from routing.datum import Gcj02, Wgs84, to_wgs84

MOST_CANDIDATES: Final = 5
VILLAGE_LIMIT_METRES: Final = 5_000.0
TOWNSHIP_LIMIT_METRES: Final = 20_000.0

_COUNTY_DIGITS = 6
_TOWNSHIP_DIGITS = 9
# About 1 km: published county boundaries are that coarse, so near ones are still offered.
_NEAR_COUNTY_DEGREES = 0.01


@dataclass(frozen=True, slots=True)
class Area:
    """What is known of one division or grid: its centre, its boundary (in WGS-84), or both."""

    code: str
    centre: Wgs84 | None = None
    boundary: BaseGeometry | None = None


class Areas:
    """All areas of one county. Build once and share: it is only read afterwards."""

    def __init__(self, areas: Iterable[Area]) -> None:
        self.by_code: Mapping[str, Area] = {area.code: area for area in areas}
        known = self.by_code.values()
        self._boundaries = BoundaryIndex((a.code, a.boundary) for a in known if a.boundary)
        centres = [(area.code, area.centre) for area in known if area.centre]
        self._townships = CentreIndex(c for c in centres if len(c[0]) == _TOWNSHIP_DIGITS)
        self._villages = CentreIndex(c for c in centres if len(c[0]) > _TOWNSHIP_DIGITS)

    @classmethod
    def of(cls, features: Iterable[AreaFeature], known_codes: Collection[str]) -> Areas:
        """Of the features whose code is in `known_codes`: no point resolves to an ended one."""
        known = frozenset(known_codes)
        areas: dict[str, Area] = {}
        for feature in features:
            if feature.code in known:
                area = areas.get(feature.code, Area(feature.code))
                areas[feature.code] = _with(area, feature)
        return cls(areas.values())

    def locate(
        self,
        point: Wgs84 | Gcj02,
        *,
        village_limit_metres: float = VILLAGE_LIMIT_METRES,
        township_limit_metres: float = TOWNSHIP_LIMIT_METRES,
    ) -> Located:
        """Where the point lies; centres beyond the limit of their level are not offered.

        An area whose known boundary does not hold the point comes after those without a boundary.
        """
        here = point if isinstance(point, Wgs84) else to_wgs84(point)
        spot = shapely.Point(here.longitude, here.latitude)
        holding = self._boundaries.holding(spot)
        centres = sorted(
            [
                *self._villages.within(here, village_limit_metres),
                *self._townships.within(here, township_limit_metres),
            ],
            key=lambda found: (
                self._boundaries.rules_out(found.code, holding),
                found.distance_metres,
                -len(found.code),
                found.code,
            ),
        )
        if holding:
            return _inside(holding, centres)
        county = self._boundaries.county
        if county is None:
            return _nearest(None, centres)
        near = shapely.dwithin(county, spot, _NEAR_COUNTY_DEGREES)
        return Located(False, "outside", ranked=tuple(centres[:MOST_CANDIDATES]) if near else ())


def _with(area: Area, feature: AreaFeature) -> Area:
    shape = in_wgs84(feature)
    if feature.kind == "boundary":
        return replace(area, boundary=shape)
    middle = shape.centroid
    return replace(area, centre=Wgs84(middle.x, middle.y))


def _inside(holding: Sequence[str], centres: Sequence[AreaCandidate]) -> Located:
    """`holding` are the deepest codes whose boundaries hold the point, best first."""
    if all(len(code) == _COUNTY_DIGITS for code in holding) and centres:
        return _nearest(True, centres)
    certain = [AreaCandidate(code, "polygon", 0.0) for code in holding]
    below = [
        found
        for found in centres
        if found.code not in holding and any(found.code.startswith(code) for code in holding)
    ]
    ranked = tuple([*certain, *below][:MOST_CANDIDATES])
    return Located(True, "polygon", ranked[0].code, 0.0, ranked)


def _nearest(inside: bool | None, centres: Sequence[AreaCandidate]) -> Located:
    if not centres:
        return Located(inside, "nothing_known")
    best = centres[0]
    ranked = tuple(centres[:MOST_CANDIDATES])
    return Located(inside, "nearest_centre", best.code, best.distance_metres, ranked)
