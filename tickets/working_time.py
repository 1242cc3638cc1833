"""Working minutes (domain.md §6): everything but emergencies counts only office hours.

A county has several slots a day, its own set of working days and perhaps other hours in summer.
Working time is what a clock would show that runs only while the office is open. It is open from
the opening of a slot, which is included, to its closing, which is not. So a closing and the next
opening are the same working time, and only one of them is the answer to a question:

- `add` gives the earlier one: what takes all afternoon is due at closing time, not next morning.
- `subtract` gives the later one: what is due next noon began at the opening, not the night before.
- A start while the office is closed counts from the next opening; an end from the last closing.

Hence `subtract(add(start, m), m) == start` for every start while the office is open, and
`add(subtract(end, m), m) == end` for every end after an opening, up to the closing. All of it is
monotone, and exact to the microsecond.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import MAXYEAR, MINYEAR, UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from routing.errors import LiandongError
from routing.office_slots import Season, Slot, check_slots, days_of_any_year, length_of
from tickets.openings import ZERO, Openings, openings_of

COUNTY_ZONE = ZoneInfo("Asia/Shanghai")
_MINUTE = timedelta(minutes=1)
_YEARS_TO_LOOK = 100


class NeverOpen(LiandongError):
    """前后一百年的工作时间都不够，算不出时限；请检查节假日、作息时间和时限。"""


def monday_to_friday(day: date) -> bool:
    """The plain working week."""
    return day.weekday() < 5


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """When an office is open. Raises `BadSlots` for slots that overlap, are empty or out of order.

    Moments are aware, in any zone, and come back in the zone in which they were given; a naive one
    raises ValueError. What would be more than a hundred years away raises `NeverOpen`.
    """

    slots: tuple[Slot, ...] = (
        (time(8, 0), time(12, 0)),
        (time(14, 30), time(18, 0)),
    )
    """Local time; see `routing.office_slots`."""
    is_workday: Callable[[date], bool] = monday_to_friday
    """Must always say the same of a day: a year is asked for once."""
    zone: ZoneInfo = COUNTY_ZONE
    seasons: tuple[Season, ...] = ()
    """Other slots for parts of the year; the first one that holds on a day counts."""
    minutes_per_day: int = field(init=False, repr=False, compare=False)
    """Working minutes of a working day; of the longest one where the seasons differ.

    So a limit of n working days, taken as n times this, is never shorter than n days. `add_days`
    is exact in any case.
    """
    _years: dict[int, Openings] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        check_slots(self.slots)
        used = {self.slots_on(day) for day in days_of_any_year()} if self.seasons else {self.slots}
        object.__setattr__(self, "minutes_per_day", max(map(length_of, used)))

    def slots_on(self, day: date) -> tuple[Slot, ...]:
        """The slots of a day, if it is a working day."""
        return next((each.slots for each in self.seasons if each.holds(day)), self.slots)

    def add(self, start: datetime, minutes: float) -> datetime:
        """The first moment at which so much working time has passed since `start`.

        Nothing at all gives `start` itself while the office is open or just closed, else the next
        opening. Less than nothing is subtracted.
        """
        return self._added(start, timedelta(minutes=minutes))

    def subtract(self, end: datetime, minutes: float) -> datetime:
        """The last moment from which so much working time passes until `end`.

        Nothing at all gives `end` itself while the office is open or just closed, else the closing
        before. Less than nothing is added.
        """
        return self._subtracted(end, timedelta(minutes=minutes))

    def between(self, start: datetime, end: datetime) -> float:
        """Working minutes from `start` to `end`; negative when `end` comes first."""
        (first, year), (last, end_year) = self._placed(start), self._placed(end)
        if year > end_year:
            return -self.between(end, start)
        whole = sum((self._year(each).total for each in range(year, end_year)), ZERO)
        return (
            whole + self._year(end_year).worked(last) - self._year(year).worked(first)
        ) / _MINUTE

    def add_days(self, start: datetime, days: int) -> datetime:
        """The same working time of the day, so many working days later.

        Where that day is shorter, its closing; from a closing to a closing. With days of one length
        it is `add` of as many days' minutes. Raises ValueError for a negative number.
        """
        if days < 0:
            raise ValueError("working days are counted forwards")
        if days == 0:
            return self._added(start, ZERO)
        opening, year = self._placed(self.next_opening(start))
        at = self._year(year).day_at(opening)
        done = self._year(year).worked(opening) - self._year(year).of_day(at)[0]
        # The opening of a day is the closing of the one before it.
        at += days - (done == ZERO)
        for openings in self._years_from(year):
            if at < len(openings.days):
                before, after = openings.of_day(at)
                found = min(before + done, after) if done else after
                return openings.earliest(found).astimezone(start.tzinfo)
            at -= len(openings.days)
        raise NeverOpen

    def is_open(self, at: datetime) -> bool:
        """Whether somebody is there; at closing time nobody is any more."""
        moment, year = self._placed(at)
        return self._year(year).opening(moment) == moment

    def next_opening(self, at: datetime) -> datetime:
        """The moment itself while the office is open, else when it opens next."""
        moment, year = self._placed(at)
        for openings in self._years_from(year):
            if (found := openings.opening(moment)) is not None:
                return found.astimezone(at.tzinfo)
        raise NeverOpen

    def previous_closing(self, at: datetime) -> datetime:
        """The moment itself after an opening up to the closing, else when it closed last."""
        moment, year = self._placed(at)
        for openings in self._years_from(year, -1):
            if (found := openings.closing(moment)) is not None:
                return found.astimezone(at.tzinfo)
        raise NeverOpen

    def _added(self, start: datetime, work: timedelta) -> datetime:
        if work < ZERO:
            return self._subtracted(start, -work)
        if work == ZERO:
            is_closing = self.is_open(start - timedelta.resolution)
            return start if is_closing else self.next_opening(start)
        moment, year = self._placed(start)
        wanted = self._year(year).worked(moment) + work
        for openings in self._years_from(year):
            if wanted <= openings.total:
                return openings.earliest(wanted).astimezone(start.tzinfo)
            wanted -= openings.total
        raise NeverOpen

    def _subtracted(self, end: datetime, work: timedelta) -> datetime:
        if work < ZERO:
            return self._added(end, -work)
        if work == ZERO:
            return end if self.is_open(end) else self.previous_closing(end)
        moment, year = self._placed(end)
        missing = work - self._year(year).worked(moment)
        if missing <= ZERO:
            return self._year(year).latest(-missing).astimezone(end.tzinfo)
        for openings in self._years_from(year - 1, -1):
            if missing <= openings.total:
                return openings.latest(openings.total - missing).astimezone(end.tzinfo)
            missing -= openings.total
        raise NeverOpen

    def _placed(self, at: datetime) -> tuple[datetime, int]:
        """A moment in UTC, and the local year in which it is."""
        if at.tzinfo is None:
            raise ValueError("a moment without its time zone cannot be placed in office hours")
        return at.astimezone(UTC), at.astimezone(self.zone).year

    def _year(self, year: int) -> Openings:
        if (known := self._years.get(year)) is None:
            known = openings_of(year, self.is_workday, self.slots_on, self.zone)
            self._years[year] = known
        return known

    def _years_from(self, year: int, step: int = 1) -> Iterator[Openings]:
        """The openings of a year and of those after it (or before it), as far as is sane."""
        last = min(max(year + step * _YEARS_TO_LOOK, MINYEAR), MAXYEAR)
        return map(self._year, range(year, last, step))
