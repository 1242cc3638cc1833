"""All openings of one year, looked up by moment and by working time.

Counting day by day costs a call and two time-zone conversions for each day; a simulated county
month counts some 100,000 times. A year is laid out once and searched by bisection.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from routing.office_slots import Slot

ZERO = timedelta(0)


@dataclass(frozen=True, slots=True)
class Openings:
    """The openings of one local year in their order, none empty, none overlapping; UTC."""

    opens: tuple[datetime, ...]
    closes: tuple[datetime, ...]
    before: tuple[timedelta, ...]
    """Working time of the year before each opening; rises strictly."""
    after: tuple[timedelta, ...]
    """Working time of the year up to the end of each; rises strictly."""
    days: tuple[int, ...]
    """The first opening of each working day."""

    @property
    def total(self) -> timedelta:
        """Working time of the whole year."""
        return self.after[-1] if self.after else ZERO

    def worked(self, moment: datetime) -> timedelta:
        """Working time of the year before a moment: nothing before it, all of it after it."""
        at = bisect_right(self.opens, moment) - 1
        if at < 0:
            return ZERO
        return min(self.before[at] + (moment - self.opens[at]), self.after[at])

    def earliest(self, worked: timedelta) -> datetime:
        """The first moment before which so much was worked: more than 0, at most the total."""
        at = bisect_left(self.after, worked)
        return self.opens[at] + (worked - self.before[at])

    def latest(self, worked: timedelta) -> datetime:
        """The last moment before which no more was worked: at least 0, less than the total."""
        at = bisect_right(self.before, worked) - 1
        return self.opens[at] + (worked - self.before[at])

    def opening(self, moment: datetime) -> datetime | None:
        """The moment itself when somebody is there from then on, else the next opening."""
        at = bisect_right(self.closes, moment)
        return max(moment, self.opens[at]) if at < len(self.opens) else None

    def closing(self, moment: datetime) -> datetime | None:
        """The moment itself when somebody was there until then, else the closing before it."""
        at = bisect_left(self.opens, moment) - 1
        return min(moment, self.closes[at]) if at >= 0 else None

    def day_at(self, moment: datetime) -> int:
        """The number within the year, from 0, of the working day of a moment at or after it."""
        return bisect_right(self.days, bisect_right(self.opens, moment) - 1) - 1

    def of_day(self, number: int) -> tuple[timedelta, timedelta]:
        """Working time of the year before a working day and after it."""
        last = self.days[number + 1] if number + 1 < len(self.days) else len(self.opens)
        return self.before[self.days[number]], self.after[last - 1]


def openings_of(
    year: int,
    is_workday: Callable[[date], bool],
    slots_on: Callable[[date], tuple[Slot, ...]],
    zone: ZoneInfo,
) -> Openings:
    """Lay out a year: what is skipped or counted twice when clocks change is left out."""
    spans: list[tuple[datetime, datetime]] = []
    days: list[int] = []
    for ordinal in range(date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal()):
        day = date.fromordinal(ordinal)
        if not is_workday(day):
            continue
        first = len(spans)
        for slot in slots_on(day):
            opening, closing = (_moment(day, each, zone) for each in slot)
            if slot[1] == time(0):
                closing = _moment(date.fromordinal(ordinal + 1), time(0), zone)
            if spans:
                opening = max(opening, spans[-1][1])
            if opening < closing:
                spans.append((opening, closing))
        if len(spans) > first:
            days.append(first)
    before, after, so_far = [], [], ZERO
    for opening, closing in spans:
        before.append(so_far)
        so_far += closing - opening
        after.append(so_far)
    opens, closes = zip(*spans, strict=True) if spans else ((), ())
    return Openings(tuple(opens), tuple(closes), tuple(before), tuple(after), tuple(days))


def _moment(day: date, clock: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, clock, zone).astimezone(UTC)
