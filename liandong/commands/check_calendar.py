"""What `liandong check` says of the working calendar."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from routing.checks import Finding
from routing.county import County
from tickets.workdays import Workdays

DAYS_AHEAD = 60
"""How long before a year begins its holidays should be known; notices come in November."""


def calendar_notes(county: County, day: date) -> Iterator[Finding]:
    """The years, of today or soon to begin, whose holidays are only an estimate."""
    workdays = Workdays.of(county.special_days)
    for year in sorted({day.year, (day + timedelta(days=DAYS_AHEAD)).year}):
        if workdays.is_announced(year):
            continue
        left = (date(year, 1, 1) - day).days
        when = f"还有 {left} 天就到" if left > 0 else "已经开始"
        yield Finding(
            "calendar",
            "year_unknown",
            f"{year} 年（{when}）的放假调休安排还没有，现在按法定节假日推算，"
            "春节、国庆前后的时限会不准",
            "把国务院办公厅通知里的放假和调休上班填进工作簿“节假日”",
            is_problem=False,
        )
