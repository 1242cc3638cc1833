"""Which days are worked: public holidays are free, and some weekend days are made up for (调休).

Three sources, in this order: the county's own list, which is always right; the notices of the
State Council, as far as chinesecalendar has them; for other years the law (an estimate).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

import chinese_calendar

from routing.holidays import SpecialDay
from tickets.statutory_holidays import days_off, festivals

NOTICED_YEARS: frozenset[int] = frozenset(day.year for day in chinese_calendar.holidays)
"""The years whose notice the library has."""
_WITH_MAKE_UP_DAYS = ("春节", "国庆节")
"""No notice leaves these out; whoever entered them has entered the year."""


@dataclass(frozen=True, slots=True)
class Workdays:
    """The working days of a county; call it with a (local) day."""

    special: Mapping[date, bool] = field(default_factory=dict, hash=False)
    """Days of the county's own list: whether they are worked."""

    @classmethod
    def of(cls, days: Iterable[SpecialDay]) -> Workdays:
        """With the county's own list; of two entries for one day the last one counts."""
        return cls({each.day: each.kind == "workday" for each in days})

    def __call__(self, day: date) -> bool:
        """Whether a day is worked."""
        own = self.special.get(day)
        if own is not None:
            return own
        if day.year not in NOTICED_YEARS:
            return day.weekday() < 5 and day not in days_off(day.year)
        if day.weekday() < 5:
            return day not in chinese_calendar.holidays
        return day in chinese_calendar.workdays

    def is_announced(self, year: int) -> bool:
        """Whether the year's holidays are known and no estimate.

        A county that has entered Spring Festival and National Day has entered its notice.
        """
        if year in NOTICED_YEARS:
            return True
        entered = {
            each.name
            for each in festivals(year)
            if any(self.special.get(day) is False for day in each.days)
        }
        return entered.issuperset(_WITH_MAKE_UP_DAYS)
