"""Office hours of every sort, for properties that must hold for all of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from routing.office_slots import MINUTES_OF_DAY, Season, Slot, length_of
from tickets.working_time import COUNTY_ZONE, OfficeHours

ZONES = [
    ZoneInfo(name)
    for name in ("Asia/Shanghai", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "UTC")
]
FIRST = datetime(2023, 11, 1, tzinfo=UTC)
SPAN = timedelta(days=1200)


@dataclass(frozen=True)
class SomeDays:
    """A working week with days taken out of it and put into it."""

    week: frozenset[int]
    turned: frozenset[date]

    def __call__(self, day: date) -> bool:
        return (day.weekday() in self.week) != (day in self.turned)


def clock(minute: int) -> time:
    """So many minutes after midnight."""
    return time(minute // 60 % 24, minute % 60)


def to_slots(minutes: list[int]) -> tuple[Slot, ...]:
    """Slots between every two of rising minutes."""
    pairs = zip(minutes[::2], minutes[1::2], strict=True)
    return tuple((clock(opening), clock(closing)) for opening, closing in pairs)


def _even(minutes: set[int]) -> list[int]:
    ordered = sorted(minutes)
    if len(ordered) % 2:
        ordered.pop()
    return ordered


slots = (
    st.sets(st.integers(0, MINUTES_OF_DAY), min_size=2, max_size=8)
    .map(_even)
    .map(to_slots)
    # With minutes a week nothing would be due within a lifetime.
    .filter(lambda found: length_of(found) >= 60)
    # Some open round the clock, some close for a moment only.
    | st.sampled_from([to_slots([0, MINUTES_OF_DAY]), to_slots([480, 720, 720, 1080])])
)
month_days = st.dates(date(2024, 1, 1), date(2024, 12, 31)).map(lambda day: (day.month, day.day))
seasons = st.lists(st.builds(Season, month_days, month_days, slots), max_size=2).map(tuple)
days = st.builds(
    SomeDays,
    st.frozensets(st.integers(0, 6), min_size=1),
    st.frozensets(st.dates(date(2024, 1, 1), date(2026, 12, 31)), max_size=30),
)
hours = st.builds(OfficeHours, slots, days, st.sampled_from(ZONES), seasons)
county_hours = st.builds(OfficeHours, slots, days, st.just(COUNTY_ZONE), seasons)
"""In a zone whose clocks do not change."""
even_hours = st.builds(OfficeHours, slots, days, st.just(COUNTY_ZONE))
"""With one length of the day besides."""

moments = st.builds(
    lambda gone, zone: (FIRST + gone).astimezone(zone),
    st.timedeltas(timedelta(0), SPAN)
    | st.integers(0, SPAN // timedelta(minutes=1)).map(lambda count: timedelta(minutes=count)),
    st.sampled_from([*ZONES, timezone(timedelta(hours=-9, minutes=-30))]),
)
amounts = st.integers(0, 20_000).map(float) | st.floats(0, 20_000) | st.floats(0, 1) | st.just(0.0)


def micro(minutes: float) -> timedelta:
    """What a number of minutes is worth, to the microsecond."""
    return timedelta(minutes=minutes)
