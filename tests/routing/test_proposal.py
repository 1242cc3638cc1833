"""Another catalogue for a county that stays what it is."""

from __future__ import annotations

import pytest

from routing.county import County
from routing.county_tables import load_county
from routing.problems import CountyDataError
from routing.proposal import propose
from tests.routing.speech import Tables

Rows = list[dict[str, str]]


def edited(tables: Tables, which: str, **cells: str) -> Rows:
    rows = [row | cells if row["matter"] == which else row for row in tables["catalogue"]]
    assert rows != tables["catalogue"]
    return rows


def test_same__nothing_is_gone_added_or_missing(county: County, tables: Tables) -> None:
    proposal = propose(county, tables["catalogue"])
    assert (proposal.gone, proposal.added, proposal.missing) == ((), (), ())
    assert proposal.planned == frozenset()
    assert proposal.county.catalogue == county.catalogue
    assert proposal.county.org.units == county.org.units


def test_matter__renamed_is_gone_and_added(county: County, tables: Tables) -> None:
    proposal = propose(county, edited(tables, "street_lamp", matter="night_lamp"))
    assert [row.matter for row in proposal.gone] == ["street_lamp"]
    assert [row.matter for row in proposal.added] == ["night_lamp"]


def test_lead_unit__that_is_not_there_is_planned_and_said(county: County, tables: Tables) -> None:
    rows = edited(tables, "street_lamp", lead_unit="数据局", min_level="county")
    proposal = propose(county, rows)
    unit = proposal.county.org.county_unit("数据局")
    assert unit is not None and proposal.planned == {unit.code}
    assert proposal.name_of(unit.code) == "数据局（还没有这个单位）"
    assert proposal.name_of("unit:housing") == "住建局"
    [problem] = proposal.missing
    assert problem.mend == "组织表里没有县直单位“数据局”" and problem.column == "lead_unit"


def test_group__that_townships_lack_is_planned_in_each(county: County, tables: Tables) -> None:
    proposal = propose(county, edited(tables, "street_lamp", group="tourism"))
    assert proposal.planned == {f"group:{t.code}:tourism" for t in county.tree.townships}
    assert len(proposal.missing) == 7
    assert "府城镇缺少联动服务组 group:141026100:tourism" in proposal.missing[0].mend


@pytest.mark.parametrize(
    "cells",
    [
        {"lead_unit": "数据局"},
        {"co_units": "数据局"},
        {"group": "tourism"},
        {"min_level": "grid"},
        {"limits": "help:0"},
        {"appeal_types": "help|gossip"},
        {"name": ""},
        {"urgency": "soon"},
    ],
)
def test_sentences__are_those_of_an_import(
    county: County, tables: Tables, cells: dict[str, str]
) -> None:
    rows = edited(tables, "street_lamp", **cells)
    with pytest.raises(CountyDataError) as imported:
        load_county(tables | {"catalogue": rows})
    try:
        said = propose(county, rows).missing
    except CountyDataError as exc:
        said = exc.problems
    assert said == imported.value.problems


def test_knowledge__that_hangs_on_a_matter_that_is_gone(county: County, tables: Tables) -> None:
    named = {row["matter"] for row in tables["knowledge"]} - {""}
    matter = sorted(named)[0]
    proposal = propose(county, [row for row in tables["catalogue"] if row["matter"] != matter])
    assert all(matter in problem.mend for problem in proposal.missing) and proposal.missing


def test_empty__is_refused(county: County) -> None:
    with pytest.raises(CountyDataError, match="派单目录是空的"):
        propose(county, [])
