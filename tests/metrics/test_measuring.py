"""The figures of a period and of a part of the county."""

from __future__ import annotations

from datetime import timedelta

from services.measuring import Figures, Selection, measure
from tests.metrics.conftest import Kept
from tests.tickets.world import FIRST, HOURS
from tickets.metrics import WINDOW, Arrival, Kind, Metric, repeated


def named(figures: Figures, code: str) -> Metric:
    return next(metric for metric in figures.metrics if metric.code == code)


async def test_township__parts_of_the_county_add_up(kept: Kept) -> None:
    parts = [await kept.measured(township=township) for township in ("T1", "T2")]
    for whole in kept.figures.metrics:
        added = [named(part, whole.code) for part in parts]
        assert sorted(whole.base) == sorted(number for part in added for number in part.base)
        if whole.kind is not Kind.MINUTES:
            assert whole.numerator == sum(part.numerator or 0 for part in added)


async def test_unit__keeps_in_its_figures_what_climbed_away(kept: Kept) -> None:
    figures = await kept.measured(unit="group:1")
    climbed = [facts for facts in figures.facts if facts.owner != "group:1"]
    assert climbed and any(facts.escalations for facts in climbed)


async def test_repeats__are_compared_with_what_came_before_the_period(kept: Kept) -> None:
    now, middle = kept.world.now, FIRST + (kept.world.now - FIRST) / 2
    async with kept.opened() as store:
        late = await measure(store.histories, Selection(middle, now), HOURS, now)
    arrivals = [
        Arrival(each.number, each.reporter, each.matter, each.village, each.created_at)
        for each in kept.world.tickets.values()
    ]
    within = repeated(each for each in arrivals if each.received_at >= middle)
    found = {facts.number for facts in late.facts if facts.repeat}
    expected = {facts.number for facts in kept.figures.facts if facts.repeat}
    assert found == expected & {facts.number for facts in late.facts}
    assert found - within  # some are seen only because the time before it was looked at
    assert now - FIRST < 2 * WINDOW


async def test_repeats__are_some_across_the_codes_of_one_matter(kept: Kept) -> None:
    now = kept.world.now

    def one(matter: str | None) -> str | None:
        return matter and "one"

    async with kept.opened() as store:
        everything = Selection(FIRST - timedelta(days=1), now)
        figures = await measure(store.histories, everything, HOURS, now, current=one)
    arrivals = [
        Arrival(each.number, each.reporter, one(each.matter), each.village, each.created_at)
        for each in kept.world.tickets.values()
    ]
    found = {facts.number for facts in figures.facts if facts.repeat}
    before = {facts.number for facts in kept.figures.facts if facts.repeat}
    assert before < found and repeated(arrivals) <= found


async def test_progress__is_told_of_every_ticket(kept: Kept) -> None:
    done: list[int] = []
    everything = Selection(FIRST - timedelta(days=1), kept.world.now)
    async with kept.opened() as store:
        await measure(store.histories, everything, HOURS, kept.world.now, done.append)
    assert sum(done) == len(kept.world.tickets)
