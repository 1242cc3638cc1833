"""The state rebuilt from events is the row; whatever was changed in a history is found."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.verifying import verify
from tests.metrics.conftest import Kept
from tests.tickets.world import histories, world_of
from tickets import integrity
from tickets.events import Event, EventName
from tickets.history import GENESIS, Record, chained, first_break, link, rebuilt, told
from tickets.integrity import Fault, breaks
from tickets.invariants import broken
from tickets.metrics import spans
from tickets.states import State

_WORLD = world_of(11, 60)
_CHAINS = [
    (each.number, chained(each.number, GENESIS, each.events))
    for each in histories(_WORLD.steps)
    if len(each.events) > 2
]
Chain = tuple[str, tuple[Record, ...]]
chains = st.sampled_from(_CHAINS)


async def test_rebuilt__is_the_row_of_every_ticket(kept: Kept) -> None:
    for number, expected in kept.world.tickets.items():
        async with kept.opened() as store, store.units_of_work() as work:
            row, events = await work.ticket(number), await work.events(number)
            assert row is not None
            assert replace(rebuilt(number, events), version=row.version) == row
            assert replace(row, version=expected.version) == expected


async def test_deadlines__of_every_ticket_are_what_its_history_tells(kept: Kept) -> None:
    for number in kept.world.tickets:
        async with kept.opened() as store, store.units_of_work() as work:
            rows, events = await work.deadlines_of(number), await work.events(number)
            found = spans(events, told(events))
            assert sorted((kind, ended) for kind, _, ended in rows) == sorted(
                (str(span.clock.kind), str(span.ended_by or "")) for span in found
            )
            standing = {span.clock for span in found if span.ended_at is None}
            assert standing == {*await work.standing_clocks(number)}


async def test_verify__finds_nothing_in_a_county_that_kept_the_rules(kept: Kept) -> None:
    done: list[int] = []
    async with kept.opened() as store:
        assert [found async for found in verify(store.kept_tickets, done.append)] == []
        assert sum(done) == await store.kept_tickets.count() == len(kept.world.tickets)


def test_world__keeps_the_rules() -> None:
    assert not any(broken(ticket) for ticket in _WORLD.tickets.values())


@given(chains)
def test_chain__that_nobody_touched_is_whole(chain: Chain) -> None:
    number, records = chain
    assert first_break(number, records, records[-1].hash) is None


@given(chains, st.data())
def test_chain__a_changed_event_is_found_where_it_is(chain: Chain, data: st.DataObject) -> None:
    number, records = chain
    at = data.draw(st.integers(0, len(records) - 1))
    forged = replace(records[at], event=data.draw(changed(records[at].event)))
    assert first_break(number, _with(records, at, forged), records[-1].hash) == at


@given(chains, st.data())
def test_chain__a_changed_event_with_a_hash_of_its_own_is_found(
    chain: Chain, data: st.DataObject
) -> None:
    number, records = chain
    at = data.draw(st.integers(0, len(records) - 1))
    event = data.draw(changed(records[at].event))
    previous = records[at - 1].hash if at else GENESIS
    forged = _with(records, at, Record(event, link(number, previous, event)))
    assert first_break(number, forged, records[-1].hash) == at + 1


@given(chains, st.data())
def test_chain__a_deleted_event_is_found(chain: Chain, data: st.DataObject) -> None:
    number, records = chain
    at = data.draw(st.integers(0, len(records) - 1))
    left = [*records[:at], *records[at + 1 :]]
    assert first_break(number, left, records[-1].hash) == at


@given(chains, st.data())
def test_chain__what_was_cut_off_is_found(chain: Chain, data: st.DataObject) -> None:
    number, records = chain
    length = data.draw(st.integers(0, len(records) - 1))
    assert first_break(number, records[:length], records[-1].hash) == length


@given(chains, chains, st.data())
def test_chain__an_inserted_event_is_found(chain: Chain, other: Chain, data: st.DataObject) -> None:
    number, records = chain
    at = data.draw(st.integers(0, len(records)))
    foreign = data.draw(st.sampled_from([*records, *other[1]]))
    more = [*records[:at], foreign, *records[at:]]
    found = first_break(number, more, records[-1].hash)
    assert found is not None
    # A copy put beside its original is seen at the second of the two.
    assert found == at or (records[at] == foreign and found == at + 1)


@given(chains, st.data())
def test_chain__two_events_in_each_others_place_are_found(
    chain: Chain, data: st.DataObject
) -> None:
    number, records = chain
    places = st.integers(0, len(records) - 1)
    first, second = sorted(data.draw(st.lists(places, min_size=2, max_size=2, unique=True)))
    mixed = _with(_with(records, first, records[second]), second, records[first])
    assert first_break(number, mixed, records[-1].hash) == first


@given(chains, chains)
def test_chain__is_of_one_ticket_only(chain: Chain, other: Chain) -> None:
    (number, records), (foreign, _) = chain, other
    expected = None if number == foreign else 0
    assert first_break(foreign, records, records[-1].hash) == expected


def changed(event: Event) -> st.SearchStrategy[Event]:
    """The event with one of its fields changed, whichever."""
    at = event.at + timedelta(microseconds=1)
    values: dict[str, Any] = {
        "name": next(name for name in EventName if name is not event.name),
        "at": at,
        "actor": event.actor + "0",
        "state": next(state for state in State if state is not event.state),
        "text": event.text + " ",
        "unit": None if event.unit is not None else "",
        "person": None if event.person is not None else "",
        "due_at": None if event.due_at is not None else at,
        "clock": event.clock + "s",
        "changes": "" if event.changes else "{}",
    }
    assert values.keys() == {field.name for field in dataclasses.fields(Event)}
    return st.sampled_from([replace(event, **{name: values[name]}) for name in values])


def _with(records: Sequence[Record], at: int, record: Record) -> list[Record]:
    return [*records[:at], record, *records[at + 1 :]]


def kept_of(number: str) -> integrity.Kept:
    """A ticket of the world as it would be kept."""
    ticket = _WORLD.tickets[number]
    records = dict(_CHAINS)[number]
    return integrity.Kept(number, ticket, ticket.due_at, records[-1].hash, records, ticket.clocks)


_OPEN = next(number for number, _ in _CHAINS if _WORLD.tickets[number].state is State.HANDLING)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"satisfaction": 5}, "satisfaction"),
        ({"excluded": "done"}, "excluded"),
        ({"returns": 77, "reworks": 77}, "returns, reworks"),
    ],
)
def test_breaks__a_row_changed_beside_its_history(changes: dict[str, Any], field: str) -> None:
    whole = kept_of(_OPEN)
    assert breaks(whole) == ()
    assert whole.ticket is not None
    (found,) = breaks(replace(whole, ticket=replace(whole.ticket, **changes)))
    assert (found.fault, found.detail) == (Fault.ROW, field)


def test_breaks__a_deadline_hidden_from_lists() -> None:
    (found,) = breaks(replace(kept_of(_OPEN), listed_due_at=None))
    assert (found.fault, found.detail) == (Fault.ROW, "due_at")


def test_breaks__a_row_that_cannot_be_read() -> None:
    (found,) = breaks(replace(kept_of(_OPEN), ticket=None))
    assert (found.fault, found.detail) == (Fault.ROW, "")


def test_breaks__a_deadline_moved_taken_away_or_unreadable() -> None:
    whole = kept_of(_OPEN)
    assert whole.standing and whole.standing[0].due_at is not None
    later = replace(whole.standing[0], due_at=whole.standing[0].due_at + timedelta(days=1))
    for standing in ((later, *whole.standing[1:]), whole.standing[1:], None):
        (found,) = breaks(replace(whole, standing=standing))
        assert found.fault is Fault.DEADLINES


def test_breaks__names_the_event_that_does_not_follow() -> None:
    whole = kept_of(_OPEN)
    less = [*whole.records[:1], *whole.records[2:]]
    (found,) = breaks(replace(whole, records=less))
    assert (found.fault, found.position) == (Fault.CHAIN, 2)
    assert found.detail == str(less[1].event.name)
    (found,) = breaks(replace(whole, records=whole.records[:-1]))
    assert (found.position, found.detail) == (len(whole.records), "")


def test_breaks__a_chain_that_never_held_its_ticket() -> None:
    number = "LD-20261123-0001-0"
    bare = [replace(kept_of(_OPEN).records[0].event, changes="")]
    records = chained(number, GENESIS, bare)
    whole = replace(kept_of(_OPEN), number=number, records=records, head=records[-1].hash)
    assert [found.fault for found in breaks(whole)] == [Fault.ROW]


def test_breaks__a_rule_that_does_not_hold() -> None:
    whole = kept_of(_OPEN)
    assert whole.ticket is not None
    bare = replace(whole.ticket, clocks=())
    faults = [found.fault for found in breaks(replace(whole, ticket=bare, standing=()))]
    assert Fault.RULES in faults and Fault.ROW in faults
