"""A surveyor's file is refused with all its mistakes, or read, kept and given back unchanged."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from routing.area_features import read, write
from routing.areas import area_rows, read_areas
from tests.routing.sketch import (
    COUNTY,
    GAOBI,
    KNOWN,
    TOWNSHIP,
    XIAOHUANG,
    Json,
    collection,
    dot,
    feature,
    ring,
    square,
    without,
)

BOUNDARY = feature(COUNTY, square(112.0, 36.0, 0.5))
VILLAGE = feature(GAOBI, square(112.22, 36.19, 0.02))


def mends(document: object) -> list[str]:
    return [str(problem) for problem in read(document, KNOWN)[1]]


def geometry_mends(geometry: object) -> list[str]:
    return mends(collection(feature(GAOBI, geometry)))


def polygon(*vertices: list[float]) -> Json:
    return {"type": "Polygon", "coordinates": [list(vertices)]}


def nest(depth: int) -> list[object]:
    value: list[object] = []
    for _ in range(depth):
        value = [value]
    return value


@pytest.mark.parametrize(
    "document", [None, [], "x", 7, {}, {"type": "Feature"}, {"type": "FeatureCollection"}]
)
def test_read__what_is_no_collection_is_refused(document: object) -> None:
    assert len(mends(document)) == 1


def test_read__an_empty_collection_is_refused() -> None:
    # Loading it would remove all areas of the county by accident.
    assert mends(collection()) == ["geojson [features]:文件里没有任何要素，请加入中心点或边界"]


@pytest.mark.parametrize("datum", ["BD-09", "wgs84", 4326, ["WGS-84"], None])
def test_read__a_datum_that_is_not_stated_is_refused_once_and_with_the_reason(
    datum: object,
) -> None:
    found, problems = read(collection(BOUNDARY, VILLAGE, datum=datum), KNOWN)
    assert found == () and [(p.row, p.column) for p in problems] == [(0, "datum")]
    assert "相差几百米" in problems[0].mend


def test_read__without_any_datum_nothing_is_guessed() -> None:
    assert len(mends(without(collection(BOUNDARY, VILLAGE), "datum"))) == 1


def test_read__a_feature_may_state_its_own_datum() -> None:
    document = without(
        collection({**BOUNDARY}, feature(GAOBI, dot(112.2, 36.2), datum="GCJ-02")), "datum"
    )
    found, problems = read(document, KNOWN)
    assert [feature.datum for feature in found] == ["GCJ-02"]
    assert [(p.row, p.column) for p in problems] == [(1, "datum")]


def test_read__a_feature_overrules_the_collection() -> None:
    found, _ = read(collection(BOUNDARY, feature(GAOBI, dot(112.2, 36.2), datum="GCJ-02")), KNOWN)
    assert [feature.datum for feature in found] == ["WGS-84", "GCJ-02"]


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (None, "缺少 code"),
        ("", "缺少 code"),
        (True, "缺少 code"),
        ("1410261002", "应为6、9、12或14位数字"),
        ("高壁", "应为6、9、12或14位数字"),
        ("141026100998", "区划和网格表里没有“141026100998”"),
    ],
)
def test_read__a_code_has_to_be_one_of_the_county(code: object, said: str) -> None:
    (mend,) = mends(collection(feature(code, dot(112.2, 36.2))))
    assert said in mend


def test_read__a_code_that_became_a_number_is_read() -> None:
    found, problems = read(collection(feature(int(GAOBI), dot(112.2, 36.2))), KNOWN)
    assert (found[0].code, problems) == (GAOBI, ())


def test_read__a_code_may_have_a_centre_and_a_boundary_but_none_twice() -> None:
    centre = feature(GAOBI, dot(112.23, 36.2))
    assert mends(collection(VILLAGE, centre)) == []
    (mend,) = mends(collection(VILLAGE, centre, centre))
    assert mend.startswith("geojson 第3行 [code]") and "与第2行重复" in mend


@pytest.mark.parametrize(
    ("geometry", "said"),
    [
        (None, "没有几何数据"),
        (
            {"type": "LineString", "coordinates": ring(112.2, 36.2, 0.1)},
            "不支持几何类型“LineString”",
        ),
        ({"type": ["Point"], "coordinates": [112.2, 36.2]}, "不支持几何类型"),
        (dot(0, 0), "坐标是 0, 0"),
        (dot(36.2, 112.2), "写反了"),
        (square(36.2, 112.2, 0.1), "写反了"),
        (dot(37_500_123.4, 4_001_234.5), "不在中国范围内"),
        (dot(-170, 36), "不在中国范围内"),
        (polygon([179, 36], [181, 36], [-179, 37], [179, 36]), "不在中国范围内"),
        (dot(float("nan"), 36.2), "不在中国范围内"),
        (dot(112.2, float("inf")), "不在中国范围内"),
        (dot(10**400, 36.2), "不是可用的数字"),
        ({"type": "Point", "coordinates": ["112.2", "36.2"]}, "不是可用的数字"),
        ({"type": "Point", "coordinates": [True, 36.2]}, "不是可用的数字"),
        ({"type": "Point", "coordinates": [112.2]}, "坐标应为 [经度, 纬度]"),
        ({"type": "Point"}, "坐标应为 [经度, 纬度]"),
        ({"type": "Polygon", "coordinates": []}, "层次不对"),
        ({"type": "Polygon", "coordinates": ring(112.2, 36.2, 0.1)}, "坐标应为"),
        ({"type": "MultiPolygon", "coordinates": nest(100_000)}, "坐标应为"),
        (polygon([112.2, 36.2], [112.3, 36.2], [112.3, 36.3], [112.2, 36.3]), "没有闭合"),
        (polygon(*[[112.2, 36.2]] * 5), "边界无效"),
        (square(112.2, 36.2, 1e-5), "面积几乎是零"),
        (polygon([112.2, 36.2], [112.3, 36.2], [112.25, 36.2], [112.2, 36.2]), "边界"),
    ],
)
def test_read__a_geometry_that_cannot_be_used_is_refused(geometry: object, said: str) -> None:
    (mend,) = geometry_mends(geometry)
    assert mend.startswith("geojson 第1行 [geometry]") and said in mend


def test_read__a_boundary_that_crosses_itself_names_the_place() -> None:
    bow = polygon([112.2, 36.2], [112.3, 36.3], [112.3, 36.2], [112.2, 36.3], [112.2, 36.2])
    assert geometry_mends(bow) == [
        "geojson 第1行 [geometry]:边界自相交，在 112.25, 36.25 附近，请修改边界"
    ]


def test_read__altitudes_are_dropped() -> None:
    found, _ = read(
        collection(feature(GAOBI, {"type": "Point", "coordinates": [112.2, 36.2, 850]})), KNOWN
    )
    assert found[0].geometry.wkt == "POINT (112.2 36.2)"


def test_read__a_village_outside_the_county_is_refused() -> None:
    (mend,) = mends(collection(BOUNDARY, feature(GAOBI, square(112.495, 36.2, 0.02))))
    assert "75% 的面积在上级“141026”的边界之外" in mend


def test_read__a_coarse_county_boundary_may_cut_a_village_a_little() -> None:
    assert mends(collection(BOUNDARY, feature(GAOBI, square(112.481, 36.2, 0.02)))) == []


def test_read__a_coarse_county_boundary_may_miss_a_centre_by_some_hundred_metres() -> None:
    assert mends(collection(BOUNDARY, feature(GAOBI, dot(112.505, 36.2)))) == []


def test_read__a_centre_outside_the_county_is_refused() -> None:
    (mend,) = mends(collection(BOUNDARY, feature(GAOBI, dot(112.52, 36.2))))
    assert "中心点在上级“141026”的边界之外" in mend


def test_read__a_village_in_the_wrong_township_is_refused() -> None:
    township = feature(TOWNSHIP, square(112.1, 36.1, 0.1))
    (mend,) = mends(collection(BOUNDARY, township, VILLAGE))
    assert "上级“141026100”的边界之外" in mend


@pytest.mark.parametrize(("west", "problems"), [(112.2399, 0), (112.2395, 1), (112.24, 0)])
def test_read__villages_may_overlap_by_one_percent(west: float, problems: int) -> None:
    neighbour = feature(XIAOHUANG, square(west, 36.19, 0.02))
    assert len(mends(collection(VILLAGE, neighbour))) == problems


def test_read__a_neighbour_in_the_wrong_datum_shows_as_an_overlap() -> None:
    east = feature(XIAOHUANG, square(112.24, 36.19, 0.02), datum="GCJ-02")
    (mend,) = mends(collection(VILLAGE, east))
    assert f"与第1行“{GAOBI}”的边界重叠" in mend


def test_read__all_mistakes_are_told_at_once_in_their_order() -> None:
    document = collection(
        "nonsense",
        feature("", None),
        BOUNDARY,
        feature(GAOBI, square(112.6, 36.2, 0.02)),
        datum="?",
    )
    assert [problem.row for problem in read(document, KNOWN)[1]] == [0, 1, 2, 2]


_JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.sampled_from(["Point", "Polygon"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["type", "coordinates", "code", "datum"]), inner)
    ),
    max_leaves=12,
)


@given(_JSON, _JSON, _JSON)
@settings(deadline=None)
def test_read__no_file_makes_it_fall(code: object, geometry: object, other: object) -> None:
    shape = {"type": "Polygon", "coordinates": other}
    read(collection(feature(code, geometry), feature(GAOBI, shape), other, datum=code), KNOWN)


def test_write__reads_to_no_change() -> None:
    centre = feature(GAOBI, dot(112.229999999999997, 36.2), name="高壁", source="测绘")
    found, _ = read(collection(BOUNDARY, VILLAGE, centre), KNOWN)
    text = json.dumps(write(found))
    again, problems = read(json.loads(text), KNOWN)
    assert (again, problems, json.dumps(write(again))) == (found, (), text)


def test_write__keeps_two_datums_apart() -> None:
    found, _ = read(collection(BOUNDARY, feature(GAOBI, dot(112.2, 36.2), datum="GCJ-02")), KNOWN)
    assert read(write(found), KNOWN) == (found, ())


def test_rows__read_to_no_change() -> None:
    found, _ = read(collection(BOUNDARY, VILLAGE, feature(GAOBI, dot(112.23, 36.2))), KNOWN)
    rows = area_rows(found)
    assert read_areas(rows, KNOWN) == (found, ())
    assert rows[2] == {
        "code": GAOBI,
        "kind": "centre",
        "datum": "WGS-84",
        "geometry": '{"type":"Point","coordinates":[112.23,36.2]}',
    }


@pytest.mark.parametrize(
    ("column", "cell", "said"),
    [
        ("code", "", "不能为空"),
        ("code", "12", "应为6、9、12或14位数字"),
        ("kind", "middle", "centre"),
        ("kind", "boundary", "centre 应是一个点"),
        ("datum", "BD-09", "WGS-84"),
        ("geometry", "{", "不是有效的 GeoJSON"),
        ("geometry", "[" * 100_000, "不是有效的 GeoJSON"),
        ("geometry", '{"type":"Point","coordinates":[NaN,36.2]}', "不在中国范围内"),
        ("geometry", '{"type":"Point","coordinates":[1e999,36.2]}', "不在中国范围内"),
        (
            "geometry",
            f'{{"type":"Point","coordinates":[{"9" * 5_000},36.2]}}',
            "不是有效的 GeoJSON",
        ),
    ],
)
def test_rows__a_mistake_names_row_and_column(column: str, cell: str, said: str) -> None:
    (row,) = area_rows(read(collection(feature(GAOBI, dot(112.2, 36.2))), KNOWN)[0])
    (problem,) = read_areas([row | {column: cell}])[1]
    assert (problem.sheet, problem.row, problem.column) == ("areas", 2, column)
    assert said in problem.mend


def test_rows__kept_areas_of_an_ended_village_are_read() -> None:
    rows = area_rows(read(collection(VILLAGE), KNOWN)[0])
    assert read_areas(rows)[1] == ()
    assert len(read_areas(rows, KNOWN - {GAOBI})[1]) == 1
