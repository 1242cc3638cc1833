"""How well messages about one event are found in invented ones, part by part.

A figure here only falls when the rules get worse: it is the measured one, rounded down.
"""

from __future__ import annotations

from itertools import combinations

import pytest

from routing.county import County
from routing.hot.likeness import alike
from routing.hot.offer import same_open
from routing.hot.spots import hot_spots
from tests.routing.hot.written import Written, written


def _pairs(messages: list[Written]) -> tuple[int, int, int]:
    """Pairs alike and of one event, alike and not, of one event and not alike."""
    right = wrong = missed = 0
    for a, b in combinations(messages, 2):
        found, same = alike(a.report, b.report).is_alike, a.event == b.event
        right += found and same
        wrong += found and not same
        missed += same and not found
    return right, wrong, missed


@pytest.mark.parametrize(
    ("part", "precision", "recall"),
    [("first", 0.93, 0.94), ("second", 0.87, 0.87), ("third", 0.93, 0.48)],
)
def test_pairs__of_one_event_are_told_from_others(
    county: County, part: str, precision: float, recall: float
) -> None:
    right, wrong, missed = _pairs(written(county, part))
    assert right / (right + wrong) >= precision
    assert right / (right + missed) >= recall


@pytest.mark.parametrize(
    ("part", "offered", "wrong_ones"), [("first", 52, 1), ("second", 52, 2), ("third", 9, 0)]
)
def test_offers__are_hardly_ever_wrong(
    county: County, part: str, offered: int, wrong_ones: int
) -> None:
    messages = written(county, part)
    event = {each.report.number: each.event for each in messages}
    offers = [
        (each.event, event[offer.report.number])
        for each in messages
        if (offer := same_open(each.report, [other.report for other in messages]))
    ]
    assert len(offers) >= offered
    assert sum(mine != theirs for mine, theirs in offers) <= wrong_ones


@pytest.mark.parametrize(("part", "found"), [("first", 10), ("second", 10), ("third", 4)])
def test_hot_spots__hold_the_events_of_three_people(county: County, part: str, found: int) -> None:
    messages = written(county, part)
    event = {each.report.number: each.event for each in messages}
    spots = hot_spots(each.report for each in messages)
    told = [
        max(events.count(name) for name in events)
        for spot in spots
        for events in ([event[number] for number in spot.numbers],)
    ]
    assert sum(most >= 2 for most in told) >= found
    assert sum(told) / sum(len(spot.numbers) for spot in spots) >= 0.85
