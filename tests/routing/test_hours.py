"""The sheet of office hours: what holds for whom, and what a clerk is told to mend."""

from __future__ import annotations

from datetime import time

import pytest

from routing.county import County
from routing.county_tables import load_county
from routing.office_slots import BadSlots, Season, Slot, slots_from
from routing.problems import CountyDataError
from tests.routing.speech import Tables

MORNING: Slot = (time(8), time(12))
WINTER: Slot = (time(14, 30), time(18))
SUMMER: Slot = (time(15), time(18, 30))
WATER = "unit:water"


def hours_row(applies_to: str, slots: str, first: str = "", last: str = "") -> dict[str, str]:
    return {"applies_to": applies_to, "season_from": first, "season_to": last, "slots": slots}


def loaded(tables: Tables, *rows: dict[str, str]) -> County:
    return load_county(tables | {"hours": list(rows)})


def mends(tables: Tables, *rows: dict[str, str]) -> list[str]:
    with pytest.raises(CountyDataError) as caught:
        loaded(tables, *rows)
    return [f"{each.row} {each.column} {each.mend}" for each in caught.value.problems]


def test_sample_county__has_a_summer_and_the_rest_of_the_year(county: County) -> None:
    assert county.hours.seasons_of() == (
        Season((5, 1), (9, 30), (MORNING, SUMMER)),
        Season.all_year((MORNING, WINTER)),
    )
    assert county.hours.seasons_of(county.org.unit(WATER)) == county.hours.seasons_of()


def test_unit__comes_before_its_level_and_that_before_all(tables: Tables) -> None:
    county = loaded(
        tables,
        hours_row("*", "09:00-17:00"),
        hours_row("county_unit", "10:00-17:00"),
        hours_row(WATER, "11:00-17:00"),
        hours_row(WATER, "12:00-17:00", "11-01", "02-29"),
    )
    unit, level = county.org.unit(WATER), county.org.unit("unit:education")
    assert [each.slots[0][0].hour for each in county.hours.seasons_of(unit)] == [12, 11, 10, 9]
    assert [each.slots[0][0].hour for each in county.hours.seasons_of(level)] == [10, 9]
    assert [each.slots[0][0].hour for each in county.hours.seasons_of()] == [9]


def test_county__without_the_sheet_has_no_hours_of_its_own(tables: Tables) -> None:
    del tables["hours"]
    assert load_county(tables).hours.seasons_of() == ()


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (hours_row("", "08:00-12:00"), "applies_to 不能为空"),
        (hours_row("unit:none", "08:00-12:00"), "applies_to “unit:none”不是组织表里单位的编码"),
        (hours_row("*", ""), "slots 不能为空"),
        (hours_row("*", "上午"), "slots “上午”看不懂，请写成 08:00-12:00 的形式"),
        (hours_row("*", "08:00-25:00"), "slots “08:00-25:00”不是一天里的时间"),
        (hours_row("*", "08:00-48:00"), "slots “08:00-48:00”不是一天里的时间"),
        (hours_row("*", "12:00-08:00"), "slots 下班时间应晚于上班时间：12:00-08:00"),
        (hours_row("*", "08:00-12:00|11:00-18:00"), "slots 两段时间重叠或先后颠倒"),
        (hours_row("*", "08:00-12:00", "05-01"), "season_to 起止日期要么都填，要么都不填"),
        (hours_row("*", "08:00-12:00", "", "09-30"), "season_from 起止日期要么都填"),
        (hours_row("*", "08:00-12:00", "02-30", "09-30"), "season_from “02-30”不是几月几日"),
        (hours_row("*", "08:00-12:00", "5月", "09-30"), "season_from “5月”不是几月几日"),
    ],
)
def test_mistake__is_one_sentence_with_its_place(
    tables: Tables, row: dict[str, str], said: str
) -> None:
    (mend,) = mends(tables, row)
    assert mend.startswith(f"2 {said}")


def test_seasons__of_one_unit_must_not_overlap(tables: Tables) -> None:
    slots = "08:00-12:00"
    (mend,) = mends(
        tables,
        hours_row("*", slots, "05-01", "09-30"),
        hours_row(WATER, slots, "05-01", "09-30"),
        hours_row("*", slots, "09-30", "10-15"),
    )
    assert mend.startswith("4 season_from 与第2行的日期重叠")
    (mend,) = mends(tables, hours_row("*", slots), hours_row("*", "09:00-12:00"))
    assert mend.startswith("3 season_from 与第2行的日期重叠")
    loaded(tables, hours_row("*", slots, "10-01", "04-30"), hours_row("*", slots, "05-01", "09-30"))


def test_season__over_the_end_of_the_year() -> None:
    winter = Season((11, 15), (3, 1), (MORNING,))
    days = set(winter.days())
    assert {(11, 15), (12, 31), (1, 1), (2, 29), (3, 1)} <= days
    assert not days & {(11, 14), (3, 2), (7, 1)} and len(days) == 16 + 31 + 31 + 29 + 1


@pytest.mark.parametrize(
    ("text", "closing"), [("20:00-24:00", time(0)), ("20:00-00:00", time(0)), ("9:05-9:06", None)]
)
def test_slots__until_midnight(text: str, closing: time | None) -> None:
    ((_, found),) = slots_from((text,))
    assert found == (closing if closing is not None else time(9, 6))


def test_slots__none_at_all() -> None:
    with pytest.raises(BadSlots):
        slots_from(())
