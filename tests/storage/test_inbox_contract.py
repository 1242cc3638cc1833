"""The durable inbox: once, in order, never lost."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from tests.storage.stores import Store
from tests.storage.values import LATER, NEIGHBOUR, NOW, RESIDENT, inbound


async def test_record__the_second_delivery_is_known(store: Store) -> None:
    first = await store.inbox.record(inbound("7"), NOW)
    second = await store.inbox.record(inbound("7"), LATER)
    assert (first.is_new, second.is_new) == (True, False)
    assert first.inbox_id == second.inbox_id


async def test_record__twenty_deliveries_at_once_make_one_row(store: Store, rival: Store) -> None:
    both = [store, rival] * 10
    receipts = await asyncio.gather(*(each.inbox.record(inbound("7"), NOW) for each in both))
    assert sum(receipt.is_new for receipt in receipts) == 1
    assert len({receipt.inbox_id for receipt in receipts}) == 1


async def test_record__the_same_update_id_of_another_channel_or_bot_is_another_message(
    store: Store,
) -> None:
    chats = ["web:residents:1", "telegram:residents:1", "telegram:cadres:1"]
    addresses = [type(RESIDENT).from_key(chat) for chat in chats]
    receipts = [await store.inbox.record(inbound("7", address), NOW) for address in addresses]
    assert all(receipt.is_new for receipt in receipts)


async def test_next_of__oldest_first_and_nobody_elses(store: Store) -> None:
    await store.inbox.record(inbound("1", NEIGHBOUR), NOW)
    await store.inbox.record(inbound("2", text="先"), NOW)
    await store.inbox.record(inbound("3", text="后"), NOW)
    item = await store.inbox.next_of(RESIDENT.key, NOW)
    assert item is not None and item.inbound.text == "先"


async def test_next_of__nothing_when_all_is_settled(store: Store) -> None:
    receipt = await store.inbox.record(inbound(), NOW)
    async with store.units_of_work() as work:
        assert await work.settle(receipt.inbox_id)
        await work.commit()
    assert await store.inbox.next_of(RESIDENT.key, NOW) is None


async def test_failed__is_tried_again_not_before_its_time(store: Store) -> None:
    receipt = await store.inbox.record(inbound(), NOW)
    await store.inbox.failed(receipt.inbox_id, "Timeout", LATER)
    assert await store.inbox.next_of(RESIDENT.key, LATER - timedelta(seconds=1)) is None
    item = await store.inbox.next_of(RESIDENT.key, LATER)
    assert item is not None and item.attempts == 1


async def test_failed__without_a_time_it_is_set_aside(store: Store) -> None:
    receipt = await store.inbox.record(inbound(), NOW)
    await store.inbox.failed(receipt.inbox_id, "broken " * 200, None)
    assert await store.inbox.next_of(RESIDENT.key, NOW + timedelta(days=9)) is None
    async with store.units_of_work() as work:
        assert await work.inbox_item(receipt.inbox_id) is not None
        assert not await work.settle(receipt.inbox_id)


async def test_failed__a_settled_message_stays_settled(store: Store) -> None:
    receipt = await store.inbox.record(inbound(), NOW)
    async with store.units_of_work() as work:
        await work.settle(receipt.inbox_id)
        await work.commit()
    await store.inbox.failed(receipt.inbox_id, "late", NOW)
    assert await store.inbox.next_of(RESIDENT.key, LATER) is None


async def test_left_over__each_conversation_once_the_longest_waiting_first(store: Store) -> None:
    for number, address in enumerate([NEIGHBOUR, RESIDENT, NEIGHBOUR]):
        await store.inbox.record(inbound(str(number), address), NOW)
    assert await store.inbox.left_over(NOW, 10) == [NEIGHBOUR.key, RESIDENT.key]
    assert await store.inbox.left_over(NOW, 1) == [NEIGHBOUR.key]


async def test_left_over__leaves_out_what_must_wait(store: Store) -> None:
    receipt = await store.inbox.record(inbound(), NOW)
    await store.inbox.failed(receipt.inbox_id, "Timeout", LATER)
    assert await store.inbox.left_over(NOW, 10) == []
    assert await store.inbox.left_over(LATER, 10) == [RESIDENT.key]


async def test_stuck__counts_what_was_set_aside(store: Store) -> None:
    receipt = await store.inbox.record(inbound(), NOW)
    assert await store.inbox.stuck() == 0
    await store.inbox.failed(receipt.inbox_id, "broken", None)
    assert await store.inbox.stuck() == 1
