"""One transaction: all or nothing, once, and in step with others."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date

import pytest

from services.conversation import Conversation
from services.errors import Conflict
from services.messages import Outbound
from tests.storage.stores import Store
from tests.storage.values import NOW, RESIDENT, WEB, add, event, inbound, question, ticket
from tickets.ticket import Ticket

DAY = date(2026, 11, 23)


async def _process_slowly(store: Store, inbox_id: int, number: str) -> bool:
    async with store.units_of_work() as work:
        if not await work.settle(inbox_id):
            return False
        await asyncio.sleep(0.01)
        await work.add_ticket(ticket(number), [event()])
        await work.commit()
        return True


async def test_settle__of_two_processors_one_wins(store: Store, rival: Store) -> None:
    receipt = await store.inbox.record(inbound(), NOW)
    won = await asyncio.gather(
        _process_slowly(store, receipt.inbox_id, "A"), _process_slowly(rival, receipt.inbox_id, "B")
    )
    assert sorted(won) == [False, True]
    async with store.units_of_work() as work:
        assert len(await work.tickets_of(RESIDENT.key, limit=9)) == 1


async def test_settle__rolled_back_it_may_be_claimed_again(store: Store) -> None:
    receipt = await store.inbox.record(inbound(), NOW)
    async with store.units_of_work() as work:
        await work.settle(receipt.inbox_id)
    assert await _process_slowly(store, receipt.inbox_id, "A")


async def test_leaving_without_commit__leaves_nothing(store: Store) -> None:
    async with store.units_of_work() as work:
        await work.add_ticket(ticket(), [event()])
        await work.ask(question())
        await work.save_conversation(Conversation(RESIDENT, grid="G1"))
        await work.send(RESIDENT, Outbound("收到"), NOW)
    async with store.units_of_work() as work:
        assert await work.ticket(ticket().number) is None
        assert await work.question("q1") is None
        assert await work.conversation(RESIDENT) == Conversation(RESIDENT)
    assert await store.outbox.lease(NOW, 30, 10) == []


async def test_an_error_inside__leaves_nothing(store: Store) -> None:
    async def fail() -> None:
        async with store.units_of_work() as work:
            await work.add_ticket(ticket(), [event()])
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail()
    assert await store.desk.ticket(ticket().number) is None


async def test_readers__see_nothing_before_the_commit(store: Store, rival: Store) -> None:
    async with store.units_of_work() as work:
        await work.add_ticket(ticket(), [event()])
        assert await rival.desk.ticket(ticket().number) is None
        await work.commit()
    assert await rival.desk.ticket(ticket().number) is not None


async def test_commit__wakes_whoever_delivers(store: Store) -> None:
    async with store.units_of_work() as work:
        await work.send(RESIDENT, Outbound("收到"), NOW)
        await work.send(WEB, Outbound("收到"), NOW)
        await work.commit()
    assert await store.wakeups.wait("outbox", 0)
    assert await store.wakeups.wait(WEB.key, 0)


async def test_rollback__wakes_nobody(store: Store) -> None:
    async with store.units_of_work() as work:
        await work.send(RESIDENT, Outbound("收到"), NOW)
    assert not await store.wakeups.wait("outbox", 0)


async def _change(store: Store, read: Ticket, owner: str) -> str:
    async with store.units_of_work() as work:
        try:
            saved = await work.save_ticket(replace(read, owner=owner), [])
            await asyncio.sleep(0.01)
            await work.commit()
        except Conflict:  # at the latest when what waited is sent
            return "conflict"
        return saved.owner


async def test_save_ticket__of_two_writers_with_one_version_one_conflicts(
    store: Store, rival: Store
) -> None:
    await add(store, ticket())
    results = await asyncio.gather(_change(store, ticket(), "U2"), _change(rival, ticket(), "U3"))
    assert sorted(results)[-1] == "conflict" and len(set(results)) == 2
    found = await store.desk.ticket(ticket().number)
    assert found is not None and found[0].version == 1 and found[0].owner in results


async def test_save_ticket__an_unknown_one_is_a_conflict(store: Store) -> None:
    async with store.units_of_work() as work:
        with pytest.raises(Conflict):
            await work.save_ticket(ticket("LD-none"), [])


async def _take(store: Store, *, give_back: bool = False) -> int | None:
    async with store.units_of_work() as work:
        taken = await work.next_sequence(DAY)
        if give_back:
            return None
        await work.commit()
        return taken


async def test_next_sequence__fifty_takers_no_gap_no_double(store: Store, rival: Store) -> None:
    takers = [
        _take(each, give_back=number % 10 == 0) for number, each in enumerate([store, rival] * 25)
    ]
    taken = await asyncio.gather(*takers)
    kept = sorted(number for number in taken if number is not None)
    assert kept == list(range(1, 46))


async def test_next_sequence__every_day_begins_at_one(store: Store) -> None:
    await _take(store)
    async with store.units_of_work() as work:
        assert await work.next_sequence(date(2026, 11, 24)) == 1
        assert await work.next_sequence(DAY) == 2
