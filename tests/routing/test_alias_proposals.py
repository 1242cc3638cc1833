"""Which words of a first message are put to an admin as another name of a place."""

from __future__ import annotations

import pytest

from routing.alias_proposals import proposed_alias
from routing.county import County
from routing.places import PlaceFinder

GAOBI = "141026100206"
GAOBI_3 = "14102610020603"
SHICAO = "141026200209"
FUCHENG = "141026100"


def _proposed(county: County, finder: PlaceFinder, text: str, code: str = GAOBI) -> str | None:
    return proposed_alias(text, finder.find(text), code, county)


@pytest.mark.parametrize(
    "text",
    [
        "老庙滩那边停水两天了",
        "老庙滩路灯坏了",
        "我们老庙滩的路灯坏了",
        "你好，我家住在老庙滩附近，停水了",
        "停水了,老庙滩三组",
        "府城镇老庙滩那边停水",
        "我们府城镇老庙滩那边停水",
    ],
)
def test_toponym__that_nothing_is_known_of_is_proposed(
    county: County, finder: PlaceFinder, text: str
) -> None:
    assert _proposed(county, finder, text) == "老庙滩"


def test_misspelt__span_without_its_suffix_is_proposed(county: County, finder: PlaceFinder) -> None:
    assert _proposed(county, finder, "高必村停水了") == "高必"


def test_misspelt__of_another_village_than_the_chosen_one_is_not(
    county: County, finder: PlaceFinder
) -> None:
    assert _proposed(county, finder, "高必村停水了", SHICAO) is None


def test_grid__stands_for_its_village_and_a_township_for_none(
    county: County, finder: PlaceFinder
) -> None:
    assert _proposed(county, finder, "老庙滩那边停水", GAOBI_3) == "老庙滩"
    assert _proposed(county, finder, "老庙滩那边停水", FUCHENG) is None
    assert _proposed(county, finder, "老庙滩那边停水", "unknown") is None


@pytest.mark.parametrize(
    "text",
    [
        "停水两天了",
        "我们村的路灯坏了",
        "全村停水了",
        "学校门口的路灯坏了",
        "医院附近停水了",
        "卫生院那边停水了",
        "村口的路灯坏了",
        "十字路口的路灯坏了",
        "加油站附近停水",
        "垃圾站旁边很臭",
        "养猪场的臭味",
        "化肥厂附近臭",
        "高速口那边堵车",
        "物业公司院里停电",
        "大桥那边塌了",
        "河滩那边有垃圾",
        "修桥的人走了",
        "正在挖沟的人把水管挖断了",
        "王老师家院里停水",
        "王建国主任家庄里停水",
        "老李坡那边停水",
        "小王沟附近停水",
        "王小河的低保停了",
        "李二家院里停水",
        "高壁村停水了",
        "高壁河滩那边停水",
        "3号院附近停水",
        "老庙滩附近停水，青石坪那边也停了",
        "垃圾没人收老庙滩那边",
    ],
)
def test_unsure__is_none(county: County, finder: PlaceFinder, text: str) -> None:
    assert _proposed(county, finder, text) is None
