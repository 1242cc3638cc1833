"""A duty roster in words: 周一至周五 09:00—12:00."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import time

_DAYS = "一二三四五六日"
_SPAN = 3
"""So many in a row are written as from–to."""


def days(weekdays: Iterable[int | None]) -> str:
    """The weekdays of shifts (0 is Monday, None every day) as people say them."""
    found = set(weekdays)
    if None in found or len(found) == len(_DAYS):
        return "每天"
    return spans(sorted(day for day in found if day is not None), [f"周{day}" for day in _DAYS])


def clock(start: time, end: time) -> str:
    """The hours of one shift (`DutyPost` says what an end before the start means)."""
    if start == end:
        return "全天"
    if end == time(0):
        return f"{start:%H:%M}—24:00"
    return f"{start:%H:%M}—{'次日' if end < start else ''}{end:%H:%M}"


def spans(numbers: Sequence[int], names: Sequence[str] | None = None) -> str:
    """Rising numbers with runs of three or more drawn together: 1至4、6."""

    def name(number: int) -> str:
        return names[number] if names else str(number)

    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return "、".join(
        f"{name(run[0])}至{name(run[-1])}"
        if len(run) >= _SPAN
        else "、".join(name(number) for number in run)
        for run in runs
    )
