"""Units that nobody stands behind, units under a wrong code, places without a desk."""

from __future__ import annotations

from datetime import UTC, datetime

from routing.county import County
from routing.county_tables import load_county
from routing.duty import person_in_charge
from tests.routing.checking import (
    FUCHENG,
    GAOBI,
    HECHUAN,
    HOUSING,
    changed,
    codes,
    found,
    found_in,
    only,
    without_people,
    without_units,
)
from tests.routing.speech import Tables

CENTER = f"township:{HECHUAN}"
VILLAGE = f"village:{GAOBI}"


def test_unit__without_a_single_person(tables: Tables) -> None:
    every = found(without_people(tables, "unit:forestry"))
    finding = only(every, "unit_empty")
    assert finding.is_problem and "林业局" in finding.what and "unit:forestry" in finding.what


def test_unit__whose_shifts_others_take_has_people(tables: Tables) -> None:
    unit = f"group:{HECHUAN}:agriculture"
    shift = next(row for row in tables["duty"] if row["unit"] == unit)
    officer = next(row["id"] for row in tables["cadres"] if row["unit"] == CENTER)
    broken = without_people(tables, unit)
    broken["duty"] = [
        *broken["duty"],
        shift | {"cadre": officer, "start": "00:00", "end": "00:00", "weekday": "*"},
    ]
    [finding] = found(broken)
    assert finding.code == "unit_staffed_by_others" and not finding.is_problem
    broken["duty"][-1]["end"] = "18:00"
    assert codes(found(broken)) == {"unit_staffed_by_others", "gap_in_duty"}


def test_unit__without_leader_is_answered_for_by_its_officer(tables: Tables) -> None:
    gone = {row["id"] for row in tables["cadres"] if row["unit"] == HOUSING}
    leader = next(
        row for row in tables["cadres"] if row["id"] in gone and row["role"] == "duty_leader"
    )
    tables["cadres"].remove(leader)
    tables["duty"] = [row for row in tables["duty"] if row["cadre"] != leader["id"]]
    finding = only(found(tables), "unit_without_leader")
    assert not finding.is_problem and "住建局" in finding.what
    assert any(row["name"] in finding.what for row in tables["cadres"] if row["id"] in gone)


def test_unit__with_a_dispatcher_only_has_nobody_who_answers(tables: Tables) -> None:
    every = found(without_people(tables, CENTER, but="dispatcher"))
    finding = only(every, "unit_without_leader")
    assert finding.is_problem and "和川镇联动服务中心" in finding.what


def test_village__with_grid_leaders_only_is_a_note(tables: Tables) -> None:
    finding = only(
        found(without_people(tables, VILLAGE, but="grid_leader")), "village_without_officer"
    )
    assert not finding.is_problem and "高壁村" in finding.what


def test_village__without_anybody_is_a_problem(tables: Tables) -> None:
    assert only(found(without_people(tables, VILLAGE)), "unit_empty").is_problem


def test_code__that_says_another_level_than_the_row(tables: Tables) -> None:
    broken = changed(tables, "units", "code", CENTER, level="county_unit")
    finding = only(found(broken), "unit_misfiled")
    assert finding.is_problem and CENTER in finding.what


def test_township__of_a_unit_that_is_another_ones(tables: Tables) -> None:
    broken = changed(tables, "units", "code", VILLAGE, township_code=HECHUAN)
    finding = only(found(broken), "unit_misfiled")
    assert "高壁村" in finding.what and FUCHENG in finding.mend


def test_unit__of_a_place_that_is_not_there(tables: Tables) -> None:
    tables["units"].append(
        tables["units"][-1] | {"code": "village:141026100999", "name": "月亮村便民服务中心"}
    )
    broken = tables | {
        "cadres": [
            *tables["cadres"],
            tables["cadres"][-1] | {"id": "c999", "unit": "village:141026100999"},
        ]
    }
    assert "月亮村" in only(found(broken), "unit_misfiled").what


def test_village__without_a_service_centre_is_a_note(county: County) -> None:
    finding = only(found_in(without_units(county, VILLAGE)), "village_without_center")
    assert not finding.is_problem and "高壁村" in finding.what


def test_township__without_a_village(tables: Tables) -> None:
    gone = {row["code"] for row in tables["divisions"] if row["parent_code"] == HECHUAN}
    empty = tables | {
        "divisions": [row for row in tables["divisions"] if row["code"] not in gone],
        "grids": [row for row in tables["grids"] if row["village_code"] not in gone],
        "units": [row for row in tables["units"] if row["code"][8:] not in gone],
        "aliases": [row for row in tables["aliases"] if row["code"][:9] != HECHUAN],
        "organisations": [],
        "areas": [],
    }
    villages = {f"village:{code}" for code in gone}
    every = found(without_people(empty, *villages))
    assert "和川镇" in only(every, "township_without_village").what


def test_village__without_a_grid_is_refused_by_an_import_and_found(county: County) -> None:
    from dataclasses import replace

    from routing.grids import GridRegister

    others = [grid for grid in county.grids.grids if grid.village_code != GAOBI]
    finding = only(found_in(replace(county, grids=GridRegister.of(others))), "village_without_grid")
    assert "高壁村" in finding.what


def test_duty__a_grid_leader_who_steps_in_unplanned_is_a_gap(tables: Tables) -> None:
    """Somebody answers, and the shift is empty all the same: that is what the leader must know."""
    broken = without_people(tables, VILLAGE, but="grid_leader")
    assert "gap_in_duty" in codes(found(broken))
    assert (
        person_in_charge(load_county(broken), VILLAGE, datetime(2026, 11, 23, 1, 0, tzinfo=UTC))
        is not None
    )
