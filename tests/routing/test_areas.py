"""From a point to the division or grid, and never further than is known."""

from __future__ import annotations

import math
from collections.abc import Collection
from time import perf_counter

import pytest
import shapely

from routing.area_features import read
from routing.areas import AreaFeature, Areas
from routing.datum import Gcj02, Wgs84, to_gcj02
from tests.routing.sketch import (
    COUNTY,
    DAHUANG,
    ENDED,
    GAOBI,
    GAOBI_GRID,
    KNOWN,
    TOWNSHIP,
    XIAOHUANG,
    Json,
    collection,
    dot,
    feature,
    ring,
    square,
)

BOUNDARY = feature(COUNTY, square(112.0, 36.0, 0.5))
# Two neighbours that share the meridian 112.24.
WEST, EAST = (112.23, 36.2), (112.25, 36.2)
GAOBI_SQUARE = feature(GAOBI, square(112.22, 36.19, 0.02))
XIAOHUANG_SQUARE = feature(XIAOHUANG, square(112.24, 36.19, 0.02))
TOWNSHIP_SQUARE = feature(TOWNSHIP, square(112.1, 36.1, 0.3))
GRID_SQUARE = feature(GAOBI_GRID, square(112.22, 36.19, 0.012))


def areas(*features: Json, datum: str = "WGS-84", known: Collection[str] = KNOWN) -> Areas:
    found, problems = read(collection(*features, datum=datum), {*KNOWN, ENDED})
    assert problems == ()
    return Areas.of(found, known)


def test_locate__a_village_comes_before_its_township() -> None:
    here = areas(BOUNDARY, TOWNSHIP_SQUARE, GAOBI_SQUARE).locate(Wgs84(*WEST))
    assert (here.code, here.how, here.distance_metres) == (GAOBI, "polygon", 0)


def test_locate__a_grid_comes_before_its_village() -> None:
    here = areas(GAOBI_SQUARE, GRID_SQUARE).locate(Wgs84(112.225, 36.195))
    assert [found.code for found in here.ranked] == [GAOBI_GRID]


def test_locate__a_point_in_gcj02_is_the_same_place() -> None:
    # 40 m inside of the border, which the wrong datum would carry into the neighbour.
    point = Wgs84(112.2396, 36.2)
    county = areas(GAOBI_SQUARE, XIAOHUANG_SQUARE)
    wrong = to_gcj02(point)
    assert county.locate(point).code == county.locate(to_gcj02(point)).code == GAOBI
    assert county.locate(Wgs84(wrong.longitude, wrong.latitude)).code == XIAOHUANG


def test_locate__boundaries_in_gcj02_meet_points_in_wgs84() -> None:
    county = areas(GAOBI_SQUARE, XIAOHUANG_SQUARE, datum="GCJ-02")
    # In WGS-84 the border lies about 560 m further west.
    assert county.locate(Gcj02(112.2396, 36.2)).code == GAOBI
    assert county.locate(Wgs84(112.2396, 36.2)).code == XIAOHUANG


@pytest.mark.parametrize("datum", ["WGS-84", "GCJ-02"])
def test_locate__a_point_on_a_shared_border_gets_both(datum: str) -> None:
    point = {"WGS-84": Wgs84, "GCJ-02": Gcj02}[datum](112.24, 36.2)
    here = areas(GAOBI_SQUARE, XIAOHUANG_SQUARE, datum=datum).locate(point)
    assert {found.code for found in here.ranked} == {GAOBI, XIAOHUANG}
    assert here.on_border


def test_locate__within_a_metre_of_the_border_the_own_side_comes_first() -> None:
    # Half a metre east of it.
    here = areas(GAOBI_SQUARE, XIAOHUANG_SQUARE).locate(Wgs84(112.240005, 36.2))
    assert [found.code for found in here.ranked] == [XIAOHUANG, GAOBI]


def test_locate__a_long_straight_border_stays_where_it_was_drawn() -> None:
    # The middle of an edge of 18 km, which bends by some 25 m between the datums.
    county = areas(feature(GAOBI, square(112.1, 36.1, 0.2)), datum="GCJ-02")
    for edge in (Gcj02(112.2, 36.1), Gcj02(112.2, 36.3), Gcj02(112.1, 36.2), Gcj02(112.3, 36.2)):
        assert county.locate(edge).code == GAOBI


