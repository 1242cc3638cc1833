"""A county's tables are refused as a whole, with every mistake and its place."""

from __future__ import annotations

import pytest

from routing.county_tables import load_county
from routing.problems import CountyDataError, Problem
from tests.routing.speech import Tables


def problems_of(tables: Tables) -> tuple[Problem, ...]:
    with pytest.raises(CountyDataError) as caught:
        load_county(tables)
    return caught.value.problems


def places_of(tables: Tables) -> set[tuple[str, int, str]]:
    return {(p.sheet, p.row, p.column) for p in problems_of(tables)}


def test_load__mistakes_of_all_sheets_come_at_once(tables: Tables) -> None:
    tables["grids"][0]["code"] = "123"
    tables["duty"][3]["start"] = "八点"
    tables["catalogue"][1]["min_level"] = "grid"
    assert places_of(tables) == {
        ("grids", 2, "code"),
        ("duty", 5, "start"),
        ("catalogue", 3, "min_level"),
    }


def test_load__message_names_sheet_row_and_column_in_chinese(tables: Tables) -> None:
    tables["grids"][0]["leader"] = "nobody"
    [problem] = problems_of(tables)
    assert str(problem) == "grids 第2行 [leader]:人员表里没有“nobody”，请先登记网格长"


def test_load__missing_sheet_is_named(tables: Tables) -> None:
    del tables["duty"]
    assert places_of(tables) == {("duty", 0, "")}


def test_load__empty_registry_is_refused() -> None:
    sheets = {problem.sheet for problem in problems_of({})}
    assert {"divisions", "grids", "units", "catalogue"} <= sheets


def test_load__aliases_are_optional(tables: Tables) -> None:
    del tables["aliases"]
    assert load_county(tables).aliases == ()


def test_load__two_grids_with_one_code(tables: Tables) -> None:
    tables["grids"].append(dict(tables["grids"][0]))
    assert ("grids", 325, "code") in places_of(tables)


def test_load__grid_outside_its_village(tables: Tables) -> None:
    tables["grids"][0]["village_code"] = tables["grids"][-1]["village_code"]
    assert ("grids", 2, "code") in places_of(tables)


def test_load__village_without_grid(tables: Tables) -> None:
    tables["grids"] = [g for g in tables["grids"] if g["village_code"] != "141026100206"]
    assert places_of(tables) == {("grids", 0, "village_code")}


def test_load__villager_group_in_two_grids(tables: Tables) -> None:
    rows = [n for n, g in enumerate(tables["grids"]) if g["village_code"] == "141026100206"]
    tables["grids"][rows[1]]["groups"] = tables["grids"][rows[0]]["groups"]
    assert places_of(tables) == {("grids", rows[1] + 2, "groups")}


def test_load__roster_for_an_unknown_person(tables: Tables) -> None:
    tables["duty"][0]["cadre"] = "c999"
    assert places_of(tables) == {("duty", 2, "cadre")}


def test_load__village_without_township(tables: Tables) -> None:
    tables["divisions"][5]["parent_code"] = "141026999"
    assert places_of(tables) == {("divisions", 7, "parent_code")}


def test_load__township_without_a_linkage_group_of_the_catalogue(tables: Tables) -> None:
    lost = "group:141026100:emergency"
    tables["units"] = [u for u in tables["units"] if u["code"] != lost]
    assert any(lost in problem.mend for problem in problems_of(tables))


def test_load__lead_unit_that_nobody_knows(tables: Tables) -> None:
    tables["catalogue"][0]["lead_unit"] = "天文局"
    assert places_of(tables) == {("catalogue", 2, "lead_unit")}


def test_load__one_matter_twice(tables: Tables) -> None:
    tables["catalogue"].append(dict(tables["catalogue"][0]))
    row = len(tables["catalogue"]) + 1
    assert places_of(tables) == {("catalogue", row, "matter")}


def test_load__unknown_appeal_type(tables: Tables) -> None:
    tables["catalogue"][0]["appeal_types"] = "help|begging"
    assert places_of(tables) == {("catalogue", 2, "appeal_types")}


def test_load__short_line_is_a_mistake_and_no_crash(tables: Tables) -> None:
    tables["cadres"][0] = {"id": "c001", "name": None}  # type: ignore[dict-item]  # as csv gives it
    assert {("cadres", 2, "name"), ("cadres", 2, "unit")} <= places_of(tables)
