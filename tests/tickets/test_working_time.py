"""Working time at the borders of slots, days and seasons, and what is refused."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from routing.office_slots import BadSlots, Season
from tickets.working_time import COUNTY_ZONE, NeverOpen, OfficeHours

HOURS = OfficeHours()


def local(day: int, hour: int, minute: int = 0, second: int = 0) -> datetime:
    """A moment of November 2026; the 23rd is a Monday."""
    return datetime(2026, 11, day, hour, minute, second, tzinfo=COUNTY_ZONE)


# --- borders ---


@pytest.mark.parametrize(
    ("start", "minutes", "end"),
    [
        (local(23, 9), 120, local(23, 11)),
        (local(23, 11), 60, local(23, 12)),  # due at closing time, not after the break
        (local(23, 11), 60.5, local(23, 14, 30, 30)),
        (local(23, 17), 60, local(23, 18)),  # not next morning
        (local(23, 6), 60, local(23, 9)),  # before hours: from the opening on
        (local(23, 13), 60, local(23, 15, 30)),
        (local(27, 18), 60, local(30, 9)),
        (local(28, 10), 60, local(30, 9)),  # on a Saturday
        (local(23, 6), 0, local(23, 8)),
        (local(23, 12), 0, local(23, 12)),
        (local(23, 12, 0, 1), 0, local(23, 14, 30)),
        (local(23, 11), -60, local(23, 10)),
    ],
)
def test_add__at_the_borders(start: datetime, minutes: float, end: datetime) -> None:
    assert HOURS.add(start, minutes) == end


@pytest.mark.parametrize(
    ("end", "minutes", "start"),
    [
        (local(23, 11), 120, local(23, 9)),
        (local(23, 15, 30), 60, local(23, 14, 30)),  # from the opening, not from noon
        (local(24, 9), 60, local(24, 8)),
        (local(23, 13), 60, local(23, 11)),  # after hours: back from the closing
        (local(29, 10), 60, local(27, 17)),
        (local(23, 13), 0, local(23, 12)),
        (local(23, 14, 30), 0, local(23, 14, 30)),
        (local(23, 10), -60, local(23, 11)),
    ],
)
def test_subtract__at_the_borders(end: datetime, minutes: float, start: datetime) -> None:
    assert HOURS.subtract(end, minutes) == start


@pytest.mark.parametrize(
    ("at", "is_open", "opening", "closing"),
    [
        (local(23, 8), True, local(23, 8), local(20, 18)),
        (local(23, 9, 30), True, local(23, 9, 30), local(23, 9, 30)),
        (local(23, 12), False, local(23, 14, 30), local(23, 12)),
        (local(23, 13), False, local(23, 14, 30), local(23, 12)),
        (local(28, 9), False, local(30, 8), local(27, 18)),
    ],
)
def test_opening_and_closing(
    at: datetime, is_open: bool, opening: datetime, closing: datetime
) -> None:
    assert HOURS.is_open(at) is is_open
    assert HOURS.next_opening(at) == opening
    assert HOURS.previous_closing(at) == closing


def test_between__counts_only_office_hours_and_turns_around() -> None:
    assert HOURS.between(local(23, 11), local(24, 9)) == 60 + 210 + 60
    assert HOURS.between(local(24, 9), local(23, 11)) == -330
    assert HOURS.between(local(28, 1), local(29, 23)) == 0


def test_year__is_no_border() -> None:
    new_year = datetime(2027, 1, 1, tzinfo=COUNTY_ZONE)
    office = OfficeHours(slots=((time(22), time(0)),))
    assert office.previous_closing(new_year) == new_year == office.add(new_year, 0)
    assert office.add(new_year - timedelta(hours=1), 60) == new_year
    assert office.between(new_year - timedelta(days=1000), new_year) / 120 == 714


def test_clock_change__counts_no_minute_twice() -> None:
    """At 2 o'clock of 31 March 2024 the clocks of Berlin go on to 3."""
    slots = ((time(1, 30), time(2, 45)), (time(3), time(4)))
    office = OfficeHours(slots, lambda day: True, ZoneInfo("Europe/Berlin"))
    night = datetime(2024, 3, 31, tzinfo=UTC)
    assert office.between(night, night + timedelta(hours=12)) == 90
    assert office.add(night, 90) == night + timedelta(hours=2)


# --- seasons ---

SUMMER = Season((5, 1), (9, 30), ((time(8), time(12)), (time(15), time(19))))
WITH_SUMMER = OfficeHours(seasons=(SUMMER,))


def test_season__changes_the_slots_of_its_days() -> None:
    april, may = (
        datetime(2026, month, day, 17, tzinfo=COUNTY_ZONE) for month, day in ((4, 30), (5, 1))
    )
    assert WITH_SUMMER.add(april, 60) == april + timedelta(hours=1)
    assert WITH_SUMMER.add(april, 61) == datetime(2026, 5, 1, 8, 1, tzinfo=COUNTY_ZONE)
    assert WITH_SUMMER.previous_closing(may + timedelta(hours=5)) == may + timedelta(hours=2)
    assert WITH_SUMMER.minutes_per_day == 480 and HOURS.minutes_per_day == 450


def test_add_days__counts_days_and_not_minutes_where_lengths_differ() -> None:
    april = datetime(2026, 4, 29, 18, tzinfo=COUNTY_ZONE)
    assert WITH_SUMMER.add_days(april, 2) == datetime(2026, 5, 1, 19, tzinfo=COUNTY_ZONE)
    summer_evening = datetime(2026, 9, 30, 18, 45, tzinfo=COUNTY_ZONE)
    assert WITH_SUMMER.add_days(summer_evening, 1) == datetime(2026, 10, 1, 18, tzinfo=COUNTY_ZONE)


# --- refusals ---


@pytest.mark.parametrize(
    ("slots", "said"),
    [
        ((), "空的"),
        (((time(12), time(8)),), "下班时间应晚于上班时间：12:00-08:00"),
        (((time(8), time(8)),), "下班时间应晚于"),
        (((time(8), time(12)), (time(11), time(18))), "重叠"),
        (((time(14), time(18)), (time(8), time(12))), "先后颠倒"),
        (((time(20), time(0)), (time(8), time(12))), "先后颠倒"),
        (((time(8, 0, 30), time(12)),), "整分钟"),
        (((time(8, tzinfo=UTC), time(12)),), "当地时间"),
    ],
)
def test_slots__that_make_no_day_are_refused(
    slots: tuple[tuple[time, time], ...], said: str
) -> None:
    with pytest.raises(BadSlots, match=said):
        OfficeHours(slots=slots)
    with pytest.raises(BadSlots, match=said):
        Season((1, 1), (12, 31), slots)


def test_moment__without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        HOURS.add(datetime(2026, 11, 23, 9), 5)


def test_days__backwards_are_refused() -> None:
    with pytest.raises(ValueError, match="forwards"):
        HOURS.add_days(local(23, 9), -1)


def test_office__that_never_opens_says_so() -> None:
    def never(day: date) -> bool:
        return False

    office = OfficeHours(is_workday=never)
    for ask in (office.next_opening, office.previous_closing):
        with pytest.raises(NeverOpen):
            ask(local(23, 9))
    with pytest.raises(NeverOpen):
        office.add(local(23, 9), 1)
    with pytest.raises(NeverOpen):
        office.subtract(local(23, 9), 1)
    with pytest.raises(NeverOpen):
        HOURS.add_days(local(23, 9), 10**6)
    assert not office.is_open(local(23, 9)) and office.between(local(1, 0), local(23, 9)) == 0