def test_locate__a_spike_thinner_than_rounding_does_no_harm() -> None:
    spike = [
        [112.25249641354158, 36.24137504477296],
        [112.25540878318996, 36.24393235266161],
        [112.25395259836577, 36.24265369871729],
        [112.25346720342438, 36.24222748073585],
        [112.25249641354158, 36.24437504477296],
        [112.25249641354158, 36.24137504477296],
    ]
    village = feature(GAOBI, {"type": "Polygon", "coordinates": [spike]}, datum="GCJ-02")
    here = areas(BOUNDARY, village).locate(Gcj02(112.2526, 36.2425))
    assert here.code == GAOBI and shapely.is_valid(areas(village).by_code[GAOBI].boundary)


def test_locate__a_border_of_a_grid_does_not_hide_the_neighbour_without_grids() -> None:
    grid = feature(GAOBI_GRID, square(112.228, 36.19, 0.012))
    here = areas(GAOBI_SQUARE, grid, XIAOHUANG_SQUARE).locate(Wgs84(112.24, 36.2))
    assert {found.code for found in here.ranked} == {GAOBI_GRID, XIAOHUANG}


def test_locate__a_point_in_a_hole_is_not_in_the_village() -> None:
    holed = {
        "type": "Polygon",
        "coordinates": [ring(112.2, 36.2, 0.02), ring(112.205, 36.205, 0.01)],
    }
    county = areas(BOUNDARY, feature(GAOBI, holed))
    assert county.locate(Wgs84(112.202, 36.202)).code == GAOBI
    assert county.locate(Wgs84(112.21, 36.21)).code == COUNTY


def test_locate__without_boundaries_below_the_county_the_nearest_centre_counts() -> None:
    centres = feature(GAOBI, dot(112.2, 36.2)), feature(XIAOHUANG, dot(112.23, 36.2))
    here = areas(BOUNDARY, *centres).locate(Wgs84(112.21, 36.2))
    assert (here.code, here.how, here.inside_county) == (GAOBI, "nearest_centre", True)
    assert here.distance_metres == pytest.approx(897, abs=2)
    assert [found.code for found in here.ranked] == [GAOBI, XIAOHUANG]


def test_locate__a_far_centre_is_not_offered() -> None:
    county = areas(
        BOUNDARY,
        feature(GAOBI, dot(112.2, 36.2)),
        feature(TOWNSHIP, dot(112.3, 36.2)),
        feature("141026101", dot(112.45, 36.45)),
    )
    # 7 km from the village, 16 from its township, 38 from the other one.
    point = Wgs84(112.122, 36.2)
    assert [found.code for found in county.locate(point).ranked] == [TOWNSHIP]
    closer = county.locate(point, village_limit_metres=8_000, township_limit_metres=10_000)
    assert [found.code for found in closer.ranked] == [GAOBI]


def test_locate__the_limit_is_a_circle() -> None:
    # 4 km north and 4 km east: within a square of 5 km, but 5.7 km away.
    county = areas(feature(GAOBI, dot(112.2, 36.2)))
    assert county.locate(Wgs84(112.2445, 36.236)).how == "nothing_known"


def test_locate__of_two_centres_in_one_place_the_deeper_comes_first() -> None:
    county = areas(feature(TOWNSHIP, dot(112.2, 36.2)), feature(GAOBI, dot(112.2, 36.2)))
    ranked = county.locate(Wgs84(112.21, 36.2)).ranked
    assert [found.code for found in ranked] == [GAOBI, TOWNSHIP]


def test_locate__in_the_county_and_far_from_all_only_the_county_is_certain() -> None:
    here = areas(BOUNDARY, feature(GAOBI, dot(112.4, 36.4))).locate(Wgs84(112.1, 36.1))
    assert (here.code, here.how) == (COUNTY, "polygon")


def test_locate__a_centre_whose_boundary_does_not_hold_the_point_comes_last() -> None:
    centres = feature(GAOBI, dot(*WEST)), feature(DAHUANG, dot(112.27, 36.2))
    here = areas(BOUNDARY, GAOBI_SQUARE, *centres).locate(Wgs84(112.245, 36.2))
    assert [found.code for found in here.ranked] == [DAHUANG, GAOBI]


