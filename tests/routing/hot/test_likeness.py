from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from routing.hot.likeness import alike, are_alike
from routing.hot.report import Report
from tests.routing.hot.reports import OTHER_TOWNSHIP, OTHER_VILLAGE, any_report, report

LAMP = report("高壁村三组路灯坏了", villager_group=3)


@given(a=any_report("a"), b=any_report("b"))
def test_likeness__is_symmetric_and_explains_itself(a: Report, b: Report) -> None:
    found = alike(a, b)
    assert found == alike(b, a)
    assert 0 <= found.score <= 1
    assert found.why
    assert are_alike(a, b) == found.is_alike


@given(a=any_report("a"))
def test_likeness__is_whole_with_itself(a: Report) -> None:
    assert alike(a, a).score == 1.0


@given(a=any_report("a"), b=any_report("b"))
def test_likeness__never_between_townships(a: Report, b: Report) -> None:
    if a.township != b.township or a.township is None:
        assert alike(a, b).score == 0


def test_likeness__says_what_both_say() -> None:
    found = alike(LAMP, report("三组的路灯黑了好几天", "2", villager_group=3))
    assert found.is_alike
    assert found.why.startswith("同一村民小组或网格、同一事项、都说到“路灯”")


def test_likeness__other_words_for_one_thing_count() -> None:
    a = report("楼下歌厅唱到半夜", matter="noise")
    b = report("KTV太吵没法睡", "2", matter="noise")
    assert alike(a, b).is_alike


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"villager_group": 7}, "不在同一村民小组或网格"),
        ({"village": OTHER_VILLAGE}, "不在同一村"),
        ({"village": None}, "有一件还不知道在哪个村"),
        ({"township": OTHER_TOWNSHIP}, "不在同一乡镇"),
        ({"township": None, "village": None}, "有一件还不知道在哪个乡镇"),
    ],
)
def test_likeness__another_place_is_another_lamp(change: dict[str, object], why: str) -> None:
    other = replace(LAMP, number="2", **change)  # type: ignore[arg-type]  # one change of each kind
    assert (alike(LAMP, other).score, alike(LAMP, other).why) == (0, why)


def test_likeness__a_power_cut_does_not_end_at_the_village() -> None:
    a = report("停电了，冰箱里肉要坏", matter="power_supply")
    b = report("我们村也没电了", "2", matter="power_supply", village=OTHER_VILLAGE)
    assert alike(a, b).is_alike


def test_likeness__a_fault_is_not_a_price() -> None:
    water = {"matter": "water_supply"}
    found = alike(report("村里停水三天了", **water), report("水费一吨八块太贵", "2", **water))
    assert not found.is_alike
    assert "一个说坏了停了，一个说费用" in found.why


@pytest.mark.parametrize(("number", "same"), [("五", True), ("5", True), ("2", False)])
def test_likeness__a_numbered_thing_is_one_thing(number: str, same: bool) -> None:
    lift = {"matter": "property_parking"}
    other = report(f"{number}号楼电梯又停了", "2", **lift)
    assert alike(report("5号楼电梯坏了，停了一周", **lift), other).is_alike is same


def test_likeness__neighbours_with_one_need_have_two_matters() -> None:
    need = {"matter": "low_income", "group": "livelihood"}
    found = alike(
        report("老汉瘫在炕上想申请低保", **need), report("娘八十了能办低保不", "2", **need)
    )
    assert not found.is_alike


@given(text=st.text(max_size=200), words=st.lists(st.text(max_size=5), max_size=3))
def test_likeness__reads_anything(text: str, words: list[str]) -> None:
    odd = report(text, place_words=tuple(words))
    assert alike(odd, replace(LAMP, number="2")).score <= 1
