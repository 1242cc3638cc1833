"""What the county centre ruled holds for the next tickets."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from routing.county import County
from routing.county_tables import load_county
from routing.decide import decide
from routing.decision import RoutingRequest
from routing.places import place_from_code
from routing.problems import CountyDataError
from tests.routing.speech import Tables

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
FUCHENG, GAOBI = "141026100", "141026100206"
POWER = "unit:power"


def ruling(**changes: str) -> dict[str, str]:
    return {
        "matter": "street_lamp",
        "township_code": FUCHENG,
        "owner": POWER,
        "ticket": "LD-20261120-0007-1",
        "ruled_on": "2026-11-20",
        "reason": "路灯归供电",
    } | changes


def loaded(tables: Tables, *rows: dict[str, str]) -> County:
    return load_county(tables | {"precedents": list(rows)})


def owner(county: County, code: str) -> tuple[str, list[str]]:
    place = place_from_code(county, code)
    request = RoutingRequest("appeal", "street_lamp", 0.9, place, "help", False, False, False)
    decision = decide(county, request, NOW)
    return decision.owner_unit, [reason.code for reason in decision.reasons]


def test_ruling__sends_the_next_one_to_the_unit_that_it_names(tables: Tables) -> None:
    assert owner(loaded(tables), GAOBI)[0] == f"group:{FUCHENG}:infrastructure"
    found, reasons = owner(loaded(tables, ruling()), GAOBI)
    assert found == POWER and "precedent" in reasons


def test_ruling__of_one_township_says_nothing_of_another(tables: Tables) -> None:
    county = loaded(tables, ruling())
    elsewhere = next(
        village.code
        for township in county.tree.townships
        if township.code != FUCHENG
        for village in county.tree.children(township.code)
    )
    assert owner(county, elsewhere)[0].startswith("group:")
    everywhere = loaded(tables, ruling(township_code=""))
    assert owner(everywhere, elsewhere)[0] == POWER


def test_ruling__of_the_township_comes_before_that_of_the_county(tables: Tables) -> None:
    here = ruling(owner=f"township:{FUCHENG}")
    county = loaded(tables, ruling(township_code=""), here)
    assert owner(county, GAOBI)[0] == f"township:{FUCHENG}"


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        ("matter", "gone", "“gone”不是派单目录里的事项代码"),
        ("owner", "unit:gone", "“unit:gone”不是组织表里单位的编码"),
        ("township_code", "999", "“999”不是区划表里乡镇的编码"),
        ("ruled_on", "昨天", "“昨天”不是日期"),
        ("owner", "", "不能为空"),
    ],
)
def test_mistake__is_told_where_it_is(tables: Tables, column: str, value: str, words: str) -> None:
    with pytest.raises(CountyDataError) as caught:
        loaded(tables, ruling(**{column: value}))
    found = caught.value.problems
    assert [(each.sheet, each.column) for each in found] == [("precedents", column)]
    assert words in found[0].mend
