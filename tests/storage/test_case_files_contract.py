"""What the console reads of tickets, on every store."""

from __future__ import annotations

from dataclasses import replace

from services.ports import PredictionRecord
from tests.storage.stores import Store
from tests.storage.values import LATER, NOW, UNDERSTANDING, add, ticket
from tickets.states import State


async def test_pending__only_what_waits_there_urgent_ones_first(store: Store) -> None:
    wait = {"state": State.PENDING_INTAKE, "owner": "U1"}
    await add(
        store,
        ticket("A", **wait),
        ticket("B", **wait, created_at=LATER),
        ticket("C", **wait, created_at=LATER, urgent=True),
        ticket("D", **(wait | {"owner": "U2"})),
        ticket("E", state=State.DISPATCHED, owner="U1"),
    )
    found = await store.case_files.pending_intake(["U1"], limit=9)
    assert [each.number for each in found] == ["C", "A", "B"]
    assert len(await store.case_files.pending_intake(["U1"], limit=2)) == 2


async def test_predictions__all_of_a_ticket_oldest_first(store: Store) -> None:
    await add(store, ticket("A"), ticket("B"))
    reading = PredictionRecord(1, "A", UNDERSTANDING, (("place", "高壁村"),), NOW)
    again = replace(reading, understanding=replace(UNDERSTANDING, model="m2"), at=LATER)
    async with store.units_of_work() as work:
        for each in (reading, replace(reading, ticket="B"), again):
            await work.add_prediction(each)
        await work.commit()
    assert await store.case_files.predictions_of("A") == [reading, again]


async def test_words__find_the_newest_and_are_no_pattern(store: Store) -> None:
    texts = {"A": "路灯坏了", "B": "100%的路灯都坏了", "C": "停水 WiFi"}
    await add(store, *(ticket(number, text=text) for number, text in texts.items()))

    async def found(words: str) -> list[str]:
        return [each.number for each in await store.case_files.with_words(words, limit=9)]

    assert await found("路灯") == ["B", "A"]
    assert await found("0%") == ["B"]
    assert await found("%") == ["B"]
    assert await found("wifi") == ["C"]
