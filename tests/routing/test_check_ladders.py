"""Ladders that go round, end on the way, or have a rung without people."""

from __future__ import annotations

from routing.checks.ladders import broken_ladders
from routing.county import County
from routing.county_tables import load_county
from routing.ladder import next_rung
from tests.routing.checking import (
    FUCHENG,
    HOUSING,
    changed,
    found,
    only,
    without_people,
)
from tests.routing.speech import Tables

CENTER = f"township:{FUCHENG}"


def test_rung__without_people_names_who_climbs_there(tables: Tables) -> None:
    finding = only(found(without_people(tables, HOUSING)), "rung_without_people")
    assert finding.what.startswith("住建局没有人，从") and finding.is_problem
    # Seven centres, their groups, and all villages come to it for matters of its own.
    assert "等 148 个单位提级" in finding.what
    led = {row["name"] for row in tables["catalogue"] if row["lead_unit"] == "住建局"}
    assert f"等 {len(led)} 个事项）" in finding.what


def test_rung__township_centre_without_people(tables: Tables) -> None:
    finding = only(found(without_people(tables, CENTER)), "rung_without_people")
    assert "府城镇联动服务中心没有人" in finding.what and "所有事项" in finding.what


def test_rung__county_centre_without_people_is_told_once(tables: Tables) -> None:
    finding = only(found(without_people(tables, "county")), "rung_without_people")
    assert "县联动服务指导中心没有人" in finding.what and "所有事项" in finding.what


def test_circle__a_centre_that_calls_itself_a_village(tables: Tables) -> None:
    broken = changed(tables, "units", "code", CENTER, level="village_center")
    every = [each for each in found(broken) if each.code == "ladder_in_a_circle"]
    groups = ("agriculture", "rural_affairs", "livelihood", "infrastructure", "emergency")
    assert len(every) == len(groups) + 1  # and for what nobody understood
    assert any("府城镇联动服务中心 → 府城镇联动服务中心" in each.what for each in every)
    circles = [each.what for each in every]
    assert any("府城镇农业生产服务组 → 府城镇联动服务中心 → " in what for what in circles)


def test_end__a_ladder_that_leads_into_the_sealed_channel(tables: Tables) -> None:
    units = [row for row in tables["units"] if row["code"] != "discipline"]
    people = [row for row in tables["cadres"] if row["unit"] != "discipline"]
    gone = {row["id"] for row in tables["cadres"]} - {row["id"] for row in people}
    broken = changed(
        tables | {"units": units, "cadres": people},
        "units",
        "code",
        CENTER,
        level="discipline_channel",
        name="纪委监委",
    )
    broken["duty"] = [row for row in tables["duty"] if row["cadre"] not in gone]
    every = [each for each in found(broken) if each.code == "ladder_ends_below"]
    assert len(every) == 1 and "停在纪委监委" in every[0].what


def test_sample__every_unit_climbs_to_the_county_or_stays_sealed(county: County) -> None:
    assert list(broken_ladders(county)) == []


def test_walk__finds_the_same_as_climbing_one_by_one(tables: Tables) -> None:
    county = load_county(without_people(tables, HOUSING, CENTER))
    empty = {HOUSING, CENTER}
    slow: dict[str, set[str]] = {}
    for matter in (None, *county.catalogue.by_matter):
        for start in county.org.units:
            rung = next_rung(county, start, matter)
            while rung is not None:
                if rung in empty:
                    slow.setdefault(rung, set()).add(start)
                rung = next_rung(county, rung, matter)
    for finding in broken_ladders(county):
        at = HOUSING if finding.what.startswith("住建局") else CENTER
        if not finding.what.startswith(("住建局", "府城镇联动服务中心")):
            continue
        starts = slow.pop(at)
        assert f"等 {len(starts)} 个单位提级" in finding.what
    assert slow == {}
