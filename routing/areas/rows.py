"""Areas as a table of plain text: `code, kind, datum, geometry`, the form in which they are kept.

The geometry cell is the text of a GeoJSON geometry.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from routing.areas.checks import PlacedFeature, check_codes, check_register
from routing.areas.feature import DATUMS, KINDS, AreaFeature
from routing.areas.geometry import BadGeometry, geometry_text, read_geometry_text
from routing.problems import Problem
from routing.table_row import TableRow, table_rows

SHEET = "areas"


def read_areas(
    records: Iterable[Mapping[str, str]], known_codes: Collection[str] | None = None
) -> tuple[tuple[AreaFeature, ...], tuple[Problem, ...]]:
    """The features of the table's sound rows, and every mistake with its row and column.

    With `known_codes` (an import: the codes of all divisions and grids) the features are compared
    with these and with each other; without (what was imported before) they are only read.
    """
    problems: list[Problem] = []
    placed = []
    for row in table_rows(SHEET, records, problems):
        feature = _feature(row)
        if feature is not None:
            placed.append(PlacedFeature(row.number, feature))
    problems.extend(check_codes(SHEET, placed))
    if known_codes is not None:
        problems.extend(check_register(SHEET, placed, known_codes))
    return tuple(item.feature for item in placed), tuple(problems)


def area_rows(features: Iterable[AreaFeature]) -> tuple[dict[str, str], ...]:
    """The table's rows, which read to equal features; names and sources are not kept in it."""
    return tuple(
        {
            "code": feature.code,
            "kind": feature.kind,
            "datum": feature.datum,
            "geometry": geometry_text(feature.geometry),
        }
        for feature in features
    )


def _feature(row: TableRow) -> AreaFeature | None:
    code = row.required("code")
    kind = KINDS.get(row.one_of("kind", KINDS))
    datum = DATUMS.get(row.one_of("datum", DATUMS))
    text = row.required("geometry")
    if not (code and kind and datum and text):
        return None
    try:
        geometry = read_geometry_text(text)
    except BadGeometry as exc:
        row.note("geometry", str(exc))
        return None
    if (geometry.geom_type == "Point") != (kind == "centre"):
        row.note("kind", "centre 应是一个点，boundary 应是面，请改 kind 或几何数据")
        return None
    return AreaFeature(code, kind, datum, geometry)
