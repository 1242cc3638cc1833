"""Days, hours, shifts and leaves as people write them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from routing.duty import CHINA_TIME, Absence, Shift

_DAY = timedelta(days=1)


def day_words(day: date) -> str:
    """12月3日（周四）."""
    return f"{day.month}月{day.day}日（周{'一二三四五六日'[day.weekday()]}）"


def span_words(start: datetime, end: datetime) -> str:
    """12月3日（周四）08:00–18:00; with 次日 or a date where it ends on another day."""
    begin, stop = start.astimezone(CHINA_TIME), end.astimezone(CHINA_TIME)
    until, behind = f"{stop:%H:%M}", ""
    if stop.time() == time(0):
        stop, until = stop - _DAY, "24:00"
    if stop.date() == begin.date() + _DAY:
        behind = "次日"
    elif stop.date() != begin.date():
        behind = f"{stop.month}月{stop.day}日 "
    return f"{day_words(begin.date())}{begin:%H:%M}–{behind}{until}"


def moment_words(moment: datetime, now: datetime) -> str:
    """18:00 on the same day, 12月3日 08:00 on another."""
    at, today = moment.astimezone(CHINA_TIME), now.astimezone(CHINA_TIME).date()
    return f"{at:%H:%M}" if at.date() == today else f"{at.month}月{at.day}日 {at:%H:%M}"


def leave_words(absence: Absence) -> str:
    """12月3日, 12月3日至12月5日; with hours if not for whole days: 12月3日 12:00至24:00."""
    start, end = absence.start.astimezone(CHINA_TIME), absence.until.astimezone(CHINA_TIME)
    opens, closes = f"{start:%H:%M}", f"{end:%H:%M}"
    if end.time() == time(0):
        end, closes = end - _DAY, "24:00"
    first, last = (f"{each.month}月{each.day}日" for each in (start, end))
    is_whole = (opens, closes) == ("00:00", "24:00")
    if first == last:
        return first if is_whole else f"{first} {opens}至{closes}"
    return f"{first}至{last}" if is_whole else f"{first} {opens}至{last} {closes}"


@dataclass(frozen=True, slots=True)
class Desk:
    """One shift as somebody sits it: for several units at once where the roster says so."""

    day: date
    start: datetime
    end: datetime
    units: tuple[str, ...]

    @property
    def clock(self) -> time:
        """Its local beginning."""
        return self.start.astimezone(CHINA_TIME).time()


def desks(shifts: Iterable[Shift]) -> list[Desk]:
    """Shifts of one person with those at the same time taken together, in order."""
    found: dict[tuple[datetime, datetime], list[Shift]] = {}
    for shift in shifts:
        found.setdefault((shift.start, shift.end), []).append(shift)
    return [
        Desk(each[0].day, start, end, tuple(dict.fromkeys(shift.unit for shift in each)))
        for (start, end), each in sorted(found.items())
    ]
