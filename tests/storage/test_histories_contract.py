"""Histories of many tickets: which ones, in which order, and never a sealed one."""

from __future__ import annotations

from datetime import timedelta

import pytest

from services.measuring import Selection
from tests.storage.stores import Store
from tests.storage.values import NEIGHBOUR, NOW, RESIDENT, add, event, ticket
from tickets.events import EventName
from tickets.metrics import Arrival

DAY = timedelta(days=1)
PERIOD = Selection(NOW, NOW + DAY)


async def numbers(store: Store, selection: Selection, size: int = 9) -> list[str]:
    """The numbers of the selected histories, page by page."""
    pages = [page async for page in store.histories.pages(selection, size)]
    assert all(0 < len(page) <= size for page in pages)
    found = [history.number for page in pages for history in page]
    assert await store.histories.count(selection) == len(found)
    return found


async def test_pages__of_the_period_which_ends_before_its_end(store: Store) -> None:
    await add(
        store,
        ticket("A", created_at=NOW - timedelta(microseconds=1)),
        ticket("B", created_at=NOW),
        ticket("C", created_at=NOW + DAY - timedelta(microseconds=1)),
        ticket("D", created_at=NOW + DAY),
    )
    assert await numbers(store, PERIOD) == ["B", "C"]


@pytest.mark.parametrize("size", [1, 2, 3, 4])
async def test_pages__none_is_lost_or_doubled_at_their_edges(store: Store, size: int) -> None:
    await add(store, *(ticket(number) for number in "BDAC"))
    assert await numbers(store, PERIOD, size) == list("ABCD")


async def test_pages__hold_each_history_whole_and_in_order(store: Store) -> None:
    await add(store, ticket("A"), ticket("B"))
    async with store.units_of_work() as work:
        await work.append_events("A", [event(EventName.NUDGED), event(EventName.EDITED)])
        await work.append_events("B", [event(EventName.NUDGED)])
        expected = [await work.events(number) for number in "AB"]
        await work.commit()
    (page,) = [page async for page in store.histories.pages(PERIOD, 9)]
    assert [list(history.events) for history in page] == expected


async def test_pages__of_a_township_and_of_a_group(store: Store) -> None:
    await add(
        store,
        ticket("A"),
        ticket("B", township="T2"),
        ticket("C", township=None, group=None),
        ticket("D", group="livelihood"),
    )
    assert await numbers(store, Selection(NOW, NOW + DAY, township="T1")) == ["A", "D"]
    assert await numbers(store, Selection(NOW, NOW + DAY, group="infrastructure")) == ["A", "B"]
    both = Selection(NOW, NOW + DAY, township="T1", group="livelihood")
    assert await numbers(store, both) == ["D"]


async def test_pages__of_a_unit_also_what_climbed_away_from_it(store: Store) -> None:
    await add(store, *(ticket(number, owner="U9") for number in "ABCDE"), ticket("F", owner="U1"))
    async with store.units_of_work() as work:
        climbed = event(EventName.ESCALATED, unit="U1", clock="sign")
        told = event(EventName.ESCALATED, unit="U1", clock="close")
        await work.append_events("B", [event(EventName.DISPATCHED, unit="U1")])
        await work.append_events("C", [climbed])
        await work.append_events("D", [told])  # only told that somebody below is late
        await work.append_events("E", [event(EventName.UNIT_ADDED, unit="U1")])  # helps only
        await work.commit()
    assert await numbers(store, Selection(NOW, NOW + DAY, unit="U1")) == ["B", "C", "F"]


async def test_sealed__is_neither_counted_nor_listed_nor_compared(store: Store) -> None:
    await add(
        store,
        ticket("A"),
        ticket("B", group="discipline"),
        ticket("C", group=None),
        ticket("D", owner="discipline"),
    )
    assert await numbers(store, PERIOD) == ["A", "C"]
    assert await numbers(store, Selection(NOW, NOW + DAY, group="discipline")) == []
    arrivals = await store.histories.arrivals(NOW, NOW + DAY)
    assert sorted(each.number for each in arrivals) == ["A", "C"]


async def test_arrivals__what_two_tickets_are_compared_by(store: Store) -> None:
    await add(
        store,
        ticket("A", matter=None, village=None),
        ticket("B", reporter=NEIGHBOUR.key, created_at=NOW + DAY - timedelta(seconds=1)),
        ticket("C", created_at=NOW + DAY),
    )
    found = await store.histories.arrivals(NOW, NOW + DAY)
    assert sorted(found, key=lambda each: each.number) == [
        Arrival("A", RESIDENT.key, None, None, NOW),
        Arrival("B", NEIGHBOUR.key, "street_light", "V1", NOW + DAY - timedelta(seconds=1)),
    ]
