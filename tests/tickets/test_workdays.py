"""Which days are worked: the notices of three years, a county's own list, years without notice."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from routing.holidays import DayKind, SpecialDay
from tests.tickets import notices
from tickets.statutory_holidays import days_off, festivals
from tickets.workdays import Workdays

WORKDAYS = Workdays()


def days_of(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(days=each) for each in range((date(year + 1, 1, 1) - first).days)]


def county_list(*entries: tuple[str, DayKind]) -> Workdays:
    return Workdays.of(SpecialDay(date.fromisoformat(day), kind, "示例") for day, kind in entries)


@pytest.mark.parametrize(("year", "worked"), [(2024, 251), (2025, 248), (2026, 248)])
def test_notice__every_day_of_the_year(year: int, worked: int) -> None:
    days = days_of(year)
    assert [each for each in days if WORKDAYS(each) != notices.is_worked(each)] == []
    assert sum(map(WORKDAYS, days)) == worked
    assert WORKDAYS.is_announced(year)


def test_county__has_the_last_word() -> None:
    own = county_list(
        ("2026-10-10", "holiday"), ("2026-10-11", "workday"), ("2026-10-12", "holiday")
    )
    week = [own(date(2026, 10, day)) for day in range(10, 14)]
    assert week == [False, True, False, True]
    assert not own(date(2026, 10, 7))  # the rest of the notice still holds


def test_county__later_entry_counts() -> None:
    own = county_list(("2026-10-10", "workday"), ("2026-10-10", "holiday"))
    assert not own(date(2026, 10, 10))


# --- years without a notice ---


def test_unknown_year__keeps_the_holidays_of_the_law() -> None:
    free = [each for each in days_of(2027) if each.weekday() < 5 and not WORKDAYS(each)]
    assert [f"{each:%m-%d}" for each in free] == [
        *("01-01", "02-05", "02-08", "02-09", "02-10", "04-05"),
        *("05-03", "05-04", "06-09", "09-15", "10-01", "10-04", "10-05"),
    ]
    assert not any(WORKDAYS(each) for each in days_of(2027) if each.weekday() >= 5)


def test_unknown_year__has_thirteen_free_weekdays_whatever_falls_together() -> None:
    for year in range(2027, 2101):
        free = [each for each in days_off(year) if each.weekday() < 5]
        assert len(free) == 13, year
    # In 2028 the Mid-Autumn Festival is on the third day of National Day.
    assert days_off(2028)[date(2028, 10, 5)] == "中秋节补假"


def test_unknown_year__without_a_lunar_calendar_keeps_the_fixed_days() -> None:
    assert [each.name for each in festivals(2101)] == ["元旦", "劳动节", "国庆节"]
    assert not WORKDAYS(date(2101, 10, 3)) and WORKDAYS(date(2101, 2, 1))
    assert not WORKDAYS(date(1850, 10, 1)) and not WORKDAYS(date(9999, 10, 1))


@pytest.mark.parametrize(
    ("year", "spring", "autumn", "qingming"),
    [
        (2024, "02-10", "09-17", "04-04"),
        (2025, "01-29", "10-06", "04-04"),
        (2026, "02-17", "09-25", "04-05"),
        (2027, "02-06", "09-15", "04-05"),
        (2033, "01-31", "09-08", "04-04"),  # the year whose leap month many tables have wrong
    ],
)
def test_festivals__of_the_lunar_calendar(
    year: int, spring: str, autumn: str, qingming: str
) -> None:
    found = {each.name: each.days for each in festivals(year)}
    assert f"{found['春节'][1]:%m-%d}" == spring  # the first one is New Year's Eve
    assert f"{found['中秋节'][0]:%m-%d}" == autumn and f"{found['清明节'][0]:%m-%d}" == qingming
    assert sum(map(len, found.values())) == 13


def test_estimate__is_near_what_was_announced() -> None:
    """As it says of itself: wrong on 10 to 16 days a year, plain weekdays on 23 to 27."""
    for year in range(2018, 2027):
        days = days_of(year)
        estimated = sum((d.weekday() < 5 and d not in days_off(year)) != WORKDAYS(d) for d in days)
        weekdays = sum((d.weekday() < 5) != WORKDAYS(d) for d in days)
        assert 10 <= estimated <= 16 and 23 <= weekdays <= 27, year


def test_announced__a_year_that_the_county_has_entered() -> None:
    assert not WORKDAYS.is_announced(2027)
    half = [("2027-02-05", "holiday"), ("2027-02-20", "workday")]
    assert not county_list(*half).is_announced(2027)
    assert county_list(*half, ("2027-10-01", "holiday")).is_announced(2027)
    # Worked is not free, and another year is another year.
    assert not county_list(*half, ("2027-10-01", "workday")).is_announced(2027)
    assert not county_list(*half, ("2027-10-01", "holiday")).is_announced(2028)
