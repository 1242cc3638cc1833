"""Squares and points on an invented map: boundaries of real villages are not public."""

from __future__ import annotations

from collections.abc import Mapping

COUNTY = "141026"
TOWNSHIP = "141026100"
GAOBI, XIAOHUANG, DAHUANG = "141026100206", "141026100207", "141026100208"
GAOBI_GRID = "14102610020601"
ENDED = "141026100999"
KNOWN = frozenset({COUNTY, TOWNSHIP, "141026101", GAOBI, XIAOHUANG, DAHUANG, GAOBI_GRID})

Json = dict[str, object]


def ring(west: float, south: float, size: float) -> list[list[float]]:
    east, north = west + size, south + size
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def square(west: float, south: float, size: float) -> Json:
    return {"type": "Polygon", "coordinates": [ring(west, south, size)]}


def dot(longitude: float, latitude: float) -> Json:
    return {"type": "Point", "coordinates": [longitude, latitude]}


def feature(code: object, geometry: object, **properties: object) -> Json:
    return {
        "type": "Feature",
        "properties": {"code": code, **properties},
        "geometry": geometry,
    }


def collection(*features: object, datum: object = "WGS-84") -> Json:
    return {"type": "FeatureCollection", "datum": datum, "features": list(features)}


def without(document: Mapping[str, object], key: str) -> Json:
    return {name: value for name, value in document.items() if name != key}
