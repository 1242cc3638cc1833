"""One-time codes, bindings, and files for the owner."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from services.messages import Address, Attachment, Outbound
from services.ports import CadreChat
from storage.inbox_part import MOST_FETCHES
from tests.storage.stores import Store
from tests.storage.values import CADRE, GROUP, LATER, NOW, RESIDENT, WEB, inbound

COLLEAGUE = Address("telegram", CADRE.bot, "800002")


async def _issue(store: Store) -> None:
    async with store.units_of_work() as work:
        await work.issue_code("c1", "AB12CD", LATER)
        await work.commit()


async def _redeem(store: Store) -> str | None:
    async with store.units_of_work() as work:
        cadre = await work.redeem_code("ab12cd ", NOW)
        await asyncio.sleep(0.01)
        await work.commit()
        return cadre


async def test_code__works_once_when_two_use_it_at_the_same_time(
    store: Store, rival: Store
) -> None:
    await _issue(store)
    redeemed = await asyncio.gather(_redeem(store), _redeem(rival))
    assert sorted(redeemed, key=str) == [None, "c1"]


async def test_code__lapses_and_cannot_be_guessed(store: Store) -> None:
    await _issue(store)
    async with store.units_of_work() as work:
        assert await work.redeem_code("AB12CD", LATER) is None
        assert await work.redeem_code("AB12CE", NOW) is None
        assert await work.redeem_code("AB12CD", LATER - timedelta(seconds=1)) == "c1"


async def test_cadre_of__by_the_person_in_whichever_chat_of_this_bot(store: Store) -> None:
    async with store.units_of_work() as work:
        await work.bind_cadre(CADRE, "8", "c1")
        assert await work.cadre_of(GROUP, "8") == "c1"
        assert await work.cadre_of(GROUP, "9") is None
        assert await work.cadre_of(RESIDENT, "8") is None


async def test_bind_cadre__a_chat_belongs_to_the_last_who_bound_it(store: Store) -> None:
    async with store.units_of_work() as work:
        await work.bind_cadre(CADRE, "8", "c1")
        await work.set_reachable(CADRE, False)
        await work.bind_cadre(CADRE, "8", "c2")
        assert await work.chats_for(["c1"], None) == []
        assert await work.chats_for(["c2"], None) == [CadreChat(CADRE, "c2", None)]


async def test_chats_for__the_cadres_and_the_units_group(store: Store) -> None:
    async with store.units_of_work() as work:
        await work.bind_cadre(CADRE, "8", "c1")
        await work.bind_cadre(COLLEAGUE, "9", "c2")
        await work.bind_group(GROUP, "U1")
        found = await work.chats_for(["c1"], "U1")
        assert {chat.address for chat in found} == {CADRE, GROUP}
        assert await work.chats_for([], "U2") == []


async def test_chats_for__without_a_unit_nobody_else_is_told(store: Store) -> None:
    async with store.units_of_work() as work:
        await work.bind_cadre(CADRE, "8", "c1")
        await work.bind_cadre(COLLEAGUE, "9", "c2")
        assert [chat.cadre for chat in await work.chats_for(["c1"], None)] == ["c1"]
        assert await work.chats_for([], None) == []


async def test_chats_for__leaves_out_who_is_gone_until_back(store: Store) -> None:
    async with store.units_of_work() as work:
        await work.bind_cadre(CADRE, "8", "c1")
        await work.set_reachable(CADRE, False)
        assert await work.chats_for(["c1"], None) == []
        await work.set_reachable(CADRE, True)
        assert len(await work.chats_for(["c1"], None)) == 1


async def test_card_holders__every_chat_once(store: Store) -> None:
    async with store.units_of_work() as work:
        for address in (CADRE, GROUP, CADRE):
            await work.send(address, Outbound("卡", slot="card:A"), NOW)
        await work.send(RESIDENT, Outbound("卡", slot="card:B"), NOW)
        assert set(await work.card_holders("card:A")) == {CADRE, GROUP}
        assert len(await work.card_holders("card:A")) == 2


async def _photo(store: Store, update_id: str, at_minutes: int = 0) -> int:
    received_at = NOW + timedelta(minutes=at_minutes)
    receipt = await store.inbox.record(inbound(update_id), received_at)
    async with store.units_of_work() as work:
        await work.add_attachment(
            RESIDENT, receipt.inbox_id, None, Attachment(f"file{update_id}", "image/jpeg", 9, "a")
        )
        await work.commit()
    return receipt.inbox_id


async def test_files__wait_for_a_ticket_and_are_shown_once(store: Store) -> None:
    first = await _photo(store, "1")
    await _photo(store, "2")
    async with store.units_of_work() as work:
        assert await work.files_to_show(9) == []
        await work.bind_files(first, "A")
        (item,) = await work.files_to_show(9)
        assert (item.address, item.ticket, item.ref, item.mime, item.attempts) == (
            RESIDENT, "A", "file1", "image/jpeg", 0,
        )  # fmt: skip
        await work.file_fetched(item.id, "media:7", "image/webp", 5)
        (fetched,) = await work.files_to_show(9)
        assert (fetched.ref, fetched.mime) == ("media:7", "image/webp")
        await work.file_shown(item.id)
        assert await work.files_to_show(9) == []


async def test_files__in_order_and_not_more_than_asked_for(store: Store) -> None:
    ids = [await _photo(store, str(number)) for number in range(3)]
    async with store.units_of_work() as work:
        for inbox_id in reversed(ids):
            await work.bind_files(inbox_id, "A")
        assert [item.ref for item in await work.files_to_show(2)] == ["file0", "file1"]


async def test_files__are_given_up_after_some_failures(store: Store) -> None:
    inbox_id = await _photo(store, "1")
    async with store.units_of_work() as work:
        await work.bind_files(inbox_id, "A")
        for attempt in range(MOST_FETCHES):
            (item,) = await work.files_to_show(9)
            assert item.attempts == attempt
            await work.file_failed(item.id)
        assert await work.files_to_show(9) == []


async def test_loose_files__only_recent_ones_without_a_ticket(store: Store) -> None:
    for number, minutes in enumerate((-30, -1, 0)):
        await _photo(store, str(number), minutes)
    async with store.units_of_work() as work:
        await work.bind_loose_files(WEB, NOW - timedelta(hours=1), "X")
        await work.bind_loose_files(RESIDENT, NOW - timedelta(minutes=5), "A")
        await work.bind_loose_files(RESIDENT, NOW - timedelta(hours=1), "B")
        found = await work.files_to_show(9)
    assert [(item.ref, item.ticket) for item in found] == [
        ("file0", "B"), ("file1", "A"), ("file2", "A"),
    ]  # fmt: skip
