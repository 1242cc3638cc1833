"""A plan is refused as a whole, with every mistake and its place."""

from __future__ import annotations

from datetime import date

import pytest

from routing.migration import migrate
from routing.problems import CountyDataError, Problem
from tests.routing.plans import (
    DAY,
    FOZHAI,
    FUCHENG,
    GAOBI,
    MABI,
    SIMIAO,
    Record,
    division,
    migrated,
    row,
    township,
)
from tests.routing.speech import Tables

NEW = "141026100230"
OTHER = "141026100231"


def problems_of(tables: Tables, *plan: Record, day: date = DAY) -> tuple[Problem, ...]:
    with pytest.raises(CountyDataError) as caught:
        migrate(tables, plan, day)
    return caught.value.problems


def places(tables: Tables, *plan: Record, day: date = DAY) -> set[tuple[int, str]]:
    return {(problem.row, problem.column) for problem in problems_of(tables, *plan, day=day)}


def test_mistakes__come_all_at_once_and_name_their_row(tables: Tables) -> None:
    plan = (
        row(tables, GAOBI, NEW, old_code="141026100999"),
        row(tables, SIMIAO, "1410261002", old_name="寺庙"),
        row(tables, FOZHAI, OTHER, new_parent_code="141026100", new_level="township"),
    )
    assert {(2, "old_code"), (3, "new_code"), (3, "old_name"), (4, "new_level")} <= places(
        tables, *plan
    )


def test_mistake__is_a_sentence_for_the_clerk(tables: Tables) -> None:
    [problem] = problems_of(tables, row(tables, GAOBI, NEW, old_code="141026100999"))
    assert str(problem) == "plan 第2行 [old_code]:现有区划里没有编码“141026100999”，请核对"


def test_empty_plan_and_missing_columns(tables: Tables) -> None:
    assert places(tables) == {(0, "old_code")}
    cut = row(tables, GAOBI, NEW)
    del cut["basis"]
    assert places(tables, cut) == {(1, "basis")}


def test_empty_cells_are_named(tables: Tables) -> None:
    assert places(tables, row(tables, GAOBI, NEW, new_short_name="", basis="")) == {
        (2, "new_short_name"),
        (2, "basis"),
    }


def test_what_has_ended_already_is_not_changed_again(tables: Tables) -> None:
    once = migrated(tables, row(tables, GAOBI, NEW))
    plan = row(once.tables, GAOBI, OTHER, old_name="高壁")
    assert places(once.tables, plan, day=DAY.replace(year=2028)) == {(2, "old_code")}


def test_the_code_of_what_has_ended_is_not_used_again(tables: Tables) -> None:
    once = migrated(tables, row(tables, GAOBI, NEW))
    plan = row(once.tables, SIMIAO, GAOBI, "高壁")
    assert places(once.tables, plan, day=DAY.replace(year=2028)) == {(2, "new_code")}


@pytest.mark.parametrize(
    ("column", "value"),
    [("new_name", "佛寨村委会"), ("new_short_name", "佛"), ("new_urban_rural", "122")],
)
def test_rows_of_one_new_village_must_agree(tables: Tables, column: str, value: str) -> None:
    plan = (row(tables, SIMIAO, NEW, "寺佛"), row(tables, FOZHAI, NEW, "寺佛") | {column: value})
    assert places(tables, *plan) == {(3, column)}


def test_a_village_that_stays_is_called_what_it_is_called(tables: Tables) -> None:
    assert places(tables, row(tables, SIMIAO, FOZHAI, "佛寨新")) == {
        (2, "new_name"),
        (2, "new_short_name"),
    }


def test_parent_that_is_not_there(tables: Tables) -> None:
    assert places(tables, row(tables, GAOBI, "141026999001")) == {(2, "new_parent_code")}


def test_parent_that_ends_itself(tables: Tables) -> None:
    plan = [*township(tables, MABI, "141026105", "马壁镇"), row(tables, GAOBI, f"{MABI}290")]
    assert places(tables, *plan) == {(len(plan) + 1, "new_parent_code")}


def test_code_must_begin_with_that_of_the_parent(tables: Tables) -> None:
    plan = row(tables, GAOBI, NEW, new_parent_code="141026101")
    assert places(tables, plan) == {(2, "new_code")}


def test_township_ends_while_a_village_has_no_row(tables: Tables) -> None:
    plan = township(tables, MABI, "141026105", "马壁镇")
    assert places(tables, *plan[:-1]) == {(2, "old_code")}
    [problem] = problems_of(tables, *plan[:-1])
    assert "下石" in problem.mend


def test_chain__the_last_code_is_to_be_written(tables: Tables) -> None:
    plan = (row(tables, SIMIAO, FOZHAI, "佛寨"), row(tables, FOZHAI, NEW))
    assert places(tables, *plan) == {(2, "new_code")}


def test_circle(tables: Tables) -> None:
    plan = (row(tables, SIMIAO, FOZHAI, "佛寨"), row(tables, FOZHAI, SIMIAO, "寺村"))
    assert places(tables, *plan) == {(2, "new_code"), (3, "new_code")}


def test_day_before_the_division_began(tables: Tables) -> None:
    division(tables, GAOBI)["valid_from"] = "2026-07-01"
    assert places(tables, row(tables, GAOBI, NEW)) == {(2, "old_code")}


def test_same_row_twice(tables: Tables) -> None:
    plan = row(tables, GAOBI, NEW)
    assert (3, "new_code") in places(tables, plan, plan)


def test_too_many_grids(tables: Tables) -> None:
    for number in range(4, 99):
        tables["grids"].append(
            tables["grids"][-1]
            | {"code": f"{SIMIAO}{number}", "village_code": SIMIAO, "number": str(number)}
            | {"groups": "", "leader": "c001"}
        )
    plan = (row(tables, FOZHAI, NEW, "寺佛"), row(tables, SIMIAO, NEW, "寺佛"))
    assert places(tables, *plan) == {(2, "new_code")}


def test_county_itself_cannot_be_changed(tables: Tables) -> None:
    plan = row(tables, FUCHENG, FUCHENG, old_code="141026", old_name="安泽县")
    assert (2, "old_code") in places(tables, plan)


def split(tables: Tables, first: str, second: str) -> tuple[Record, Record]:
    return (
        row(tables, GAOBI, NEW, "上高壁", grids=first),
        row(tables, GAOBI, OTHER, "下高壁", grids=second),
    )


@pytest.mark.parametrize(
    ("first", "second", "row_of_mistake"),
    [
        ("1", "", 3),
        ("1|2|3", "3", 3),
        ("1|2", "77", 3),
        ("1", "2", 2),
        ("1", "二", 3),
    ],
)
def test_split__each_old_grid_goes_to_one_part(
    tables: Tables, first: str, second: str, row_of_mistake: int
) -> None:
    assert (row_of_mistake, "grids") in places(tables, *split(tables, first, second))


def test_grids__are_for_splits_only(tables: Tables) -> None:
    assert places(tables, row(tables, GAOBI, NEW, grids="1")) == {(2, "grids")}
