"""Areas as a GeoJSON file, the form in which a county's surveyors have them.

The standard knows WGS-84 only, but files from Chinese maps are in GCJ-02 and do not say so.
Guessing would move every village by half a kilometre, so a file has to state its datum.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from routing.areas.checks import PlacedFeature, check_codes, check_register
from routing.areas.feature import DATUMS, AreaFeature, Datum
from routing.areas.geometry import BadGeometry, geometry_document, read_geometry
from routing.problems import Problem

SHEET = "geojson"

_STATE_THE_DATUM = (
    '请写明坐标系："datum": "WGS-84"（国家2000坐标也写它）或 "GCJ-02"（高德、腾讯地图）。'
    "同一地点在两种坐标系里相差几百米，弄错会派到别的网格"
)


def read(
    document: object, known_codes: Collection[str]
) -> tuple[tuple[AreaFeature, ...], tuple[Problem, ...]]:
    """The sound features of a parsed FeatureCollection, and every mistake of it.

    `known_codes` are the codes of all divisions and grids. A problem's row is the number of the
    feature, from 1; 0 means the whole file. A file with problems should not be applied.
    """
    reader = _Reader()
    placed = reader.collection(document)
    reader.problems.extend(check_codes(SHEET, placed))
    reader.problems.extend(check_register(SHEET, placed, known_codes))
    ordered = sorted(reader.problems, key=lambda problem: problem.row)
    return tuple(item.feature for item in placed), tuple(ordered)


def write(features: Iterable[AreaFeature]) -> dict[str, object]:
    """A FeatureCollection that reads to equal features; one datum is stated once, for all."""
    written = tuple(features)
    datums = {feature.datum for feature in written}
    shared: dict[str, object] = {"datum": next(iter(datums))} if len(datums) == 1 else {}
    return {
        "type": "FeatureCollection",
        **shared,
        "features": [_feature_document(feature, not shared) for feature in written],
    }


def _feature_document(feature: AreaFeature, own_datum: bool) -> dict[str, object]:
    properties = {"code": feature.code, "name": feature.name, "source": feature.source}
    if own_datum:
        properties["datum"] = feature.datum
    return {
        "type": "Feature",
        "properties": {name: value for name, value in properties.items() if value},
        "geometry": geometry_document(feature.geometry),
    }


@dataclass(slots=True)
class _Reader:
    problems: list[Problem] = field(default_factory=list)

    def collection(self, document: object) -> list[PlacedFeature]:
        if not isinstance(document, Mapping) or document.get("type") != "FeatureCollection":
            self._note(0, "type", "文件应为 GeoJSON 的 FeatureCollection，请重新导出")
            return []
        features = document.get("features")
        if not isinstance(features, list | tuple) or not features:
            self._note(0, "features", "文件里没有任何要素，请加入中心点或边界")
            return []
        shared = document.get("datum")
        own = any(_properties(item).get("datum") for item in features)
        # Said once for the file; a hundred times the same sentence would hide the others.
        if _datum(shared) is None and (shared or not own):
            self._note(0, "datum", _STATE_THE_DATUM)
        placed = []
        for row, item in enumerate(features, 1):
            feature = self._feature(row, item, shared, bool(shared) or not own)
            if feature is not None:
                placed.append(PlacedFeature(row, feature))
        return placed

    def _feature(self, row: int, item: object, shared: object, said: bool) -> AreaFeature | None:
        if not isinstance(item, Mapping) or item.get("type") != "Feature":
            self._note(row, "type", "这一项不是 GeoJSON 的 Feature，请删去或重新导出")
            return None
        properties = _properties(item)
        code = _code(properties.get("code"))
        if not code:
            self._note(row, "code", "缺少 code，请在属性里填写区划或网格编码")
        given = properties.get("datum")
        datum = _datum(given or shared)
        if datum is None and (given or not said):
            self._note(row, "datum", _STATE_THE_DATUM)
        try:
            geometry = read_geometry(item.get("geometry"))
        except BadGeometry as exc:
            self._note(row, "geometry", str(exc))
            return None
        if not code or datum is None:
            return None
        return AreaFeature(
            code=code,
            kind="centre" if geometry.geom_type == "Point" else "boundary",
            datum=datum,
            geometry=geometry,
            name=_text(properties.get("name")),
            source=_text(properties.get("source")),
        )

    def _note(self, row: int, column: str, mend: str) -> None:
        self.problems.append(Problem(SHEET, row, column, mend))


def _properties(item: object) -> Mapping[object, object]:
    found = item.get("properties") if isinstance(item, Mapping) else None
    return found if isinstance(found, Mapping) else {}


def _code(value: object) -> str:
    # Drawing programs take a column of digits for numbers.
    whole = isinstance(value, int) and not isinstance(value, bool)
    return str(value) if whole else _text(value)


def _datum(value: object) -> Datum | None:
    return DATUMS.get(value) if isinstance(value, str) else None


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""
