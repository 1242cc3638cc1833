"""Values, intervals and lists of the metrics."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.metrics.story import MONDAY, Story
from tickets.metrics import (
    DEFINITIONS,
    SMALL_SAMPLE,
    WINDOW,
    Arrival,
    Facts,
    Kind,
    Metric,
    metrics,
    repeated,
    wilson,
)

_PLAIN = Story().sign().facts


def some(count: int, **changes: object) -> list[Facts]:
    """Alike tickets with numbers of their own."""
    return [
        replace(_PLAIN, number=f"LD-{index:04}", **changes)  # type: ignore[arg-type]
        for index in range(count)
    ]


def named(facts: list[Facts], code: str) -> Metric:
    return next(metric for metric in metrics(facts) if metric.code == code)


def test_metrics__without_tickets_have_no_value() -> None:
    for metric in metrics([]):
        assert metric.value == (0 if metric.kind is Kind.COUNT else None)
        assert metric.interval is None and not metric.may_rank


def test_metrics__codes_are_unique_and_formulas_say_what_is_divided() -> None:
    assert len({definition.code for definition in DEFINITIONS}) == len(DEFINITIONS)
    assert all(" ÷ " in each.formula for each in DEFINITIONS if each.kind is Kind.SHARE)


def test_share__of_a_small_sample_has_an_interval_and_no_rank() -> None:
    metric = named(some(SMALL_SAMPLE - 1), "sign_in_time_rate")
    assert metric.value == 1 and metric.interval == wilson(29, 29) and not metric.may_rank


def test_share__of_a_large_sample_has_a_rank_and_no_interval() -> None:
    metric = named(some(SMALL_SAMPLE), "sign_in_time_rate")
    assert metric.interval is None and metric.may_rank


def test_lists__hits_and_base_open_in_the_order_of_numbers() -> None:
    facts = some(4)
    facts[2] = replace(facts[2], signed_in_time=False)
    facts[3] = replace(facts[3], signed_in_time=None)
    metric = named(facts[::-1], "sign_in_time_rate")
    assert metric.numbers == ("LD-0000", "LD-0001")
    assert metric.base == ("LD-0000", "LD-0001", "LD-0002")
    assert metric.value == pytest.approx(2 / 3)


def test_times__list_the_slowest_first() -> None:
    facts = [replace(each, sign_minutes=i) for i, each in enumerate(some(10), 1)]
    p90 = named(facts, "sign_time_p90")
    assert p90.numbers[0] == "LD-0009" and p90.numerator is None
    assert p90.value == 9
    assert named(facts, "sign_time_median").value == 5.5
    assert named(facts, "sign_time_mean").value == 5.5


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=200))
def test_p90__nine_of_ten_do_not_exceed_it_and_no_less_will_do(minutes: list[int]) -> None:
    facts = [
        replace(_PLAIN, number=str(i), sign_minutes=float(each)) for i, each in enumerate(minutes)
    ]
    value = named(facts, "sign_time_p90").value
    assert value in minutes
    assert sum(each <= value for each in minutes) * 10 >= 9 * len(minutes)
    assert sum(each < value for each in minutes) * 10 < 9 * len(minutes)


@given(st.integers(1, 500).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_wilson__holds_the_share_and_stays_within_0_and_1(pair: tuple[int, int]) -> None:
    hits, of = pair
    low, high = wilson(hits, of)
    assert 0 <= low <= hits / of <= high <= 1


@given(st.integers(1, 100), st.integers(0, 100))
def test_wilson__mirrors_and_narrows(of: int, some_hits: int) -> None:
    hits = min(some_hits, of)
    low, high = wilson(hits, of)
    assert wilson(of - hits, of) == pytest.approx((1 - high, 1 - low))
    narrow_low, narrow_high = wilson(4 * hits, 4 * of)
    assert narrow_high - narrow_low < high - low


def test_wilson__known_value() -> None:
    # 8 of 10, as tables of the score interval give it.
    assert wilson(8, 10) == pytest.approx((0.4902, 0.9433), abs=5e-5)


def arrival(number: str, days: float = 0, **changes: object) -> Arrival:
    at = MONDAY + timedelta(days=days)
    return replace(Arrival(number, "anna", "street_lamp", "V1", at), **changes)  # type: ignore[arg-type]


def test_repeated__within_the_window_only() -> None:
    edge = WINDOW / timedelta(days=1)
    assert repeated([arrival("A"), arrival("B", edge)]) == {"B"}
    assert repeated([arrival("A"), arrival("B", edge + 0.001)]) == frozenset()


def test_repeated__a_chain_counts_from_the_last_one() -> None:
    assert repeated([arrival("C", 50), arrival("A"), arrival("B", 25)]) == {"B", "C"}


@pytest.mark.parametrize(
    "other", [{"reporter": "bert"}, {"matter": "noise"}, {"village": "V2"}], ids=str
)
def test_repeated__only_of_what_is_alike(other: dict[str, object]) -> None:
    assert repeated([arrival("A"), arrival("B", 1, **other)]) == frozenset()


@pytest.mark.parametrize("unknown", ["matter", "village"])
def test_repeated__nothing_is_like_what_is_not_known(unknown: str) -> None:
    both = {unknown: None}
    assert repeated([arrival("A", **both), arrival("B", 1, **both)]) == frozenset()


def test_repeated__parts_of_one_message_are_not() -> None:
    found = repeated([arrival("A"), arrival("B"), arrival("C", 1)])
    assert found == {"C"}
