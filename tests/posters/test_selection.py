"""Which grids are printed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from liandong.posters.selection import NoSuchPlace, Wanted, chosen
from routing.aliases import Alias
from routing.county import County
from routing.grids import GridRegister
from services.office import Office
from tests.posters.conftest import GAOBI


@pytest.fixture(scope="session")
def county(office: Office) -> County:
    return office.county


def test_chosen__everything_when_nothing_is_named(county: County) -> None:
    assert len(chosen(county, Wanted())) == 323


@pytest.mark.parametrize("name", ["高壁", "高壁村", "府城镇高壁村", "141026100206"])
def test_chosen__a_village_by_any_of_its_names(county: County, name: str) -> None:
    grids = chosen(county, Wanted(villages=(name,)))
    assert {grid.village_code for grid in grids} == {"141026100206"}


def test_chosen__a_township_by_name_or_code(county: County) -> None:
    by_name, by_code = (chosen(county, Wanted(townships=(n,))) for n in ("府城镇", "141026100"))
    assert by_name == by_code and 0 < len(by_name) < 323


def test_chosen__a_renamed_township_by_its_other_name(county: County) -> None:
    township = county.tree.townships[-1]
    renamed = replace(county, aliases=(Alias("新名镇", township.code, "renamed", 1.0),))
    assert chosen(renamed, Wanted(townships=("新名镇",)))


def test_chosen__several_of_one_kind_add_up_and_kinds_narrow(county: County) -> None:
    two = chosen(county, Wanted(villages=("高壁", "城墙岭社区")))
    one = chosen(county, Wanted(grids=(GAOBI,), villages=("高壁", "城墙岭社区")))
    assert len({grid.village_code for grid in two}) == 2
    assert [grid.code for grid in one] == [GAOBI]


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        (Wanted(grids=("14102699999999",)), "没有编码为“14102699999999”的网格"),
        (Wanted(villages=("没有村",)), "没有叫“没有村”的村"),
        (Wanted(townships=("高壁",)), "没有叫“高壁”的乡镇"),
        (Wanted(villages=("",)), "没有叫“”的村"),
        (Wanted(grids=(GAOBI,), villages=("城墙岭社区",)), "一个网格也没有"),
    ],
)
def test_chosen__a_name_that_nothing_has_is_refused(
    county: County, wanted: Wanted, sentence: str
) -> None:
    with pytest.raises(NoSuchPlace, match=sentence):
        chosen(county, wanted)


def test_chosen__an_ended_grid_is_not_printed_and_leads_on(county: County) -> None:
    grids = [
        replace(grid, valid_to=date(2026, 1, 1), successors=("14102610020602",))
        if grid.code == GAOBI
        else grid
        for grid in county.grids.by_code.values()
    ]
    merged = replace(county, grids=GridRegister.of(grids))
    assert len(chosen(merged, Wanted())) == 322
    with pytest.raises(NoSuchPlace, match="14102610020602"):
        chosen(merged, Wanted(grids=(GAOBI,)))
