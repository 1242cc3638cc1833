"""What waits for a unit, on every store; pictures for cadres only keep their mark."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from services.messages import Attachment
from services.ports import PredictionRecord
from tests.storage.stores import Store
from tests.storage.values import CADRE, LATER, NOW, RESIDENT, UNDERSTANDING, add, inbound, ticket
from tickets.clocks import Clock, ClockKind, ordered
from tickets.states import State
from tickets.ticket import SubTask, SubTaskState, Ticket


def asked(number: str, state: State = State.EXTENSION_PENDING, **changes: object) -> Ticket:
    return ticket(number, state=state, reviewer="U5", **changes)


def helping(number: str, **changes: object) -> Ticket:
    each = ticket(
        number, state=State.HANDLING, subtasks=(SubTask("U7", "看一下", "c1"),), **changes
    )
    part = Clock(ClockKind.SUBTASK, LATER, NOW, "U7")
    return replace(each, clocks=ordered((*each.clocks, part)))


async def waiting(store: Store, *units: str, limit: int = 9) -> list[str]:
    """As the page and as a transaction see it."""
    read = [each.number for each in await store.desk.waiting_for(units, limit=limit)]
    async with store.units_of_work() as work:
        found = [each.number for each in await work.waiting_for(units, limit=limit)]
    assert read == found
    return read


async def test_waiting__for_a_decision_a_part_or_an_eye(store: Store) -> None:
    late = ticket("C", state=State.HANDLING, told_up="U9")
    await add(store, asked("A"), helping("B"), late, ticket("D"))
    assert await waiting(store, "U5") == ["A"]
    assert await waiting(store, "U7") == ["B"]
    assert await waiting(store, "U9") == ["C"]
    assert await waiting(store, "U5", "U7", "U9") == ["A", "B", "C"]
    assert await waiting(store, "U2") == []


async def test_waiting__not_what_the_units_own_anyway(store: Store) -> None:
    await add(store, asked("A", owner="U5"), asked("B"))
    assert await waiting(store, "U5") == ["B"]


async def test_waiting__a_reviewer_only_while_there_is_something_to_decide(store: Store) -> None:
    await add(store, asked("A", State.HANDLING), asked("B", State.PENDING_REVIEW))
    assert await waiting(store, "U5") == ["B"]


async def test_waiting__late_ones_until_they_are_answered(store: Store) -> None:
    answered = ticket("A", state=State.RESOLVED, told_up="U9")
    closed = ticket("B", state=State.CLOSED, told_up="U9", due_at=None)
    await add(store, answered, closed)
    assert await waiting(store, "U9") == []


async def test_waiting__a_part_that_is_done_does_not_wait(store: Store) -> None:
    done = SubTask("U7", "看一下", "c1", state=SubTaskState.DONE, answer="好了")
    await add(store, ticket("A", state=State.HANDLING, subtasks=(done,)))
    assert await waiting(store, "U7") == []


async def test_waiting__emergencies_first_then_by_deadline(store: Store) -> None:
    soon = NOW + timedelta(minutes=1)
    await add(store, asked("A"), asked("B", due_at=soon), asked("C", urgent=True))
    assert await waiting(store, "U5") == ["C", "B", "A"]
    assert await waiting(store, "U5", limit=2) == ["C", "B"]


async def test_waiting__twice_for_one_unit_is_listed_once(store: Store) -> None:
    await add(store, replace(helping("A"), told_up="U7"))
    assert await waiting(store, "U7") == ["A"]


async def test_exclusions__that_were_asked_the_longest_waiting_first(store: Store) -> None:
    closed = {"state": State.CLOSED, "due_at": None}
    await add(
        store,
        ticket("A", excluded="asked", updated_at=LATER, **closed),
        ticket("B", excluded="asked", **closed),
        ticket("C", excluded="done", **closed),
    )
    found = await store.desk.exclusions_asked(limit=9)
    assert [each.number for each in found] == ["B", "A"]


async def test_merged__into_several(store: Store) -> None:
    merged = {"state": State.MERGED, "due_at": None}
    await add(store, ticket("A"), ticket("C", main="A", **merged), ticket("B", main="A", **merged))
    found = await store.desk.merged_into(["A", "X"])
    assert [each.number for each in found] == ["B", "C"]


async def test_prediction__newest_within_a_transaction(store: Store) -> None:
    await add(store, ticket("A"))
    async with store.units_of_work() as work:
        for inbox_id in (1, 2):
            await work.add_prediction(PredictionRecord(inbox_id, "A", UNDERSTANDING, (), NOW))
        newest = await work.prediction_of("A")
        assert newest is not None and newest.inbox_id == 2
        assert await work.prediction_of("B") is None


async def test_files__keep_whom_they_are_for(store: Store) -> None:
    await add(store, ticket("A"))
    receipt = await store.inbox.record(inbound("1", CADRE), NOW)
    public, internal = Attachment("media:a.jpg", "image/jpeg"), Attachment("f2", "image/jpeg")
    async with store.units_of_work() as work:
        await work.add_attachment(CADRE, receipt.inbox_id, "A", public)
        await work.add_attachment(CADRE, receipt.inbox_id, "A", internal, internal=True)
        await work.add_attachment(RESIDENT, receipt.inbox_id, "A", Attachment("media:b.jpg"))
        await work.commit()
    async with store.units_of_work() as work:
        kept = {item.ref: item.internal for item in await work.files_to_show(9)}
    assert kept == {"media:a.jpg": False, "f2": True, "media:b.jpg": False}
    assert await store.desk.proofs(["A"]) == {"media:a.jpg", "f2"}
    assert await store.desk.proofs(["B"]) == frozenset()
