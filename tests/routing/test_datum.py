"""Points know their datum, and the way from one to the other is exact to a centimetre."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mypy import api

from routing.datum import Gcj02, NoPosition, Wgs84, metres_between, to_gcj02, to_wgs84
from routing.errors import LiandongError

_CHINA = {"longitude": st.floats(73.5, 135), "latitude": st.floats(18, 53.6)}
_SHANXI = {"longitude": st.floats(110.2, 114.6), "latitude": st.floats(34.5, 40.8)}

# (longitude, latitude) in WGS-84 and in GCJ-02: tests of googollee/eviltransform (Shanghai,
# Shenzhen, Beijing) and wandergis/coordtransform (Beijing).
_PUBLISHED = [
    ((121.5272106, 31.1774276), (121.531541859215, 31.17530398364597)),
    ((113.912316, 22.543847), (113.9171764808363, 22.540796131694766)),
    ((116.377817, 39.911954), (116.38404722455657, 39.91334545536069)),
    ((116.404, 39.915), (116.41024449916938, 39.91640428150164)),
]


@pytest.mark.parametrize(("wgs84", "gcj02"), _PUBLISHED)
def test_conversion__agrees_with_published_pairs(
    wgs84: tuple[float, float], gcj02: tuple[float, float]
) -> None:
    assert metres_between(to_gcj02(Wgs84(*wgs84)), Gcj02(*gcj02)) < 0.001
    assert metres_between(to_wgs84(Gcj02(*gcj02)), Wgs84(*wgs84)) < 0.001


@given(st.builds(Wgs84, **_CHINA))
def test_conversion__there_and_back_is_the_same_place(point: Wgs84) -> None:
    assert metres_between(to_wgs84(to_gcj02(point)), point) < 0.01


@given(st.builds(Gcj02, **_CHINA))
def test_conversion__back_and_there_is_the_same_place(point: Gcj02) -> None:
    assert metres_between(to_gcj02(to_wgs84(point)), point) < 0.01


@given(st.builds(Wgs84, **_SHANXI))
def test_shift__is_hundreds_of_metres_in_shanxi(point: Wgs84) -> None:
    gcj02 = to_gcj02(point)
    assert 100 < metres_between(Wgs84(gcj02.longitude, gcj02.latitude), point) < 1000


@pytest.mark.parametrize(("longitude", "latitude"), [(2.35, 48.86), (-112.3, 36.1), (151.2, -33.9)])
def test_shift__there_is_none_outside_china(longitude: float, latitude: float) -> None:
    assert to_gcj02(Wgs84(longitude, latitude)) == Gcj02(longitude, latitude)
    assert to_wgs84(Gcj02(longitude, latitude)) == Wgs84(longitude, latitude)


@pytest.mark.parametrize("datum", [Wgs84, Gcj02])
@pytest.mark.parametrize(
    ("longitude", "latitude"),
    [
        (0.0, 0.0),
        (-5e-7, 5e-7),
        (float("nan"), 36.0),
        (112.0, float("nan")),
        (float("inf"), 36.0),
        (180.1, 36.0),
        (36.1, 112.3),
        (10**400, 36.0),
    ],
)
def test_point__what_is_no_place_is_refused_in_a_sentence(
    datum: type[Wgs84] | type[Gcj02], longitude: float, latitude: float
) -> None:
    with pytest.raises(NoPosition, match="没有收到有效的位置") as refused:
        datum(longitude, latitude)
    assert isinstance(refused.value, LiandongError)


def test_distance__a_degree_of_latitude_is_111_kilometres() -> None:
    assert metres_between(Wgs84(112.3, 36), Wgs84(112.3, 37)) == pytest.approx(111_195, abs=1)


def test_distance__around_the_whole_earth_is_no_error() -> None:
    assert metres_between(Wgs84(-90, 45), Wgs84(90, -45)) == pytest.approx(20_015_115, abs=1)


def test_datum__mypy_refuses_to_mix(tmp_path: Path) -> None:
    code = [
        "from routing.datum import Gcj02, Wgs84, metres_between, to_gcj02, to_wgs84",
        "to_gcj02(Gcj02(112.3, 36.1))",
        "to_wgs84(Wgs84(112.3, 36.1))",
        "metres_between(Wgs84(112.3, 36.1), Gcj02(112.3, 36.1))",
    ]
    said, _, _ = api.run(["--config-file=", f"--cache-dir={tmp_path}", "-c", "\n".join(code)])
    assert "Found 3 errors" in said
