"""When an office is open within a day (作息时间), and other hours for a part of the year.

Many counties work longer into the evening in summer: the afternoon begins and ends later from
May to September. Hours are whole minutes of local time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from itertools import pairwise

from routing.errors import LiandongError

Slot = tuple[time, time]
"""From opening to closing; a closing at 00:00 is the end of the day (24:00)."""
MonthDay = tuple[int, int]
"""A day of any year: (5, 1) is 1 May."""

MINUTES_OF_DAY = 24 * 60
_LEAP_YEAR = 2024
_SLOT = re.compile(r"(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})", re.ASCII)
_MONTH_DAY = re.compile(r"(\d{1,2})-(\d{1,2})", re.ASCII)


class BadSlots(LiandongError):
    """上下班时间不对：一天至少一段，每段先上班后下班，按先后写，不能重叠。"""


def minutes_of(slot: Slot) -> tuple[int, int]:
    """Opening and closing in minutes after midnight; the closing is at most 1440."""
    opening, closing = slot
    return _minute(opening), _minute(closing) or MINUTES_OF_DAY


def length_of(slots: tuple[Slot, ...]) -> int:
    """Working minutes of one day."""
    return sum(closing - opening for opening, closing in map(minutes_of, slots))


def check_slots(slots: tuple[Slot, ...]) -> None:
    """Raise `BadSlots` unless there is a slot, each ends after its start and they are in order.

    A slot may begin where the one before it ends.
    """
    if not slots:
        raise BadSlots("上下班时间是空的，请至少写一段，如 08:00-12:00")
    for slot in slots:
        if any(each.second or each.microsecond or each.tzinfo for each in slot):
            raise BadSlots(f"上下班时间应为整分钟的当地时间：{shown(slot)}")
        opening, closing = minutes_of(slot)
        if closing <= opening:
            raise BadSlots(f"下班时间应晚于上班时间：{shown(slot)}")
    for earlier, later in pairwise(slots):
        if minutes_of(later)[0] < minutes_of(earlier)[1]:
            raise BadSlots(f"两段时间重叠或先后颠倒：{shown(earlier)} 和 {shown(later)}")


def shown(slot: Slot) -> str:
    """A slot as it is written: 14:30-18:00."""
    opening, closing = slot
    return f"{opening:%H:%M}-{closing:%H:%M}"


def slots_from(parts: tuple[str, ...]) -> tuple[Slot, ...]:
    """Slots as a table has them, each as 08:00-12:00. Raises `BadSlots`."""
    slots = tuple(_slot(part) for part in parts)
    check_slots(slots)
    return slots


def month_day_from(text: str) -> MonthDay | None:
    """A day of the year written as 05-01; None for what is no day of any year."""
    found = _MONTH_DAY.fullmatch(text)
    if found is None:
        return None
    month, day = int(found[1]), int(found[2])
    try:
        date(_LEAP_YEAR, month, day)
    except ValueError:
        return None
    return month, day


def days_of_any_year() -> Iterator[date]:
    """Every day that a year may have, as days of a leap year."""
    start = date(_LEAP_YEAR, 1, 1).toordinal()
    return map(date.fromordinal, range(start, start + 366))


@dataclass(frozen=True, slots=True)
class Season:
    """Office hours from one day of the year to another, both included.

    A season whose last day comes before its first one runs over the end of the year. Raises
    `BadSlots`.
    """

    first: MonthDay
    last: MonthDay
    slots: tuple[Slot, ...]

    def __post_init__(self) -> None:
        check_slots(self.slots)

    @classmethod
    def all_year(cls, slots: tuple[Slot, ...]) -> Season:
        """The same hours on every day."""
        return cls((1, 1), (12, 31), slots)

    def holds(self, day: date) -> bool:
        """Whether the hours are those of this day."""
        found = day.month, day.day
        if self.first <= self.last:
            return self.first <= found <= self.last
        return found >= self.first or found <= self.last

    def days(self) -> Iterator[MonthDay]:
        """Its days, 29 February among them."""
        return ((day.month, day.day) for day in days_of_any_year() if self.holds(day))


def _slot(text: str) -> Slot:
    found = _SLOT.fullmatch(text)
    if found is None:
        raise BadSlots(f"“{text}”看不懂，请写成 08:00-12:00 的形式")
    try:
        opening = time(int(found[1]), int(found[2]))
        # People write the end of the day as 24:00.
        end = (0, 0) if found.group(3, 4) == ("24", "00") else (int(found[3]), int(found[4]))
        closing = time(*end)
    except ValueError:
        raise BadSlots(f"“{text}”不是一天里的时间，请写成 08:00-12:00 的形式") from None
    return opening, closing


def _minute(clock: time) -> int:
    return clock.hour * 60 + clock.minute
