"""The outbox: in order for each chat, one relay at a time, nothing forgotten."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from services.messages import Address, Button, Outbound
from services.ports import OutboxItem
from tests.storage.stores import Store
from tests.storage.values import CADRE, GROUP, LATER, NEIGHBOUR, NOW, RESIDENT, WEB

SECOND = timedelta(seconds=1)


async def _send(store: Store, address: Address, *texts: str, slot: str | None = None) -> None:
    async with store.units_of_work() as work:
        for text in texts:
            await work.send(address, Outbound(text, slot=slot, ticket="T", purpose="card"), NOW)
        await work.commit()


async def _lease_one(store: Store) -> OutboxItem:
    (item,) = await store.outbox.lease(NOW, 30, 10)
    return item


def _texts(items: list[OutboxItem]) -> list[str]:
    return [item.message.text for item in items]


async def test_lease__the_head_of_each_chat_only(store: Store) -> None:
    await _send(store, RESIDENT, "一", "二")
    await _send(store, NEIGHBOUR, "甲", "乙")
    assert _texts(await store.outbox.lease(NOW, 30, 10)) == ["一", "甲"]
    assert await store.outbox.lease(NOW, 30, 10) == []


async def test_lease__the_next_one_follows_the_delivery(store: Store) -> None:
    await _send(store, RESIDENT, "一", "二", "三")
    order = []
    while items := await store.outbox.lease(NOW, 30, 10):
        order += _texts(items)
        await store.outbox.delivered(items[0].id, "m", NOW)
    assert order == ["一", "二", "三"]


async def test_lease__keeps_to_its_limit(store: Store) -> None:
    await _send(store, RESIDENT, "一")
    await _send(store, NEIGHBOUR, "甲")
    assert _texts(await store.outbox.lease(NOW, 30, 1)) == ["一"]
    assert _texts(await store.outbox.lease(NOW, 30, 1)) == ["甲"]


async def test_lease__expires_when_the_relay_died(store: Store) -> None:
    await _send(store, RESIDENT, "一")
    first = await _lease_one(store)
    assert await store.outbox.lease(NOW + 29 * SECOND, 30, 10) == []
    (again,) = await store.outbox.lease(NOW + 30 * SECOND, 30, 10)
    assert (first.id, first.attempts, again.attempts) == (again.id, 1, 2)


async def test_lease__two_relays_never_get_the_same_row(store: Store, rival: Store) -> None:
    chats = [Address("telegram", RESIDENT.bot, str(number)) for number in range(40)]
    for chat in chats:
        await _send(store, chat, "一")
    leased: list[int] = []

    async def relay(of: Store) -> None:
        misses = 0
        while misses < 3:
            items = await of.outbox.lease(NOW, 30, 3)
            misses = 0 if items else misses + 1
            leased.extend(item.id for item in items)

    await asyncio.gather(*(relay(each) for each in [store, rival, store, rival]))
    assert len(leased) == len(set(leased)) == len(chats)


async def test_lease__not_before_its_time(store: Store) -> None:
    async with store.units_of_work() as work:
        await work.send(RESIDENT, Outbound("明天"), LATER)
        await work.commit()
    assert await store.outbox.lease(LATER - SECOND, 30, 10) == []
    assert _texts(await store.outbox.lease(LATER, 30, 10)) == ["明天"]


async def test_retry__waits_and_holds_back_what_comes_after(store: Store) -> None:
    await _send(store, RESIDENT, "一", "二")
    item = await _lease_one(store)
    await store.outbox.retry(item.id, LATER, "flood")
    assert await store.outbox.lease(LATER - SECOND, 30, 10) == []
    assert _texts(await store.outbox.lease(LATER, 30, 10)) == ["一"]


async def test_retry__a_delivered_message_stays_delivered(store: Store) -> None:
    await _send(store, RESIDENT, "一")
    item = await _lease_one(store)
    await store.outbox.delivered(item.id, "m1", NOW)
    await store.outbox.retry(item.id, NOW, "late")
    assert await store.outbox.lease(LATER, 30, 10) == []


async def test_card__the_newer_one_replaces_the_earlier_message(store: Store) -> None:
    await _send(store, RESIDENT, "待签收", "已签收", slot="card:T")
    first = await _lease_one(store)
    assert first.replaces is None
    await store.outbox.delivered(first.id, "m1", NOW)
    assert (await _lease_one(store)).replaces == "m1"


async def test_card__that_is_out_of_reach_is_not_edited(store: Store) -> None:
    await _send(store, RESIDENT, "旧", "新", slot="card:T")
    first = await _lease_one(store)
    await store.outbox.delivered(first.id, "m1", NOW)
    await store.outbox.undeliverable(first.id, "deleted by hand")
    assert (await _lease_one(store)).replaces is None


async def test_card__of_another_chat_or_slot_is_left_alone(store: Store) -> None:
    await _send(store, RESIDENT, "卡", slot="card:T")
    await store.outbox.delivered((await _lease_one(store)).id, "m1", NOW)
    await _send(store, NEIGHBOUR, "卡", slot="card:T")
    await _send(store, RESIDENT, "卡", slot="card:other")
    items = await store.outbox.lease(NOW, 30, 10)
    assert [item.replaces for item in items] == [None, None]


async def test_undeliverable__lets_the_next_one_go(store: Store) -> None:
    await _send(store, RESIDENT, "坏", "好")
    await store.outbox.undeliverable((await _lease_one(store)).id, "bad message")
    assert _texts(await store.outbox.lease(NOW, 30, 10)) == ["好"]


async def test_chat_gone__nothing_more_is_sent_and_it_is_unreachable(store: Store) -> None:
    async with store.units_of_work() as work:
        await work.bind_cadre(CADRE, "8", "c1")
        await work.commit()
    await _send(store, CADRE, "一", "二")
    await store.outbox.chat_gone(CADRE, "blocked")
    assert await store.outbox.lease(LATER, 30, 10) == []
    async with store.units_of_work() as work:
        assert await work.chats_for(["c1"], None) == []
        assert not (await work.conversation(CADRE)).reachable


async def test_chat_gone__what_is_written_later_is_not_tried_until_they_are_back(
    store: Store,
) -> None:
    await store.outbox.chat_gone(RESIDENT, "blocked")
    await _send(store, RESIDENT, "一", "二")
    await _send(store, NEIGHBOUR, "甲")
    assert _texts(await store.outbox.lease(NOW, 30, 10)) == ["甲"]
    assert await store.outbox.stuck() == 2
    async with store.units_of_work() as work:
        await work.set_reachable(RESIDENT, True)
        await work.commit()
    await _send(store, RESIDENT, "三")
    assert _texts(await store.outbox.lease(NOW, 30, 10)) == ["三"]


async def test_delivered__several_at_once_are_all_marked(store: Store) -> None:
    chats = [RESIDENT, NEIGHBOUR, CADRE, GROUP]
    for chat in chats:
        await _send(store, chat, "一", "二")
    items = await store.outbox.lease(NOW, 30, 10)
    await asyncio.gather(*(store.outbox.delivered(item.id, "m", NOW) for item in items))
    assert _texts(await store.outbox.lease(NOW, 30, 10)) == ["二"] * len(chats)


async def test_chat_moved__bindings_and_waiting_messages_follow(store: Store) -> None:
    new = Address("telegram", GROUP.bot, "-100900001")
    async with store.units_of_work() as work:
        await work.bind_group(GROUP, "U1")
        await work.commit()
    await _send(store, GROUP, "一", "二")
    await store.outbox.lease(NOW, 30, 10)
    await store.outbox.chat_moved(GROUP, new)
    items = await store.outbox.lease(NOW, 30, 10)
    assert [(item.address, item.message.text) for item in items] == [(new, "一")]
    async with store.units_of_work() as work:
        assert [chat.address for chat in await work.chats_for([], "U1")] == [new]


async def test_chat_moved__to_a_chat_that_is_bound_already(store: Store) -> None:
    new = Address("telegram", GROUP.bot, "-100900001")
    async with store.units_of_work() as work:
        await work.bind_group(GROUP, "U1")
        await work.bind_group(new, "U1")
        await work.move_chat(GROUP, new)
        assert [chat.address for chat in await work.chats_for([], "U1")] == [new]


async def test_web__the_row_is_the_delivery(store: Store) -> None:
    await _send(store, WEB, "一")
    assert await store.outbox.lease(LATER, 30, 10) == []
    (line,) = await store.mailbox.since(WEB, 0, 10)
    assert line.message.text == "一" and not line.mine


async def test_lease__gives_back_the_whole_message(store: Store) -> None:
    message = Outbound(
        "给您看👀\n“两”行", ((Button("签收", "s:1"),), (Button("退单", "r:1"),)), "slot", "m0",
        "media:1", "T", "question",
    )  # fmt: skip
    async with store.units_of_work() as work:
        await work.send(RESIDENT, message, NOW)
        await work.commit()
    assert (await _lease_one(store)).message == message
