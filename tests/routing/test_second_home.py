"""A shopkeeper's appeal has a second home; it never changes who owns the ticket."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from routing.county import County
from routing.decide import decide
from routing.decision import Decision, RoutingRequest
from routing.places import PlaceFinder
from routing.second_home import second_home, speaks_as_shopkeeper

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
WORDS = "我在高壁村开了个小饭店,门口的路灯坏了"


def _decide(county: County, finder: PlaceFinder, text: str, **fields: bool) -> Decision:
    place = finder.find(text)
    request = RoutingRequest("appeal", "street_lamp", 0.9, place, text=text)
    return decide(county, replace(request, **fields), NOW)


def test_shopkeeper__gets_the_organisation_of_the_village(
    county: County, finder: PlaceFinder
) -> None:
    decision = _decide(county, finder, WORDS)
    assert [r.code for r in decision.reasons][-1] == "second_home"


def test_shopkeeper__owner_is_the_same_with_and_without(
    county: County, finder: PlaceFinder
) -> None:
    plain = _decide(county, finder, "高壁村路灯坏了")
    assert _decide(county, finder, WORDS).owner_unit == plain.owner_unit


def test_shopkeeper__what_is_confidential_is_told_to_nobody_else(
    county: County, finder: PlaceFinder
) -> None:
    decision = _decide(county, finder, WORDS, confidential=True)
    assert "second_home" not in [r.code for r in decision.reasons]


def test_organisation__named_in_the_words_comes_first(county: County) -> None:
    home = second_home(county, "示例焦化公司党支部的活动室漏水", None)
    assert home is not None and home.code == "firm07"


def test_organisation__its_name_is_a_landmark(county: County, finder: PlaceFinder) -> None:
    finding = finder.find("示例焦化公司党支部门口的路塌了")
    assert county.tree.get(finding.village_code or "") is not None
    assert finding.best is not None and finding.best.evidence[0].how == "landmark"


def test_shopkeeper__says_so_in_a_clause_of_its_own() -> None:
    assert speaks_as_shopkeeper("我是孔村的,开了个小饭店,门口的路灯坏了")


@pytest.mark.parametrize(
    "text", ["我家门口开了个饭店,油烟太大", "高壁村路灯坏了", "饭店的油烟太大", "店里卖假货"]
)
def test_shopkeeper__a_customer_is_none(text: str) -> None:
    assert not speaks_as_shopkeeper(text)


def test_sample__every_village_has_exactly_one_home_for_its_businesses(county: County) -> None:
    kinds = [o.kind for o in county.organisations.by_code.values()]
    assert (kinds.count("independent"), kinds.count("by_nearness")) == (12, 19)
    assert all(len(county.organisations.near(v.code)) == 1 for v in county.tree.villages)
