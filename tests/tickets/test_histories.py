"""The seven rules of domain.md §5 over random lives: at least ten thousand of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tickets.walk import LADDER, OUTWARD, START, Walk
from tickets import life
from tickets.clocks import ClockKind
from tickets.events import Event, EventName
from tickets.history import chained, first_break, rebuilt
from tickets.invariants import broken
from tickets.states import FINAL, State

CHUNKS = 8
LIVES = 1_300
"""In each chunk: 10,400 lives in all, of 30 steps each."""
STEPS = 30
_HOPS = frozenset({EventName.ESCALATED, EventName.REMINDED})
_MAY_MOVE_A_CLOCK = frozenset(EventName) - {
    EventName.REPLIED,
    EventName.NOTED,
    EventName.SUPERVISED,
    EventName.NUDGED,
    EventName.SUPPLEMENTED,
    EventName.EXTENSION_REFUSED,
}


def live(seed: int) -> Walk:
    walk = Walk.begin(seed)
    for _ in range(STEPS):
        step(walk)
    return walk


def step(walk: Walk) -> None:
    """One attempt, then some time; every rule is looked at after each."""
    before, told = walk.ticket, len(walk.history)
    done = walk.attempt()
    assert not broken(walk.ticket), (broken(walk.ticket), walk.history[-1])
    if done:
        _look(before, walk, told)
    handled, told = walk.expiries, len(walk.history)
    walk.pass_time()
    assert not broken(walk.ticket), (broken(walk.ticket), walk.history[-1])
    # Each expiry gave exactly one event, and every clock that stands is in the future.
    assert len(walk.history) - told == walk.expiries - handled
    assert all(c.due_at is None or c.due_at > walk.now for c in walk.ticket.clocks)


def _look(before: life.Ticket, walk: Walk, told: int) -> None:
    after, event = walk.ticket, walk.history[-1]
    assert len(walk.history) == told + 1
    if event.name not in _MAY_MOVE_A_CLOCK:
        _no_clock_moved(before, after, event)
    if event.name is not EventName.SIGNED and before.signed_by is not None:
        assert after.signed_by == before.signed_by  # rule 3: until somebody else has signed
    if before.ruled:
        assert event.name is not EventName.RETURNED  # rule 4: the ruling is final
    if event.name is EventName.RETURNED:
        assert event.text and after.request is not None and after.request.unit
        assert before.returns == 0 or after.owner == "center"
    if event.name in (EventName.NOTED, EventName.SUBTASK_DONE, EventName.UNIT_ADDED):
        assert after.answer == before.answer  # rule 5: two fields


def _no_clock_moved(before: life.Ticket, after: life.Ticket, event: Event) -> None:
    """Rule 2. A first contact ends the clock of the contact: its aim is reached."""
    ended = {ClockKind.CONTACT, ClockKind.APPROVE}
    kept = [c for c in before.clocks if c.kind not in ended]
    assert [c for c in after.clocks if c.kind not in ended] == kept, event


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_random_lives__keep_every_rule(chunk: int) -> None:
    seen: set[State] = set()
    for seed in range(chunk * LIVES, (chunk + 1) * LIVES):
        walk = live(seed)
        seen.add(walk.ticket.state)
        history = walk.history
        # The state is the sum of its history, and the history is whole.
        assert rebuilt("LD-1", history) == walk.ticket
        records = chained("LD-1", "", history)
        assert first_break("LD-1", records, records[-1].hash) is None
        _no_answer_lost(history, walk)
        hops = [event for event in history if event.name is EventName.ESCALATED]
        climbs = sum(e.name in (EventName.NOT_SOLVED,) for e in history)
        appeals = sum(e.name is EventName.APPEALED and e.unit is not None for e in history)
        assert len(hops) + climbs <= walk.ticket.escalations <= len(hops) + climbs + appeals
    assert len(seen) > 10


def _no_answer_lost(history: list[Event], walk: Walk) -> None:
    """The last public answer stands on the ticket unless a later stage took it back."""
    answers = [event for event in history if event.name in (*OUTWARD, EventName.DECLINED)]
    undone = {EventName.NOT_SOLVED, EventName.APPEALED}
    last = max((i for i, e in enumerate(history) if e.name in undone), default=-1)
    standing = [event for event in answers if history.index(event) > last]
    assert walk.ticket.answer == (standing[-1].text if standing else "")


@given(st.integers(min_value=10**9))
@settings(max_examples=300, deadline=None)
def test_other_lives__keep_every_rule_too(seed: int) -> None:
    live(seed)


@given(st.integers(min_value=0))
@settings(max_examples=200, deadline=None)
def test_nobody_acts__it_climbs_rung_by_rung_to_the_top(seed: int) -> None:
    walk = Walk.begin(seed)
    walk.ticket = replace(walk.ticket, owner=LADDER[0])
    owners = [walk.ticket.owner]
    for _ in range(12):
        due = walk.ticket.due_at
        assert due is not None
        walk.now = due
        clock = next(c for c in walk.ticket.clocks if c.due_at == due)
        walk.expire(clock)
        if walk.ticket.owner != owners[-1]:
            owners.append(walk.ticket.owner)
    assert owners == list(LADDER)
    assert walk.history[-1].name is EventName.REMINDED  # at the top it goes on to be told


@given(st.integers(min_value=0), st.timedeltas(timedelta(0), timedelta(days=30)))
@settings(max_examples=300, deadline=None)
def test_clock_that_jumps_back__leaves_the_history_in_order(seed: int, back: timedelta) -> None:
    walk = Walk.begin(seed)
    for _ in range(10):
        step(walk)
    walk.now = max(START, walk.now - back)
    for _ in range(10):
        walk.attempt()
        assert not broken(walk.ticket)
    moments = [event.at for event in walk.history]
    assert moments == sorted(moments)


def test_final_states__run_no_clock() -> None:
    final = [w.ticket for w in map(live, range(400)) if w.ticket.state in FINAL]
    assert final
    assert not any(ticket.clocks for ticket in final)
