"""The public holidays that the law gives, for years whose notice is not known.

Source: 全国年节及纪念日放假办法 (国务院令第795号, in force since 2025). It fixes thirteen days,
and that those on a weekend are made up for; which weekend days are worked for longer holidays is
announced year by year, mostly in November. Beside the notices of 2018 to 2026 this estimate is
wrong on 10 to 16 days a year, and plain weekdays on 23 to 27.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType

from borax.calendars.lunardate import LunarDate, TermUtils

_DAY = timedelta(days=1)
_LUNAR_YEARS = range(1901, 2101)
"""Where the library knows the lunar calendar."""


@dataclass(frozen=True, slots=True)
class Festival:
    """One public holiday of a year, without the days that are exchanged for it."""

    name: str
    first: date
    length: int = 1

    @property
    def days(self) -> tuple[date, ...]:
        """Its days by law."""
        return tuple(self.first + number * _DAY for number in range(self.length))


def festivals(year: int) -> tuple[Festival, ...]:
    """The public holidays of a year in their order.

    Those of the lunar calendar (春节, 端午节, 中秋节) and 清明节 are known for 1901 to 2100 only.
    """
    found = [
        Festival("元旦", date(year, 1, 1)),
        Festival("劳动节", date(year, 5, 1), 2),
        Festival("国庆节", date(year, 10, 1), 3),
    ]
    if year in _LUNAR_YEARS:
        new_year = _lunar(year, 1, 1)
        found += [
            Festival("春节", new_year - _DAY, 4),  # from New Year's Eve on
            Festival("清明节", TermUtils.nth_term_day(year, term_name="清明")),
            Festival("端午节", _lunar(year, 5, 5)),
            Festival("中秋节", _lunar(year, 8, 15)),
        ]
    return tuple(sorted(found, key=lambda each: each.first))


@lru_cache(maxsize=64)
def days_off(year: int) -> Mapping[date, str]:
    """The days of a year on which nobody works because of a holiday, with its name.

    A holiday on a weekend, or on another holiday, is made up for on the next working day.
    """
    found = {day: each.name for each in festivals(year) for day in each.days}
    for day, name in _falling_away(year):
        while day in found or day.weekday() >= 5:
            day += _DAY
        found[day] = f"{name}补假"
    return MappingProxyType(found)


def _falling_away(year: int) -> Iterator[tuple[date, str]]:
    """Days of holidays on which nobody would have worked anyway."""
    seen: set[date] = set()
    for each in festivals(year):
        for day in each.days:
            if day in seen or day.weekday() >= 5:
                yield day, each.name
            seen.add(day)


def _lunar(year: int, month: int, day: int) -> date:
    found: date = LunarDate(year, month, day).to_solar_date()
    return found
