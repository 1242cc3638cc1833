from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given

from routing.hot.offer import same_open
from routing.hot.report import Report
from tests.routing.hot.reports import OTHER_VILLAGE, any_report, any_reports, report

MINE = report("高壁三组路灯坏了，黑夜看不见路", "mine", villager_group=3)
OPEN = report("三组的路灯不亮，黑夜没法走路", "open", villager_group=3, hours=-200)


def test_offer__is_the_open_ticket_of_somebody_else() -> None:
    offer = same_open(MINE, [OPEN])
    assert offer is not None
    assert offer.report is OPEN
    assert "路灯" in offer.likeness.why


@pytest.mark.parametrize(
    "change",
    [
        {"confidential": True},
        {"urgent": True},
        {"reporter": MINE.reporter},
        {"village": OTHER_VILLAGE},
        {"village": None},
        {"villager_group": 7},
        {"text": "三组想新装几盏太阳能路灯"},
    ],
)
def test_offer__is_none_for(change: dict[str, Any]) -> None:
    assert same_open(MINE, [replace(OPEN, **change)]) is None


def test_offer__tells_no_neighbours_business() -> None:
    change: dict[str, Any] = {"matter": "low_income", "group": "livelihood"}
    assert same_open(replace(MINE, **change), [replace(OPEN, **change, text=MINE.text)]) is None


def test_offer__of_several_is_the_likest_then_the_oldest() -> None:
    older = replace(OPEN, number="older", at=OPEN.at.replace(day=1))
    likest = replace(OPEN, number="likest", text=MINE.text)
    first = same_open(MINE, [OPEN, older])
    second = same_open(MINE, [OPEN, older, likest])
    assert first is not None and first.report is older
    assert second is not None and second.report is likest


@given(mine=any_report("mine"), others=any_reports())
def test_offer__never_breaks_its_guards(mine: Report, others: list[Report]) -> None:
    offer = same_open(mine, others)
    if offer is not None:
        assert not mine.confidential and not offer.report.confidential
        assert mine.urgent == offer.report.urgent
        assert mine.village == offer.report.village is not None
        assert mine.voice != offer.report.voice
        assert offer == same_open(mine, list(reversed(others)))
