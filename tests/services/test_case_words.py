"""What a cadre's short words name."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from services.case_words import date_in, days_in, matter_in, number_in, unit_and_rest
from tests.services.town import sample_county

COUNTY = sample_county()
FUCHENG = "141026100"
NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("unit:power 路灯归他们", "unit:power"),
        ("这是供电公司的灯", "unit:power"),
        ("县供电公司的灯", "unit:power"),
        ("归农村事务服务组", f"group:{FUCHENG}:rural_affairs"),
        ("归府城镇农村事务服务组", f"group:{FUCHENG}:rural_affairs"),
        ("和川镇农村事务服务组的事", "group:141026101:rural_affairs"),
        ("该由高壁村便民服务中心办", "village:141026100206"),
        ("请联动服务中心定", f"township:{FUCHENG}"),
        # what it is not comes first as often as what it is
        ("不归水利局，归交通局", "unit:transport"),
        ("这不是水利局的事，是交通局的", "unit:transport"),
        ("归交通局，不归水利局", "unit:transport"),
        ("水利局看过了，路归交通局管", "unit:transport"),
        # several may be meant, or none
        ("水利局和交通局都行", None),
        ("不归水利局", None),
        ("真的不归我们", None),
        ("", None),
    ],
)
def test_unit__that_the_words_mean(text: str, code: str | None) -> None:
    unit, _ = unit_and_rest(COUNTY, text, FUCHENG)
    assert (unit.code if unit else None) == code


def test_unit__of_a_township_is_not_guessed_where_the_place_is_unknown() -> None:
    assert unit_and_rest(COUNTY, "归农村事务服务组", None)[0] is None


def test_words__after_a_code_are_the_reason() -> None:
    assert unit_and_rest(COUNTY, "unit:power 线路是他们的", FUCHENG)[1] == "线路是他们的"
    assert unit_and_rest(COUNTY, "线路归供电公司", FUCHENG)[1] == "线路归供电公司"


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("5天，等配件", 5),
        ("要十个工作日", 10),
        ("延十五日", 15),
        ("两天", 2),
        ("二十三个工作日", 23),
        ("7", 7),
        ("等配件到货", None),
        ("12月3日前", None),
    ],
)
def test_days(text: str, days: int | None) -> None:
    assert days_in(text) == days


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("12月20日复查", "2026-12-20"),
        ("2027年1月5日", "2027-01-05"),
        ("1月5号再看", "2027-01-05"),
        ("11月23日", "2026-11-23"),
        ("2月30日", None),
        ("等明年资金", None),
    ],
)
def test_date(text: str, date: str | None) -> None:
    found = date_in(text, NOW)
    assert (found.date().isoformat() if found else None) == date


def test_matter__by_its_code_or_its_name() -> None:
    row = COUNTY.catalogue.get("street_lamp")
    assert row is not None
    assert matter_in(COUNTY, "street_lamp") == matter_in(COUNTY, f"是{row.name}的事") == row.matter
    assert matter_in(COUNTY, "那个那个") is None


def test_number__only_where_there_is_just_one() -> None:
    assert number_in("并到 LD-20261123-0001-3") == "LD-20261123-0001-3"
    assert number_in("LD-20261123-0001-3 和 LD-20261123-0002-1") is None
