"""Matters that go to nobody in some township: told as matters × townships."""

from __future__ import annotations

from dataclasses import replace

import pytest

from routing.checks.cells import uncovered_cells
from routing.county import County
from routing.decide import decide
from routing.decision import RoutingRequest
from routing.places import place_from_code
from tests.routing.checking import (
    FUCHENG,
    HECHUAN,
    NOW,
    changed,
    codes,
    found,
    found_in,
    only,
    with_row,
    without_people,
    without_units,
)
from tests.routing.speech import Tables


def group(township: str, code: str) -> str:
    return f"group:{township}:{code}"


def test_group__without_people_in_two_townships(tables: Tables) -> None:
    broken = without_people(tables, group(FUCHENG, "agriculture"), group(HECHUAN, "agriculture"))
    finding = only(found(broken), "cell_without_people")
    below = [
        row
        for row in tables["catalogue"]
        if row["group"] == "agriculture" and row["min_level"] != "county"
    ]
    assert f"等 {len(below)} 个事项 × 府城镇、和川镇（{2 * len(below)} 格）" in finding.what
    assert "农业生产服务组，那里一个人都没有" in finding.what


def test_groups__that_fail_differently_are_told_apart(tables: Tables) -> None:
    broken = without_people(tables, group(FUCHENG, "agriculture"), group(HECHUAN, "livelihood"))
    every = [each.what for each in found(broken) if each.code == "cell_without_people"]
    assert len(every) == 2
    assert "× 府城镇（" in every[0] and "× 和川镇（" in every[1]


def test_group__that_one_township_lacks(county: County) -> None:
    broken = without_units(county, group(HECHUAN, "livelihood"))
    finding = only(found_in(broken), "cell_not_dispatched")
    assert "× 和川镇（" in finding.what and "人工研判" in finding.what


def test_lead_unit__without_people_leaves_the_whole_county_uncovered(tables: Tables) -> None:
    finding = only(found(without_people(tables, "unit:forestry")), "cell_without_people")
    assert "× 全县范围（" in finding.what and "林业局" in finding.what


def test_lead_unit__of_a_county_matter_is_missed_in_every_township(tables: Tables) -> None:
    broken = without_people(tables, "unit:natural_resources")
    every = [each.what for each in found(broken) if each.code == "cell_without_people"]
    assert any("全县范围、府城镇、和川镇、" in what for what in every)


def test_emergency__group_without_people(tables: Tables) -> None:
    finding = only(
        found(without_people(tables, group(FUCHENG, "emergency"))), "cell_without_people"
    )
    assert "× 府城镇（" in finding.what and "突发事件处置组" in finding.what
    urgent = [
        row
        for row in tables["catalogue"]
        if row["group"] == "emergency" and row["min_level"] != "county"
    ]
    assert f"等 {len(urgent) + 1} 个事项" in finding.what  # and danger without a matter


def test_emergency__a_county_without_such_groups_is_told_that_the_centre_has_it(
    county: County,
) -> None:
    groups = [unit.code for unit in county.org.units.values() if unit.group == "emergency"]
    broken = without_units(county, *groups)
    notes = [each for each in found_in(broken) if each.code == "cell_without_emergency_group"]
    assert len(notes) == 1 and not notes[0].is_problem
    assert "等 7 个（7 格）" in notes[0].what


def test_min_level__urgent_matter_of_the_county_lands_in_the_township(tables: Tables) -> None:
    broken = changed(tables, "catalogue", "matter", "mining", urgency="urgent")
    finding = only(found(broken), "cell_too_low")
    assert "矿山" in finding.what and "等 7 个（7 格）" in finding.what


@pytest.mark.parametrize("level", ["village", "township"])
def test_min_level__group_may_own_what_a_township_may(tables: Tables, level: str) -> None:
    assert found(changed(tables, "catalogue", "matter", "mining", min_level=level)) == []


def test_cells__are_what_decide_says(county: County) -> None:
    """Independent of the check: no matter of the sample county is ever left without people."""
    assert list(uncovered_cells(county, NOW)) == []
    for village in county.tree.villages:
        for matter in county.catalogue.by_matter:
            request = RoutingRequest("appeal", matter, 1.0, place_from_code(county, village.code))
            assert county.org.staff(decide(county, request, NOW).owner_unit)


def test_row__that_no_township_can_have_is_told_once(county: County) -> None:
    broken = with_row(county, "street_lamp", group="tourism")
    assert codes(found_in(broken)) == {"group_nowhere"}


def test_seal__a_report_that_its_row_gives_to_a_group_stays_sealed(county: County) -> None:
    broken = with_row(county, "discipline_report", group="livelihood", lead_unit="民政局")
    assert "cell_breaks_seal" not in codes(found_in(broken))


def test_triage__township_centre_without_people(tables: Tables) -> None:
    every = found(without_people(tables, f"township:{FUCHENG}"))
    finding = only(every, "cell_without_people")
    assert finding.what.startswith("听不明白的诉求 × 府城镇（1 格）")


def test_county__without_townships_at_all(county: County) -> None:
    from routing.divisions import DivisionTree

    alone = replace(county, tree=DivisionTree.of([county.tree.county]))
    assert "cell_without_people" not in codes(found_in(alone))
