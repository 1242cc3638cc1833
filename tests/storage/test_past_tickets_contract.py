"""Past tickets are read page by page, each with its newest prediction and its course."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from services.past_tickets import COURSE, Record
from services.ports import PredictionRecord
from tests.storage.stores import Store
from tests.storage.values import NOW, UNDERSTANDING, event, ticket
from tickets.events import EventName

HOUR = timedelta(hours=1)
SINCE, UNTIL = NOW - HOUR, NOW + HOUR


async def every(store: Store, size: int = 10) -> list[list[Record]]:
    return [page async for page in store.past_tickets.pages(SINCE, UNTIL, size)]


async def put(store: Store, number: str, *events: EventName, **changes: object) -> None:
    async with store.units_of_work() as work:
        named = events or (EventName.RECEIVED,)
        await work.add_ticket(
            ticket(number, **changes), [event(name, text="话", unit="U1") for name in named]
        )
        await work.commit()


@pytest.mark.parametrize(("made", "size"), [(5, 2), (4, 2), (3, 10), (1, 1), (0, 2)])
async def test_pages__every_ticket_once_in_the_order_of_numbers(
    store: Store, made: int, size: int
) -> None:
    numbers = [f"LD-{at}" for at in range(made)]
    for number in reversed(numbers):
        await put(store, number)
    pages = await every(store, size)
    assert [each.ticket.number for page in pages for each in page] == numbers
    assert all(0 < len(page) <= size for page in pages)
    assert await store.past_tickets.count(SINCE, UNTIL) == made


async def test_pages__only_what_was_made_in_the_time_both_ends_included(store: Store) -> None:
    second = timedelta(seconds=1)
    for number, at in {"A": SINCE, "B": SINCE - second, "C": UNTIL, "D": UNTIL + second}.items():
        await put(store, number, created_at=at)
    [page] = await every(store)
    assert [each.ticket.number for each in page] == ["A", "C"]
    assert await store.past_tickets.count(SINCE, UNTIL) == 2


async def test_record__events_of_the_course_in_their_order_without_words(store: Store) -> None:
    await put(store, "B", EventName.RECEIVED)
    await put(store, "A", EventName.RECEIVED, EventName.NUDGED, EventName.SIGNED)
    [[first, second]] = await every(store)
    assert [each.name for each in first.events] == [EventName.RECEIVED, EventName.SIGNED]
    assert EventName.NUDGED not in COURSE
    assert [each.name for each in second.events] == [EventName.RECEIVED]
    assert {each.text for each in first.events} == {""}
    assert {(each.unit, each.at, each.actor) for each in first.events} == {("U1", NOW, "system")}


async def test_record__the_ticket_without_anybodys_words(store: Store) -> None:
    await put(store, "A", text="路灯坏了", answer="修好了")
    [[record]] = await every(store)
    assert record.ticket == ticket("A", text="", answer="")


async def test_record__the_newest_prediction_of_that_ticket(store: Store) -> None:
    await put(store, "A")
    await put(store, "B")
    records = [
        PredictionRecord(at, number, replace(UNDERSTANDING, model=model), (("R1", "“路灯”"),), NOW)
        for at, (number, model) in enumerate([("A", "m1"), ("A", "m2"), (None, "m3")], 1)
    ]
    async with store.units_of_work() as work:
        for each in records:
            await work.add_prediction(each)
        await work.commit()
    [[first, second]] = await every(store)
    assert first.prediction == records[1]
    assert second.prediction is None
