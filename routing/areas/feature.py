"""What a county tells about one place on the map: its centre, or its boundary.

A feature keeps the datum and the numbers that it came with, so that what the county downloads is
what it uploaded.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import shapely
from shapely import MultiPolygon, Point, Polygon
from shapely.geometry.base import BaseGeometry

from routing.datum import Pair, unshifted

Kind = Literal["centre", "boundary"]
Datum = Literal["WGS-84", "GCJ-02"]

KINDS: Mapping[str, Kind] = {"centre": "centre", "boundary": "boundary"}
DATUMS: Mapping[str, Datum] = {"WGS-84": "WGS-84", "GCJ-02": "GCJ-02"}

# A straight edge of 5 km in one datum is bent by 2 m in the other, one of 1 km by 0.1 m.
_LONGEST_EDGE_DEGREES = 0.01
_CODE = re.compile(r"[0-9]{6}|[0-9]{9}|[0-9]{12}|[0-9]{14}", re.ASCII)


@dataclass(frozen=True, slots=True)
class AreaFeature:
    """A centre (a point) or a boundary (a polygon or several) of a division or grid.

    `geometry` is (longitude, latitude) in degrees of `datum`. `name` and `source` are for people
    and make no feature different from another.
    """

    code: str
    kind: Kind
    datum: Datum
    geometry: BaseGeometry
    name: str = field(default="", compare=False)
    source: str = field(default="", compare=False)


def is_area_code(code: str) -> bool:
    """Whether `code` has the length of a county, a township, a village or a grid."""
    return _CODE.fullmatch(code) is not None


def in_wgs84(feature: AreaFeature) -> BaseGeometry:
    """The feature's geometry in WGS-84; an edge that would bend is divided first."""
    if feature.datum == "WGS-84":
        return feature.geometry
    if isinstance(feature.geometry, Point):
        return Point(_moved(feature.geometry)[0])
    polygons = [
        Polygon(_moved(polygon.exterior), [_moved(hole) for hole in polygon.interiors])
        for polygon in shapely.get_parts(feature.geometry).tolist()
    ]
    moved = MultiPolygon(polygons)
    # Vertices that all but coincide can change places by rounding.
    return moved if shapely.is_valid(moved) else shapely.make_valid(moved)


def _moved(line: BaseGeometry) -> list[Pair]:
    # Line by line: dividing a whole polygon makes GEOS repair it, which can leave nothing of it.
    fine = shapely.segmentize(line, _LONGEST_EDGE_DEGREES)
    return [unshifted((x, y)) for x, y in shapely.get_coordinates(fine).tolist()]
