from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from routing.hot.report import Report
from routing.hot.spots import LASTING, LEAST, WINDOW, HotSpot, hot_spots, joined
from tests.routing.hot.reports import any_reports, report

LAMPS = [
    report("高壁三组路灯坏了", "1", hours=0, villager_group=3),
    report("三组的路灯不亮了", "2", hours=20, villager_group=3),
    report("路灯黑了没人修", "3", hours=40),
]


def _at(hours: float, number: str = "4", **given: object) -> Report:
    return report("高壁的路灯又坏了", number, hours=hours, **given)


def test_hot_spot__is_three_people_in_48_hours() -> None:
    (spot,) = hot_spots(LAMPS)
    assert spot.numbers == ("1", "2", "3")
    assert spot.title == "府城镇高壁村路灯：3 人反映"
    assert (spot.place.village, spot.place.villager_group) == ("141026100206", 3)
    assert (spot.first_at, spot.last_at) == (LAMPS[0].at, LAMPS[2].at)
    assert not spot.personal


@pytest.mark.parametrize(
    "third",
    [
        replace(LAMPS[2], at=LAMPS[0].at + WINDOW + timedelta(minutes=1)),
        replace(LAMPS[2], reporter=LAMPS[0].reporter),
        replace(LAMPS[2], confidential=True),
        replace(LAMPS[2], township="141026101"),
        replace(LAMPS[2], number="2"),
    ],
    ids=["too late", "no third person", "confidential", "another township", "the same ticket"],
)
def test_hot_spot__is_none_with(third: Report) -> None:
    assert hot_spots([*LAMPS[:2], third]) == ()


def test_hot_spot__lasts_a_week_beyond_its_last_message() -> None:
    late = _at(40 + 24 * 7)
    assert hot_spots([*LAMPS, late])[0].numbers == ("1", "2", "3", "4")
    assert hot_spots([*LAMPS, replace(late, at=late.at + timedelta(hours=1))]) == hot_spots(LAMPS)


def test_hot_spot__no_report_without_a_village_ties_two_villages() -> None:
    elsewhere = [replace(each, number=f"o{each.number}", village="v2") for each in LAMPS]
    nowhere = [_at(10, "n", village=None, villager_group=None)]
    assert len(hot_spots([*LAMPS, *elsewhere, *nowhere])) == 2


def test_joined__the_third_person_makes_it() -> None:
    made = joined(LAMPS[2], LAMPS[:2])
    assert made is not None and made.is_new
    assert made.spot == hot_spots(LAMPS)[0]


def test_joined__the_fourth_joins_what_is_known() -> None:
    more = joined(_at(60), LAMPS)
    assert more is not None and not more.is_new
    assert more.before == hot_spots(LAMPS)


def test_joined__two_are_not_enough() -> None:
    assert joined(LAMPS[1], LAMPS[:1]) is None


def test_hot_spot__of_households_is_not_told_to_neighbours() -> None:
    wages = {"matter": "unpaid_wages", "group": "livelihood"}
    texts = ("焦化厂四个月没发工资", "焦化厂拖欠四个月工资没发", "焦化厂工资四个月没给发")
    (spot,) = hot_spots(report(text, str(i), **wages) for i, text in enumerate(texts))
    assert spot.personal


def _sets(spots: tuple[HotSpot, ...]) -> list[tuple[str, ...]]:
    return [spot.numbers for spot in spots]


@given(reports=any_reports(), data=st.data())
def test_hot_spots__the_order_of_arrival_does_not_matter(
    reports: list[Report], data: st.DataObject
) -> None:
    assert hot_spots(data.draw(st.permutations(reports))) == hot_spots(reports)


@given(reports=any_reports())
def test_hot_spots__respect_township_window_and_confidence(reports: list[Report]) -> None:
    known = {each.number: each for each in reports}
    for spot in hot_spots(reports):
        members = [known[number] for number in spot.numbers]
        times = [each.at for each in members]
        assert len({each.township for each in members}) == 1
        assert not any(each.confidential for each in members)
        assert all(later - earlier <= LASTING for earlier, later in pairwise(times))
        assert any(
            len({m.voice for m in members if first <= m.at <= first + WINDOW}) >= LEAST
            for first in times
        )


@given(reports=any_reports())
def test_hot_spots__have_no_report_twice(reports: list[Report]) -> None:
    numbers = [number for spot in hot_spots(reports) for number in spot.numbers]
    assert len(numbers) == len(set(numbers))


@given(reports=any_reports())
def test_joined__finds_what_all_together_give(reports: list[Report]) -> None:
    for new in reports:
        found = joined(new, reports)
        holding = [spot for spot in hot_spots(reports) if new.number in spot.numbers]
        assert ([found.spot] if found else []) == holding


@given(reports=any_reports())
def test_joined__message_by_message_gives_the_same_as_at_once(reports: list[Report]) -> None:
    cards: list[set[str]] = []
    for index, new in enumerate(reports):
        found = joined(new, reports[:index])
        if found is not None:
            members = set(found.spot.numbers)
            cards = [card for card in cards if not card & members] + [members]
    assert sorted(map(sorted, cards)) == sorted(map(sorted, _sets(hot_spots(reports))))
