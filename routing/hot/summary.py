"""What the reports of one event have in common: its place, its matter, its name. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import TypeVar

from routing.hot.report import Report

T = TypeVar("T", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Place:
    """What all reports of an event share of their places; None for what they do not share."""

    township: str | None
    village: str | None = None
    grid: str | None = None
    villager_group: int | None = None


def shared_place(reports: Sequence[Report]) -> Place:
    """A report that knows no village is no evidence against the village of the others."""
    village = _shared(reports, lambda each: each.village)
    if village is None:
        return Place(reports[0].township)
    return Place(
        township=reports[0].township,
        village=village,
        grid=_shared(reports, lambda each: each.grid),
        villager_group=_shared(reports, lambda each: each.villager_group),
    )


def shared_name(reports: Sequence[Report]) -> str:
    """Place and matter for people: 高壁村三组路灯. Names of places start with the largest."""
    finest = shared_place(reports)
    named = [each.place_name for each in reports if each.village == finest.village]
    alike = takewhile(lambda chars: len(set(chars)) == 1, zip(*named, strict=False))
    place = "".join(chars[0] for chars in alike)
    return place + (commonest(each.matter_name for each in reports) or "同一件事")


def commonest(values: Iterable[T | None]) -> T | None:
    """The value that occurs most often; the first by name of several, None of none."""
    counts = Counter(value for value in values if value)
    return min(counts, key=lambda value: (-counts[value], str(value))) if counts else None


def _shared(reports: Sequence[Report], of: Callable[[Report], T | None]) -> T | None:
    values = {value for each in reports if (value := of(each)) is not None}
    return next(iter(values)) if len(values) == 1 else None
