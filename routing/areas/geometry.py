"""A GeoJSON geometry, from parsed JSON to a shape that can be computed with, and back.

Whatever a stranger's file holds, the outcome is a sound shape in China or `BadGeometry`, whose
message tells the clerk what to mend. Nothing here recurses, so depth does no harm.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

import shapely
from shapely import MultiPolygon, Point, Polygon
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry
from shapely.validation import explain_validity

from routing.datum import Pair, in_china
from routing.errors import LiandongError

_FEWEST_IN_RING = 4
# About 10 m²; less is a slip of the hand, and rounding could leave nothing of it.
_SMALLEST_SQUARE_DEGREES = 1e-9
_AT = re.compile(r"\[(\S+) (\S+)\]")


class BadGeometry(LiandongError):
    """几何数据无法使用。"""


def read_geometry(value: object) -> BaseGeometry:
    """A point, polygon or multipolygon from a parsed GeoJSON geometry.

    Altitudes are dropped. Raises `BadGeometry` with a Chinese sentence for everything else.
    """
    if not isinstance(value, Mapping):
        raise BadGeometry("没有几何数据，请画出点或面")
    kind, coordinates = value.get("type"), value.get("coordinates")
    if kind == "Point":
        return Point(_position(coordinates))
    if kind == "Polygon":
        return _sound(_polygon(coordinates))
    if kind == "MultiPolygon":
        return _sound(MultiPolygon([_polygon(part) for part in _several(coordinates)]))
    raise BadGeometry(f"不支持几何类型“{_short(kind)}”，只能用 Point、Polygon 或 MultiPolygon")


def geometry_document(geometry: BaseGeometry) -> dict[str, object]:
    """The GeoJSON geometry with all digits, so that reading it again gives the same shape."""
    return {"type": geometry.geom_type, "coordinates": mapping(geometry)["coordinates"]}


def read_geometry_text(text: str) -> BaseGeometry:
    """As `read_geometry`, from JSON text."""
    try:
        value: object = json.loads(text)
    except (ValueError, RecursionError) as exc:
        raise BadGeometry("几何数据不是有效的 GeoJSON，请重新导出") from exc
    return read_geometry(value)


def geometry_text(geometry: BaseGeometry) -> str:
    """Compact GeoJSON; the same shape always gives the same text."""
    return json.dumps(geometry_document(geometry), separators=(",", ":"))


def _several(value: object) -> list[object]:
    if not isinstance(value, list | tuple) or not value:
        raise BadGeometry("坐标的层次不对或为空，请重新导出 GeoJSON")
    return list(value)


def _polygon(value: object) -> Polygon:
    shell, *holes = (_ring(ring) for ring in _several(value))
    return Polygon(shell, holes)


def _ring(value: object) -> list[Pair]:
    ring = [_position(position) for position in _several(value)]
    if len(ring) < _FEWEST_IN_RING or ring[0] != ring[-1]:
        raise BadGeometry("边界没有闭合：至少4个坐标，最后一个应与第一个相同")
    return ring


def _position(value: object) -> Pair:
    if not isinstance(value, list | tuple) or len(value) < 2:
        raise BadGeometry("坐标应为 [经度, 纬度]，请重新导出 GeoJSON")
    x, y = _number(value[0]), _number(value[1])
    if in_china(x, y):
        return x, y
    at = f"{x:g}, {y:g}"
    if x == 0 and y == 0:
        raise BadGeometry("坐标是 0, 0，说明没有定位，请填写真实坐标")
    if in_china(y, x):
        raise BadGeometry(f"坐标 {at} 的经度和纬度写反了，请改为经度在前、纬度在后")
    raise BadGeometry(f"坐标 {at} 不在中国范围内，请填写以度为单位的经度、纬度")


def _number(value: object) -> float:
    try:
        # A truth value is an int to Python, but no coordinate.
        if isinstance(value, int | float) and not isinstance(value, bool):
            return float(value)
    except OverflowError:
        pass
    raise BadGeometry(f"坐标“{_short(value)}”不是可用的数字")


def _sound(shape: Polygon | MultiPolygon) -> BaseGeometry:
    if shapely.is_valid(shape):
        if shape.area < _SMALLEST_SQUARE_DEGREES:
            raise BadGeometry("边界的面积几乎是零，请重新画边界")
        return shape
    reason = explain_validity(shape)
    at = _AT.search(reason)
    near = f"，在 {at[1]}, {at[2]} 附近" if at else ""
    if "elf-intersection" in reason:
        raise BadGeometry(f"边界自相交{near}，请修改边界")
    raise BadGeometry(f"边界无效{near}，请修改边界：{reason}")


def _short(value: object) -> str:
    # Cut before it becomes text: a nest of lists is deeper than `repr` can go.
    text = f"{value}" if isinstance(value, str | int | float | None) else type(value).__name__
    return text[:20]
