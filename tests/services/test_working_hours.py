"""The county's calendar and hours reach the limits; a unit with its own hours has its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time

import pytest

from liandong.bootstrap import office_of
from routing.county import County
from routing.divisions import DivisionTree
from routing.holidays import SpecialDay
from routing.hours import HoursRule, HoursTable
from routing.office_slots import Season
from services.office import Office
from tests.services.town import MONDAY, sample_county
from tickets.working_time import COUNTY_ZONE

WATER, VILLAGE = "unit:water", "village:141026100206"
LONG = ((time(8), time(20)),)
NIGHT = ((time(18), time(0)),)


def office(*rules: HoursRule, **changes: object) -> Office:
    county: County = replace(sample_county(), **changes)
    if rules:
        county = replace(county, hours=HoursTable(rules))
    return office_of(county, lambda: MONDAY)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=COUNTY_ZONE)


@pytest.mark.parametrize(
    ("written", "due"),
    [
        ("2026-09-30 17:00", "2026-10-08 08:30"),  # summer's last day, until 18:30; National Day
        ("2026-10-10 17:00", "2026-10-12 09:00"),  # a Saturday that is worked
        ("2026-07-01 11:00", "2026-07-01 16:00"),  # the long noon break of summer
        ("2026-11-23 11:00", "2026-11-23 15:30"),
    ],
)
def test_limits__follow_the_calendar_of_the_county(written: str, due: str) -> None:
    assert office().limits.sign_by("normal", at(written)) == at(due)


def test_county__day_of_its_own_moves_the_limits() -> None:
    fair = SpecialDay(date(2026, 11, 24), "holiday", "示例放假")
    limits = office(special_days=(fair,)).limits
    assert limits.sign_by("normal", at("2026-11-23 17:00")) == at("2026-11-25 09:00")


def test_unit__without_hours_of_its_own_has_the_countys() -> None:
    found = office()
    assert found.unit_hours == {}
    assert found.hours_of(WATER) is found.limits.hours is found.hours_of("nobody")


def test_unit__and_level_with_their_own() -> None:
    found = office(
        HoursRule("*", Season.all_year(LONG), is_dated=False),
        HoursRule("village_center", Season((12, 1), (2, 28), NIGHT), is_dated=True),
        HoursRule(WATER, Season.all_year(NIGHT), is_dated=False),
    )
    noon, night = at("2026-12-07 12:00"), at("2026-12-07 23:59")
    hours = {unit: found.hours_of(unit) for unit in (WATER, VILLAGE, "county")}
    assert [each.is_open(noon) for each in hours.values()] == [False, False, True]
    assert [each.is_open(night) for each in hours.values()] == [True, True, False]
    assert hours[VILLAGE].is_open(at("2026-11-30 12:00"))  # else as the county
    assert [each.minutes_per_day for each in hours.values()] == [360, 720, 720]
    others = {id(found.hours_of(unit.code)) for unit in found.county.org.units.values()}
    assert len(others) == 3  # one for all villages


def test_unit__of_an_ended_division_has_the_hours_of_its_successor() -> None:
    divisions = sample_county().tree.by_code
    heir = divisions[VILLAGE.removeprefix("village:")]
    gone = replace(heir, code="141026100999", valid_to=date(2026, 1, 1), successors=(heir.code,))
    tree = DivisionTree.of([*divisions.values(), gone])
    found = office(HoursRule(VILLAGE, Season.all_year(NIGHT), is_dated=False), tree=tree)
    assert found.hours_of("village:141026100999") is found.hours_of(VILLAGE)
    assert found.hours_of(VILLAGE).minutes_per_day == 360
