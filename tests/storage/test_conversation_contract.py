"""What is remembered of a chat: state, open questions, what a message was about."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from services.conversation import Conversation
from services.messages import Address, Outbound
from services.ports import SentRef
from tests.storage.stores import Store
from tests.storage.values import LATER, NEIGHBOUR, NOW, RESIDENT, WEB, inbound, question

SECOND = timedelta(seconds=1)


async def test_conversation__the_last_word_counts(store: Store) -> None:
    async with store.units_of_work() as work:
        await work.save_conversation(Conversation(RESIDENT, grid="G1"))
        await work.save_conversation(Conversation(RESIDENT, reachable=False, grid="G2"))
        await work.commit()
    async with store.units_of_work() as work:
        assert await work.conversation(RESIDENT) == Conversation(RESIDENT, False, "G2")


async def test_set_reachable__keeps_the_grid(store: Store) -> None:
    async with store.units_of_work() as work:
        await work.save_conversation(Conversation(RESIDENT, grid="G1"))
        await work.set_reachable(RESIDENT, False)
        await work.set_reachable(NEIGHBOUR, False)
        assert await work.conversation(RESIDENT) == Conversation(RESIDENT, False, "G1")
        assert await work.conversation(NEIGHBOUR) == Conversation(NEIGHBOUR, False)


async def test_open_questions__oldest_first_without_the_answered(store: Store) -> None:
    async with store.units_of_work() as work:
        await work.ask(question("b", asked_at=NOW + SECOND))
        await work.ask(question("c"))
        await work.ask(question("a", asked_at=NOW + 2 * SECOND))
        await work.ask(question("other", conversation=NEIGHBOUR.key))
        await work.close_question("c", NOW)
        assert [each.id for each in await work.open_questions(RESIDENT.key)] == ["b", "a"]


async def test_close_question__once_only(store: Store) -> None:
    async with store.units_of_work() as work:
        await work.ask(question("a"))
        closed = [await work.close_question("a", NOW) for _ in range(2)]
        assert closed == [True, False]
        assert not await work.close_question("unknown", NOW)
        answered = await work.question("a")
        assert answered == question("a", answered_at=NOW)


async def test_close_question__of_two_presses_at_once_one_counts(
    store: Store, rival: Store
) -> None:
    async with store.units_of_work() as work:
        await work.ask(question("a"))
        await work.commit()

    async def press(of: Store) -> bool:
        async with of.units_of_work() as work:
            closed = await work.close_question("a", NOW)
            await asyncio.sleep(0.01)
            await work.commit()
            return closed

    assert sorted(await asyncio.gather(press(store), press(rival))) == [False, True]


async def test_lapsed_questions__only_unanswered_ones_whose_time_is_over(store: Store) -> None:
    async with store.units_of_work() as work:
        await work.ask(question("late", due_at=NOW))
        await work.ask(question("later", due_at=NOW - SECOND))
        await work.ask(question("answered", due_at=NOW))
        await work.close_question("answered", NOW)
        await work.ask(question("open", due_at=NOW + SECOND))
        assert [each.id for each in await work.lapsed_questions(NOW, 9)] == ["later", "late"]
        assert [each.id for each in await work.lapsed_questions(NOW, 1)] == ["later"]


async def _deliver(store: Store, address: Address, message_id: str, ticket: str) -> None:
    async with store.units_of_work() as work:
        await work.send(address, Outbound("卡", ticket=ticket, purpose="card"), NOW)
        await work.commit()
    (item,) = await store.outbox.lease(LATER, 30, 1)
    await store.outbox.delivered(item.id, message_id, NOW)


async def test_ticket_of_sent__our_message(store: Store) -> None:
    await _deliver(store, RESIDENT, "m1", "A")
    async with store.units_of_work() as work:
        assert await work.ticket_of_sent(RESIDENT, "m1") == SentRef("A", "card")
        assert await work.ticket_of_sent(NEIGHBOUR, "m1") is None
        assert await work.ticket_of_sent(RESIDENT, "m2") is None


async def test_ticket_of_sent__an_edited_card_is_about_its_newest_form(store: Store) -> None:
    await _deliver(store, RESIDENT, "m1", "A")
    await _deliver(store, RESIDENT, "m1", "B")
    async with store.units_of_work() as work:
        assert await work.ticket_of_sent(RESIDENT, "m1") == SentRef("B", "card")


async def test_ticket_of_sent__the_persons_own_message(store: Store) -> None:
    receipt = await store.inbox.record(inbound("5", message_id="m5"), NOW)
    await store.inbox.record(inbound("6", message_id="m6"), NOW)
    async with store.units_of_work() as work:
        await work.bind_inbox(receipt.inbox_id, "A")
        assert await work.ticket_of_sent(RESIDENT, "m5") == SentRef("A", "say")
        assert await work.ticket_of_sent(RESIDENT, "m6") is None


async def test_ticket_of_sent__web_lines_of_both_sides(store: Store) -> None:
    receipt = await store.inbox.record(inbound("5", WEB, message_id=None), NOW)
    async with store.units_of_work() as work:
        await work.bind_inbox(receipt.inbox_id, "A")
        await work.send(WEB, Outbound("卡", ticket="B", purpose="card"), NOW)
        await work.commit()
    (line,) = await store.mailbox.since(WEB, 0, 9)
    async with store.units_of_work() as work:
        assert await work.ticket_of_sent(WEB, f"i{receipt.inbox_id}") == SentRef("A", "say")
        assert await work.ticket_of_sent(WEB, f"o{line.id}") == SentRef("B", "card")
        assert await work.ticket_of_sent(Address("web", WEB.bot, "else"), f"o{line.id}") is None


@pytest.mark.parametrize("forged", ["o" + "9" * 30, "i" + "9" * 30, "o²", "o١", "o", "", "o-1"])
async def test_ticket_of_sent__forged_web_ids_lead_nowhere(store: Store, forged: str) -> None:
    async with store.units_of_work() as work:
        assert await work.ticket_of_sent(WEB, forged) is None
