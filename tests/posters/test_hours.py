"""Rosters in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time

import pytest

from liandong.posters.hours import clock, days, spans


@pytest.mark.parametrize(
    ("weekdays", "words"),
    [
        ([None], "每天"),
        (list(range(7)), "每天"),
        ([None, 3], "每天"),
        ([4, 0, 1, 2, 3], "周一至周五"),
        ([5, 6], "周六、周日"),
        ([0, 2, 4], "周一、周三、周五"),
        ([0, 1, 2, 6], "周一至周三、周日"),
    ],
)
def test_days__as_people_say_them(weekdays: Sequence[int | None], words: str) -> None:
    assert days(weekdays) == words


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (time(8, 30), time(12), "08:30—12:00"),
        (time(18), time(8), "18:00—次日08:00"),
        (time(14), time(0), "14:00—24:00"),
        (time(0), time(0), "全天"),
    ],
)
def test_clock__an_end_before_the_start_is_the_next_day(start: time, end: time, words: str) -> None:
    assert clock(start, end) == words


def test_spans__two_in_a_row_are_not_a_span() -> None:
    assert spans([1, 2, 4, 5, 6, 9]) == "1、2、4至6、9"
