"""What must hold between the features of a county: all known, none twice, none on another.

A boundary in the wrong datum is the mistake that nobody sees on a map; it shows here as a village
that overlaps its neighbours or leaves its county.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from shapely import STRtree
from shapely.geometry.base import BaseGeometry

from routing.areas.feature import AreaFeature, in_wgs84, is_area_code
from routing.problems import Problem

# Grid, village, township, county: who lies in whom is the beginning of the code.
_DIGITS = (14, 12, 9, 6)
# Published county boundaries are coarse: a village at the border may not be refused for that.
_MOST_OUTSIDE = 0.1
_MOST_OVERLAP = 0.01
# About 1 km, for the same reason.
_CENTRE_OUTSIDE_DEGREES = 0.01


@dataclass(frozen=True, slots=True)
class PlacedFeature:
    """A feature with the row that it came from."""

    row: int
    feature: AreaFeature

    @property
    def code(self) -> str:
        return self.feature.code


@dataclass(frozen=True, slots=True)
class _Shape:
    row: int
    code: str
    kind: str
    shape: BaseGeometry


def check_codes(sheet: str, placed: Sequence[PlacedFeature]) -> Iterator[Problem]:
    """Codes that are none, and what is there twice."""
    first: dict[tuple[str, str], int] = {}
    for item in placed:
        if not is_area_code(item.code):
            yield Problem(sheet, item.row, "code", f"“{item.code}”应为6、9、12或14位数字")
        row = first.setdefault((item.code, item.feature.kind), item.row)
        if row != item.row:
            what = "中心点" if item.feature.kind == "centre" else "边界"
            yield Problem(
                sheet, item.row, "code", f"“{item.code}”的{what}与第{row}行重复，请只保留一个"
            )


def check_register(
    sheet: str, placed: Sequence[PlacedFeature], known_codes: Collection[str]
) -> Iterator[Problem]:
    """Codes that the county does not have, and shapes that cannot all be right."""
    for item in placed:
        if is_area_code(item.code) and item.code not in known_codes:
            yield Problem(sheet, item.row, "code", f"区划和网格表里没有“{item.code}”，请核对编码")
    shapes = _shapes(placed)
    boundaries = [shape for shape in shapes if shape.kind == "boundary"]
    yield from _strays(sheet, shapes, {found.code: found.shape for found in boundaries})
    levels: dict[int, list[_Shape]] = defaultdict(list)
    for shape in boundaries:
        levels[len(shape.code)].append(shape)
    for level in levels.values():
        yield from _overlaps(sheet, level)


def _shapes(placed: Sequence[PlacedFeature]) -> list[_Shape]:
    """All shapes in one datum: their own when they share it, which saves the conversion."""
    mixed = len({item.feature.datum for item in placed}) > 1
    return [
        _Shape(
            item.row,
            item.code,
            item.feature.kind,
            in_wgs84(item.feature) if mixed else item.feature.geometry,
        )
        for item in placed
    ]


def _strays(
    sheet: str, shapes: Sequence[_Shape], boundaries: Mapping[str, BaseGeometry]
) -> Iterator[Problem]:
    for item in shapes:
        parent = next(
            (
                item.code[:digits]
                for digits in _DIGITS
                if digits < len(item.code) and item.code[:digits] in boundaries
            ),
            None,
        )
        if parent is None or boundaries[parent].covers(item.shape):
            continue
        around = boundaries[parent]
        if item.kind == "centre":
            stray = around.distance(item.shape) > _CENTRE_OUTSIDE_DEGREES
            what = "中心点在"
        else:
            outside = 1 - around.intersection(item.shape).area / item.shape.area
            stray = outside > _MOST_OUTSIDE
            what = f"边界有 {outside:.0%} 的面积在"
        if stray:
            mend = f"“{item.code}”的{what}上级“{parent}”的边界之外，请核对编码、坐标和坐标系"
            yield Problem(sheet, item.row, "geometry", mend)


def _overlaps(sheet: str, level: Sequence[_Shape]) -> Iterator[Problem]:
    tree = STRtree([item.shape for item in level])
    for item in level:
        for index in sorted(tree.query(item.shape, predicate="intersects").tolist()):
            other = level[index]
            if other.row >= item.row or other.code == item.code:
                continue
            smaller = min(item.shape.area, other.shape.area)
            share = item.shape.intersection(other.shape).area / smaller
            if share > _MOST_OVERLAP:
                mend = (
                    f"“{item.code}”与第{other.row}行“{other.code}”的边界重叠 {share:.0%}，"
                    "请核对边界和坐标系"
                )
                yield Problem(sheet, item.row, "geometry", mend)