def test_locate__a_township_boundary_offers_only_its_own_villages() -> None:
    centres = feature(GAOBI, dot(112.39, 36.2)), feature("141026101200", dot(112.401, 36.2))
    known = {*KNOWN, "141026101200"}
    found, _ = read(collection(TOWNSHIP_SQUARE, *centres), known)
    here = Areas.of(found, known).locate(Wgs84(112.399, 36.2))
    assert [found.code for found in here.ranked] == [TOWNSHIP, GAOBI]


def test_locate__far_outside_nothing_is_offered() -> None:
    here = areas(BOUNDARY, feature(TOWNSHIP, dot(112.02, 36.2))).locate(Wgs84(111.9, 36.2))
    assert (here.inside_county, here.code, here.how, here.ranked) == (False, None, "outside", ())


def test_locate__just_outside_the_coarse_boundary_the_near_are_offered() -> None:
    here = areas(BOUNDARY, feature(TOWNSHIP, dot(112.02, 36.2))).locate(Wgs84(111.995, 36.2))
    assert (here.code, here.how) == (None, "outside")
    assert [found.code for found in here.ranked] == [TOWNSHIP]


def test_locate__a_village_is_inside_even_without_a_county_boundary() -> None:
    county = areas(GAOBI_SQUARE)
    assert county.locate(Wgs84(*WEST)).inside_county is True
    assert county.locate(Wgs84(*EAST)).inside_county is None


def test_locate__no_areas_at_all_is_no_error() -> None:
    here = Areas.of((), KNOWN).locate(Wgs84(*WEST))
    assert (here.inside_county, here.code, here.how) == (None, None, "nothing_known")


def test_locate__never_answers_with_an_ended_division() -> None:
    ended = feature(ENDED, square(112.22, 36.19, 0.02)), feature(ENDED, dot(*WEST))
    here = areas(BOUNDARY, *ended).locate(Wgs84(*WEST))
    assert (here.code, [found.code for found in here.ranked]) == (COUNTY, [COUNTY])


def test_locate__offers_five_at_most() -> None:
    codes = [f"14102610020{number}" for number in range(9)]
    features = [feature(code, dot(112.2 + n / 1000, 36.2)) for n, code in enumerate(codes)]
    found, _ = read(collection(*features), codes)
    here = Areas.of(found, codes).locate(Wgs84(112.2, 36.2))
    assert [found.code for found in here.ranked] == codes[:5]


@pytest.mark.parametrize("point", [Wgs84(0, 90), Wgs84(180, -90), Wgs84(-180, 36), Wgs84(180, 36)])
def test_locate__the_ends_of_the_earth_are_just_outside(point: Wgs84) -> None:
    assert areas(BOUNDARY, feature(GAOBI, dot(*WEST))).locate(point).how == "outside"


@pytest.mark.parametrize("datum", ["WGS-84", "GCJ-02"])
def test_locate__a_boundary_of_100_000_points_costs_nobody_a_wait(datum: str) -> None:
    turns = [2 * math.pi * step / 100_000 for step in range(100_000)]
    circle = [[112.25 + 0.05 * math.cos(turn), 36.2 + 0.05 * math.sin(turn)] for turn in turns]
    shape = {"type": "Polygon", "coordinates": [[*circle, circle[0]]]}
    started = perf_counter()
    county = areas(feature(GAOBI, shape), datum=datum)
    loaded = perf_counter()
    answers = [county.locate(Wgs84(112.2 + step / 1_000, 36.2)) for step in range(100)]
    assert GAOBI in {here.code for here in answers}
    # Measured: 0.3 and 2 s, 0.1 ms; the limits leave room for a busy machine.
    assert loaded - started < 20 and perf_counter() - loaded < 1


def test_area_feature__name_and_source_make_no_difference() -> None:
    found, _ = read(collection(GAOBI_SQUARE), KNOWN)
    plain = found[0]
    named = AreaFeature(plain.code, plain.kind, plain.datum, plain.geometry, "高壁", "测绘")
    assert named == plain
