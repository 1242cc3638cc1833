"""Two datums that look alike: WGS-84 of devices and GCJ-02 of Chinese maps.

The same numbers mean places hundreds of metres apart, which is the wrong grid. So the datum is in
the type: a `Wgs84` cannot be handed to who wants a `Gcj02`, and the only ways between them are the
two conversions here.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import asin, cos, hypot, pi, radians, sin, sqrt
from typing import TypeVar

from routing.errors import LiandongError

# Krasovsky 1940, on which the published algorithm computes, and the mean radius of the earth.
_SEMI_MAJOR_METRES = 6_378_245.0
_ECCENTRICITY_SQUARED = 0.00669342162296594323
_EARTH_RADIUS_METRES = 6_371_008.8

# In degrees: 0.1 mm.
_CLOSE_ENOUGH = 1e-9
# Each round gains two digits, so five are enough; the bound only keeps the loop finite.
_MOST_ROUNDS = 20
# In degrees: 0.1 m.
_NULL_ISLAND = 1e-6


class NoPosition(LiandongError):
    """没有收到有效的位置，请打开定位后重新发送，或者用文字写明村名。"""


@dataclass(frozen=True, slots=True)
class Wgs84:
    """A point as satellites, Telegram and browsers give it; degrees.

    CGCS2000 (国家2000) differs by centimetres and counts as the same. Raises `NoPosition` for what
    is no place on earth and for 0, 0, which devices send when they have no fix.
    """

    longitude: float
    latitude: float

    def __post_init__(self) -> None:
        _refuse_nowhere(self.longitude, self.latitude)


@dataclass(frozen=True, slots=True)
class Gcj02:
    """A point as Amap, Tencent and most Chinese maps give it; degrees.

    Raises `NoPosition` as `Wgs84` does.
    """

    longitude: float
    latitude: float

    def __post_init__(self) -> None:
        _refuse_nowhere(self.longitude, self.latitude)


# Not a common base class: that would let two datums meet in one call.
Point = TypeVar("Point", Wgs84, Gcj02)
Pair = tuple[float, float]


def to_gcj02(point: Wgs84) -> Gcj02:
    """The same place in GCJ-02; outside of mainland China's rectangle nothing is shifted."""
    return Gcj02(*shifted((point.longitude, point.latitude)))


def to_wgs84(point: Gcj02) -> Wgs84:
    """The same place in WGS-84, to a millimetre (there is no closed form, so it iterates)."""
    return Wgs84(*unshifted((point.longitude, point.latitude)))


def metres_between(a: Point, b: Point) -> float:
    """Metres along the earth's surface (haversine); both points must be of one datum.

    In GCJ-02 a distance is wrong by up to 4 ‰ (measured in Shanxi): the shift is not the same
    everywhere.
    """
    north, north_too = radians(a.latitude), radians(b.latitude)
    across = sin((north_too - north) / 2) ** 2
    along = sin(radians(b.longitude - a.longitude) / 2) ** 2
    chord = across + cos(north) * cos(north_too) * along
    return 2 * _EARTH_RADIUS_METRES * asin(sqrt(min(1.0, chord)))


def in_china(longitude: float, latitude: float) -> bool:
    """Whether the published algorithm shifts here: a rectangle around China."""
    return 72.004 <= longitude <= 137.8347 and 0.8293 <= latitude <= 55.8271


def shifted(pair: Pair) -> Pair:
    """WGS-84 to GCJ-02 for bare (longitude, latitude): the vertices of shapes."""
    if not in_china(*pair):
        return pair
    east, north = _shift(*pair)
    return pair[0] + east, pair[1] + north


def unshifted(pair: Pair) -> Pair:
    """GCJ-02 to WGS-84 for bare (longitude, latitude): the vertices of shapes."""
    if not in_china(*pair):
        return pair
    longitude, latitude = pair
    for _ in range(_MOST_ROUNDS):
        east, north = _shift(longitude, latitude)
        step = hypot(pair[0] - east - longitude, pair[1] - north - latitude)
        longitude, latitude = pair[0] - east, pair[1] - north
        if step < _CLOSE_ENOUGH:
            break
    return longitude, latitude


def _refuse_nowhere(longitude: float, latitude: float) -> None:
    # Written so that NaN is refused as well.
    if not (-180 <= longitude <= 180 and -90 <= latitude <= 90):
        raise NoPosition
    if abs(longitude) < _NULL_ISLAND and abs(latitude) < _NULL_ISLAND:
        raise NoPosition


def _shift(longitude: float, latitude: float) -> Pair:
    """How far GCJ-02 lies east and north of WGS-84 here, in degrees.

    The widely published reconstruction of the official algorithm (eviltransform, coordtransform);
    105° E, 35° N is its centre.
    """
    x, y = longitude - 105.0, latitude - 35.0
    root = sqrt(abs(x))
    ripples = 20 * sin(6 * pi * x) + 20 * sin(2 * pi * x)
    east = ripples + 20 * sin(pi * x) + 40 * sin(pi * x / 3)
    east += 150 * sin(pi * x / 12) + 300 * sin(pi * x / 30)
    north = ripples + 20 * sin(pi * y) + 40 * sin(pi * y / 3)
    north += 160 * sin(pi * y / 12) + 320 * sin(pi * y / 30)
    east_metres = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + east * 2 / 3
    north_metres = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + north * 2 / 3
    parallel = radians(latitude)
    flattening = 1 - _ECCENTRICITY_SQUARED * sin(parallel) ** 2
    across = _SEMI_MAJOR_METRES / sqrt(flattening)
    along = across * (1 - _ECCENTRICITY_SQUARED) / flattening
    return east_metres * 180 / (across * cos(parallel) * pi), north_metres * 180 / (along * pi)
