"""The line of how much each week differs from those before it, as points of a picture. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from services.learning.drift import WeekDrift

WIDTH, HEIGHT = 360, 190
_LEFT, _RIGHT, _TOP, _BOTTOM = 42, 350, 12, 158
_TOPS = (0.02, 0.05, 0.1, 0.2, 0.5, 1.0)
_EVERY = 4
"""Weeks from one date below the picture to the next."""


@dataclass(frozen=True, slots=True)
class Dot:
    """One week."""

    x: float
    y: float
    is_different: bool
    says: str


@dataclass(frozen=True, slots=True)
class Chart:
    """What the template draws; places in the picture's own points."""

    lines: tuple[str, ...]
    """`x,y x,y`; broken where a week says nothing."""
    limits: tuple[str, ...]
    """The same for what chance may make."""
    dots: tuple[Dot, ...]
    heights: tuple[tuple[float, str], ...]
    dates: tuple[tuple[float, str], ...]


def chart(weeks: Sequence[WeekDrift]) -> Chart | None:
    """None where no week tells anything yet."""
    drifts, limits = [week.drift for week in weeks], [week.limit for week in weeks]
    highest = max((each for each in (*drifts, *limits) if each is not None), default=None)
    if highest is None:
        return None
    top = next((each for each in _TOPS if each >= highest), 1.0)
    last = len(weeks) - 1
    return Chart(
        lines=tuple(_lines(drifts, top)),
        limits=tuple(_lines(limits, top)),
        dots=tuple(_dot(week, _x(at, last), top) for at, week in enumerate(weeks) if _told(week)),
        heights=tuple((_y(each, top), f"{each:g}") for each in (0.0, top / 2, top)),
        dates=tuple(
            (_x(at, last), day(weeks[at])) for at in sorted(range(last, -1, -_EVERY)) if at
        ),
    )


def day(week: WeekDrift) -> str:
    """11月23日, its Monday."""
    return f"{week.start.month}月{week.start.day}日"


def _told(week: WeekDrift) -> bool:
    return week.drift is not None


def _dot(week: WeekDrift, x: float, top: float) -> Dot:
    drift = week.drift or 0.0
    says = f"{day(week)}那周：{drift:.3f}{'，变了' if week.is_different else ''}"
    return Dot(x, _y(drift, top), week.is_different, says)


def _lines(values: Sequence[float | None], top: float) -> Iterator[str]:
    """Runs of at least two weeks that say something."""
    last = len(values) - 1
    for told, run in groupby(enumerate(values), key=lambda each: each[1] is not None):
        points = [f"{_x(at, last)},{_y(value or 0.0, top)}" for at, value in run]
        if told and len(points) > 1:
            yield " ".join(points)


def _x(at: int, last: int) -> float:
    return round(_LEFT + (_RIGHT - _LEFT) * at / last, 1) if last else float(_RIGHT)


def _y(value: float, top: float) -> float:
    return round(_BOTTOM - (_BOTTOM - _TOP) * min(value, top) / top, 1)
