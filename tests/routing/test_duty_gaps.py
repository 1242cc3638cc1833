"""Where nobody is planned, by the kind of unit."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from routing.county import County
from routing.duty import NO_CHANGES, Gap, LiveDuty, gaps, gaps_of_unit
from routing.holidays import SpecialDay
from tests.routing.duties import MONDAY, UNIT, at, away, county_with, live, post

DAY = post("ann", 8, 12)


def found(county: County, changes: LiveDuty = NO_CHANGES, days: int = 7) -> list[Gap]:
    return [*gaps_of_unit(county, changes, UNIT, at(0, 0), at(days, 0))]


def test_gaps__none_while_the_roster_is_kept(county: County) -> None:
    assert found(county_with(county, [DAY])) == []


def test_gaps__leave_without_deputy_is_one_although_the_leader_steps_in(county: County) -> None:
    leave = live(away("ann", at(2, 0), at(3, 0)))
    assert found(county_with(county, [DAY]), leave) == [Gap(UNIT, at(2, 8), at(2, 12), "absent")]


@pytest.mark.parametrize("left", [{"deputy": "bob"}, {"contact": "13800000009"}])
def test_gaps__who_leaves_somebody_or_a_number_leaves_none(
    county: County, left: dict[str, str]
) -> None:
    leave = away("ann", at(2, 0), at(3, 0), **left)
    assert found(county_with(county, [DAY]), live(leave)) == []


def test_gaps__deputy_of_the_leader_was_not_planned_for_the_shift(county: County) -> None:
    gone = live(away("ann", at(2, 0), at(3, 0)), away("lead", at(2, 0), at(3, 0), deputy="bob"))
    found_ones = found(county_with(county, [DAY]), gone)
    assert found_ones == [Gap(UNIT, at(2, 8), at(2, 12), "absent")]


def test_gaps__part_of_a_shift(county: County) -> None:
    leave = live(away("ann", at(2, 10), at(2, 11)))
    assert found(county_with(county, [DAY]), leave) == [Gap(UNIT, at(2, 10), at(2, 11), "absent")]


def test_gaps__leader_on_call_is_an_officer_in_the_unit(county: County) -> None:
    roster = [DAY, post("lead", 0, 0, role="duty_leader")]
    assert found(county_with(county, roster), live(away("ann", at(2, 0), at(3, 0)))) == []


def test_village__weekends_and_holidays_need_nobody(county: County) -> None:
    closed = (SpecialDay(MONDAY, "holiday", "示例节"),)
    village = county_with(county, [DAY], level="village_center", special_days=closed)
    gone = found(village, live(away("ann", at(0, 0), at(7, 0))))
    assert [gap.start for gap in gone] == [at(day, 8) for day in (1, 2, 3, 4)]


def test_village__weekend_day_that_is_worked_needs_the_posted_hours(county: County) -> None:
    worked = (SpecialDay(MONDAY + timedelta(days=5), "workday", "调休"),)
    roster = [post("ann", 8, 12, day) for day in range(5)]
    village = county_with(county, roster, level="village_center", special_days=worked)
    assert found(village) == [Gap(UNIT, at(5, 8), at(5, 12), "no_shift")]


def test_village__that_posted_nothing_lacks_every_morning(county: County) -> None:
    village = county_with(county, [], level="village_center")
    assert found(village, days=2) == [
        Gap(UNIT, at(day, 8), at(day, 12), "no_shift") for day in (0, 1)
    ]


def test_village__duty_moved_to_another_hour_is_no_gap(county: County) -> None:
    moved = [DAY, post("bob", 8, 9, day=MONDAY)]
    assert found(county_with(county, moved, level="village_center"), days=1) == []


def test_township__dated_entry_that_is_too_short_leaves_the_rest(county: County) -> None:
    short = county_with(county, [DAY, post("bob", 8, 9, day=MONDAY)])
    assert found(short, days=1) == [Gap(UNIT, at(0, 9), at(0, 12), "no_shift")]


def test_group__without_people_is_always_one(county: County) -> None:
    empty = county_with(county, [], level="linkage_group", people=())
    assert found(empty) == [Gap(UNIT, at(0, 0), at(7, 0), "empty")]


def test_group__whose_people_are_all_away_is_one_at_any_hour(county: County) -> None:
    group = county_with(county, [], level="linkage_group", people=("ann", "bob"))
    gone = live(away("ann", at(0, 0), at(2, 0)), away("bob", at(1, 20), at(3, 0)))
    assert found(group, gone) == [Gap(UNIT, at(1, 20), at(2, 0), "empty")]


def test_gaps__sample_county_has_none_in_an_ordinary_week(county: County) -> None:
    assert gaps(county, NO_CHANGES, at(0, 9), 7 * 24) == ()


def test_gaps__one_leave_of_a_night_officer_shows_in_every_unit_of_the_desk(county: County) -> None:
    [night] = [p for p in county.roster.weekly("group:141026100:emergency") if p.weekday == 0]
    leave = away(night.cadre, at(0, 12), at(1, 12))
    units = {gap.unit for gap in gaps(county, live(leave), at(0, 9))}
    assert units == {f"group:141026100:{group}" for group in (
        "agriculture", "rural_affairs", "livelihood", "infrastructure", "emergency",
    )}  # fmt: skip


def test_gaps__in_whole_hours_from_now(county: County) -> None:
    group = replace(county_with(county, [], level="linkage_group", people=()))
    [gap] = gaps(group, NO_CHANGES, at(0, 9), hours=3)
    assert (gap.start, gap.end) == (at(0, 9), at(0, 12))
