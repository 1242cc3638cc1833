"""Tickets, their history, deadlines and predictions."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from services.ports import PredictionRecord, UnitOfWork
from services.understanding import Part
from tests.storage.stores import Store
from tests.storage.values import (
    LATER,
    NEIGHBOUR,
    NOW,
    RESIDENT,
    UNDERSTANDING,
    add,
    due,
    event,
    inbound,
    ticket,
)
from tickets.clocks import Clock, ClockKind
from tickets.events import EventName
from tickets.history import rebuilt
from tickets.states import State
from tickets.ticket import Ticket

HOUR = timedelta(hours=1)


def prediction(inbox_id: int, number: str | None, model: str = "m1") -> PredictionRecord:
    understanding = replace(UNDERSTANDING, model=model)
    return PredictionRecord(
        inbox_id, number, understanding, (("R1", "“路灯”"), ("R2", "三组")), NOW
    )


async def test_events__are_appended_in_order(store: Store) -> None:
    await add(store, ticket("A"), ticket("B"))
    async with store.units_of_work() as work:
        # The same moment for all: only the order of writing tells them apart.
        await work.append_events("A", [event(EventName.NUDGED), event(EventName.EDITED)])
        await work.save_ticket(ticket("A"), [event(EventName.SIGNED)])
        await work.commit()
    found = await store.desk.ticket("A")
    assert found is not None
    names = [each.name for each in found[1]]
    assert names == [EventName.RECEIVED, EventName.NUDGED, EventName.EDITED, EventName.SIGNED]


async def test_append_events__of_nothing_writes_nothing(store: Store) -> None:
    await add(store, ticket())
    async with store.units_of_work() as work:
        await work.append_events(ticket().number, [])
        assert len(await work.events(ticket().number)) == 1


async def test_tickets_of__newest_first_and_nobody_elses(store: Store) -> None:
    await add(
        store,
        ticket("A", created_at=NOW),
        ticket("B", created_at=NOW + HOUR),
        ticket("C", created_at=NOW + HOUR),
        ticket("D", reporter=NEIGHBOUR.key),
    )
    async with store.units_of_work() as work:
        assert [each.number for each in await work.tickets_of(RESIDENT.key, limit=9)] == list("CBA")
        assert [each.number for each in await work.tickets_of(RESIDENT.key, limit=1)] == ["C"]


async def test_open_at__emergencies_first_then_by_deadline(store: Store) -> None:
    await add(
        store,
        ticket("A", due_at=NOW + 2 * HOUR),
        ticket("B", due_at=NOW + HOUR),
        ticket("C", due_at=NOW + 3 * HOUR, urgent=True),
        ticket("D", due_at=None, state=State.CLOSED),
        ticket("E", owner="U9"),
        ticket("F", owner="U2", due_at=NOW),
    )
    async with store.units_of_work() as work:
        assert [each.number for each in await work.open_at(["U1", "U2"], limit=9)] == list("CFBA")
        assert [each.number for each in await work.open_at(["U1"], limit=1)] == ["C"]
        assert await work.open_at([], limit=9) == []
    assert [each.number for each in await store.desk.tickets_at(["U1"], limit=9)] == list("CBA")


async def test_due_clocks__the_oldest_first(store: Store) -> None:
    await add(
        store,
        ticket("A", due_at=NOW),
        ticket("B", due_at=NOW - HOUR),
        ticket("C", due_at=NOW + HOUR),
        ticket("D", due_at=None, state=State.CLOSED),
    )
    async with store.units_of_work() as work:
        assert [each.ticket.number for each in await work.due_clocks(NOW, 9)] == ["B", "A"]
        (first,) = await work.due_clocks(NOW, 1)
        assert (first.ticket.number, first.kind, first.of) == ("B", ClockKind.SIGN, "")


async def test_due_clocks__two_sweeps_climb_each_ticket_once(store: Store, rival: Store) -> None:
    await add(store, *(ticket(f"T{number}", due_at=NOW) for number in range(20)))
    climbed: list[str] = []

    async def sweep(of: Store) -> None:
        misses = 0
        while misses < 3:
            async with of.units_of_work() as work:
                found = await work.due_clocks(NOW, 3)
                for each in found:
                    await work.save_ticket(due(each.ticket, LATER), [])
                await work.commit()
            misses = 0 if found else misses + 1
            climbed.extend(each.ticket.number for each in found)

    await asyncio.gather(sweep(store), sweep(rival))
    assert sorted(climbed) == sorted(f"T{number}" for number in range(20))


async def test_deadlines__are_written_once_and_ended_once(store: Store) -> None:
    await add(store, ticket("A", due_at=NOW))
    async with store.units_of_work() as work:
        read = await work.ticket("A")
        assert read is not None
        later = due(read, LATER)
        await work.save_ticket(later, [event(EventName.ESCALATED)])
        assert await work.deadlines_of("A") == [
            ("sign", "received", "escalated"),
            ("sign", "escalated", ""),
        ]
        assert await work.standing_clocks("A") == later.clocks
        assert await work.due_clocks(NOW, 9) == []


async def test_look_again__neither_sooner_nor_later(store: Store) -> None:
    await add(store, ticket("A", due_at=NOW))
    async with store.units_of_work() as work:
        (found,) = await work.due_clocks(NOW, 9)
        await work.look_again(found.id, LATER)
        assert await work.due_clocks(NOW, 9) == []
        await work.look_again(found.id, None)
        assert len(await work.due_clocks(NOW, 9)) == 1


async def test_wake_for__tickets_whose_person_is_gone(store: Store) -> None:
    await add(
        store,
        ticket("A", person="c1"),
        ticket("B", person="gone"),
        ticket("C", person=None),
        ticket("D", person="gone", state=State.CLOSED, due_at=None),
    )
    async with store.units_of_work() as work:
        assert await work.wake_for(NOW, ["c1", "c2"]) == 2
        woken = await work.due_clocks(NOW, 9)
        assert [each.ticket.number for each in woken] == ["B", "C"]
        assert all(each.ticket.due_at == LATER for each in woken)
        assert await work.wake_for(NOW, ["c1", "c2"]) == 0


async def test_helping_at__units_with_an_open_part(store: Store) -> None:
    parts = (
        Clock(ClockKind.CLOSE, LATER, NOW),
        Clock(ClockKind.SUBTASK, LATER, NOW, "U7"),
    )
    await add(store, ticket("A", state=State.HANDLING, clocks=parts), ticket("B"))
    async with store.units_of_work() as work:
        assert [each.number for each in await work.helping_at(["U7"], limit=9)] == ["A"]
        assert await work.helping_at(["U1"], limit=9) == []


async def test_merged_into__in_order(store: Store) -> None:
    merged = {"state": State.MERGED, "due_at": None, "main": "A"}
    await add(store, ticket("A"), ticket("C", **merged), ticket("B", **merged))
    async with store.units_of_work() as work:
        assert [each.number for each in await work.merged_into("A")] == ["B", "C"]
        assert await work.merged_into("B") == []


async def test_open_in__the_oldest_first_and_nothing_confidential(store: Store) -> None:
    await add(
        store,
        ticket("A", created_at=NOW + HOUR),
        ticket("B", created_at=NOW),
        ticket("C", confidential=True),
        ticket("D", village="V2"),
        ticket("E", state=State.CLOSED, due_at=None),
    )
    async with store.units_of_work() as work:
        assert [each.number for each in await work.open_in("V1", limit=9)] == ["B", "A"]
        assert [each.number for each in await work.open_in("V1", limit=1)] == ["B"]


async def test_recent__of_one_township_or_of_all_newest_first(store: Store) -> None:
    await add(
        store,
        ticket("A", created_at=NOW),
        ticket("B", created_at=NOW + HOUR, state=State.CLOSED, due_at=None),
        ticket("C", created_at=NOW - HOUR),
        ticket("D", confidential=True),
        ticket("E", township="T2"),
    )
    async with store.units_of_work() as work:
        assert [each.number for each in await work.recent("T1", NOW, limit=9)] == ["B", "A"]
        assert [each.number for each in await work.recent(None, NOW, limit=9)] == ["B", "E", "A"]


async def test_recent__reads_known_ones_again_when_they_have_changed(store: Store) -> None:
    await add(store, ticket("A", created_at=NOW), ticket("B", created_at=NOW + HOUR))
    async with store.units_of_work() as work:
        known = {each.number: each for each in await work.recent("T1", NOW, limit=9)}
        changed = replace(known["A"], answer="好了")
        await work.save_ticket(changed, [])
        await work.commit()
    await add(store, ticket("C", created_at=NOW + 2 * HOUR))
    async with store.units_of_work() as work:
        week = await work.recent("T1", NOW, limit=9, known=known)
    assert [(each.number, each.answer) for each in week] == [("C", ""), ("B", ""), ("A", "好了")]


async def test_savepoint__undoes_only_what_is_inside(store: Store) -> None:
    await add(store, ticket("A"), ticket("B"))
    async with store.units_of_work() as work:
        first, second = await work.ticket("A"), await work.ticket("B")
        assert first is not None and second is not None
        await work.save_ticket(replace(first, owner="U2"), [event(EventName.MOVED)])
        with pytest.raises(RuntimeError):
            await _fail_after(work, replace(second, owner="U2"))
        kept = await work.ticket("B")
        assert kept == second
        await work.save_ticket(replace(kept, owner="U3"), [event(EventName.MOVED)])
        await work.commit()
    async with store.units_of_work() as work:
        owners = [each.owner for n in "AB" if (each := await work.ticket(n)) is not None]
        assert owners == ["U2", "U3"]
        assert len(await work.events("B")) == 2


async def _fail_after(work: UnitOfWork, changed: Ticket) -> None:
    async with work.savepoint():
        await work.save_ticket(changed, [event(EventName.MOVED)])
        raise RuntimeError("one bad row")


async def test_save_ticket__a_change_without_an_event_leaves_one(store: Store) -> None:
    await add(store, ticket("A"))
    async with store.units_of_work() as work:
        read = await work.ticket("A")
        assert read is not None
        await work.save_ticket(replace(read, confidential=True), [])
        history = await work.events("A")
        assert [each.name for each in history] == [EventName.RECEIVED, EventName.AMENDED]
        saved = await work.ticket("A")
        assert saved is not None
        assert replace(rebuilt("A", history), version=saved.version) == saved


async def test_prediction_of__the_newest(store: Store) -> None:
    await add(store, ticket())
    async with store.units_of_work() as work:
        await work.add_prediction(prediction(1, ticket().number, "keywords"))
        await work.add_prediction(prediction(1, ticket().number, "m2"))
        await work.add_prediction(prediction(2, None, "m3"))
        await work.commit()
    assert await store.desk.prediction_of(ticket().number) == prediction(1, ticket().number, "m2")
    assert await store.desk.prediction_of("unknown") is None


async def test_understanding_of__the_last_reading_of_a_message(store: Store) -> None:
    async with store.units_of_work() as work:
        await work.add_prediction(prediction(1, None, "keywords"))
        await work.add_prediction(prediction(1, None, "m2"))
        found = await work.understanding_of(1)
        assert found is not None and found.model == "m2"
        assert await work.understanding_of(2) is None


async def test_understanding_of__is_that_of_the_whole_and_not_of_a_part(store: Store) -> None:
    part = replace(UNDERSTANDING, matter="water_supply", model="m3")
    whole = replace(UNDERSTANDING, n_matters=2, parts=(Part("水浑", part),))
    async with store.units_of_work() as work:
        await work.add_prediction(PredictionRecord(1, None, whole, (), NOW))
        await work.add_prediction(PredictionRecord(1, "A", part, (), NOW))
        assert await work.understanding_of(1) == whole


async def test_degraded_tickets__open_ones_with_their_first_message(store: Store) -> None:
    await add(
        store,
        ticket("A", degraded=True, created_at=NOW + HOUR),
        ticket("B", degraded=True, text="水管裂了"),
        ticket("C"),
        ticket("D", degraded=True, state=State.CLOSED, due_at=None),
    )
    async with store.units_of_work() as work:
        await work.add_prediction(prediction(5, "B"))
        await work.add_prediction(prediction(9, "B"))
        degraded = await work.degraded_tickets(9)
    assert [(each.number, text, inbox) for each, text, inbox in degraded] == [
        ("B", "水管裂了", 5),
        ("A", ticket().text, 0),
    ]


async def test_bind_inbox__the_message_leads_to_its_ticket(store: Store) -> None:
    receipt = await store.inbox.record(inbound(), NOW)
    async with store.units_of_work() as work:
        assert await work.ticket_of_message(receipt.inbox_id) is None
        await work.bind_inbox(receipt.inbox_id, "A")
        assert await work.ticket_of_message(receipt.inbox_id) == "A"
        assert await work.ticket_of_message(999) is None
