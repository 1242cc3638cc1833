"""Working minutes (domain.md §6): everything but emergencies counts only office hours.

Slots and the set of working days are arguments, so that a county can have its own. Here a
working day is Monday to Friday; public holidays and make-up days (调休) are given by the caller.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

COUNTY_ZONE = ZoneInfo("Asia/Shanghai")


def monday_to_friday(day: date) -> bool:
    """The plain working week."""
    return day.weekday() < 5


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """Several slots a day, local time, in order and not overlapping."""

    slots: tuple[tuple[time, time], ...] = (
        (time(8, 0), time(12, 0)),
        (time(14, 30), time(18, 0)),
    )
    is_workday: Callable[[date], bool] = monday_to_friday
    zone: ZoneInfo = COUNTY_ZONE

    @property
    def minutes_per_day(self) -> int:
        """Length of one working day in working minutes."""
        day = date(2024, 1, 1)
        return sum(
            int((datetime.combine(day, end) - datetime.combine(day, start)).total_seconds() // 60)
            for start, end in self.slots
        )

    def add(self, start: datetime, minutes: float) -> datetime:
        """The moment at which `minutes` of working time after `start` have passed."""
        left = timedelta(minutes=minutes)
        local = start.astimezone(self.zone)
        day = local.date()
        for _ in range(3660):
            if self.is_workday(day):
                for slot_start, slot_end in self.slots:
                    begin = max(datetime.combine(day, slot_start, self.zone), local)
                    end = datetime.combine(day, slot_end, self.zone)
                    if begin >= end:
                        continue
                    if left <= end - begin:
                        return (begin + left).astimezone(start.tzinfo)
                    left -= end - begin
            day += timedelta(days=1)
        raise ValueError("no working day within ten years")
