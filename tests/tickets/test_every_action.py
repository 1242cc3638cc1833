"""Every action in every state: it leads where the table says and leaves the rules intact, or it
is refused and nothing happens."""

from __future__ import annotations

import itertools

import pytest

from tests.tickets.acts import ABOVE, ACTS, LIMITS, NOW, OTHER, in_state, with_part
from tickets import life
from tickets.actions import Action, Role
from tickets.clocks import ClockKind
from tickets.events import EventName
from tickets.invariants import broken
from tickets.moves import MOVES, NotAllowed
from tickets.states import FINAL, OPEN, STAGE_CLOCK, State
from tickets.ticket import Ticket

# 拆单 only notes the other numbers in the history: it has no function that changes a ticket.
ACTED = [action for action in Action if action is not Action.SPLIT]
PAIRS = list(itertools.product(State, ACTED))
IN_ONE_CAPACITY = {
    # Whose these are lies in what they are: their functions take no capacity at all.
    *(Action.ASK_INFO, Action.TRIAGE, Action.APPEAL, Action.NUDGE, Action.WITHDRAW),
    *(Action.RETURN_ORDER, Action.REQUEST_EXTENSION, Action.ANSWER_SUBTASK),
    *(Action.ESCALATE, Action.CALL_BACK, Action.CLOSE, Action.SPLIT),
}
OWN_GUARD = {
    # Of a ticket that waits in intake, or in hand: `need_info` is both, the guard tells them apart.
    (State.NEED_INFO, Action.RESUME): "not_in_hand",
    (State.NEED_INFO, Action.TRIAGE): "in_hand",
    (State.NEED_INFO, Action.ACCEPT): "in_hand",
    (State.NEED_INFO, Action.DECLINE): "in_hand",
    (State.NEED_INFO, Action.DISPATCH): "in_hand",
    (State.NEED_INFO, Action.ASK_INFO): "in_hand",
}


def ticket_for(state: State, action: Action) -> Ticket:
    """A ticket on which the action is possible as far as guards go."""
    # What waits for the resident climbs only where a co-unit's part is late.
    helped = action in (Action.ANSWER_SUBTASK, Action.DROP_UNIT)
    helped |= state is State.NEED_INFO and action is Action.ESCALATE
    ticket = in_state(state, in_hand=helped or action is Action.RESUME)
    return with_part(ticket) if helped else ticket


def stage_clocks(ticket: Ticket) -> list[str]:
    return [str(c.kind) for c in ticket.clocks if c.kind in STAGE_CLOCK.get(ticket.state, ())]


@pytest.mark.parametrize("state", State)
def test_ticket_of_a_state__breaks_no_rule(state: State) -> None:
    assert broken(in_state(state)) == ()
    assert broken(with_part(in_state(state))) == ()


@pytest.mark.parametrize(("state", "action"), PAIRS)
def test_every_action__leads_where_the_table_says_or_is_refused(
    state: State, action: Action
) -> None:
    entry = MOVES.get((state, action))
    before = ticket_for(state, action)
    if entry is None:
        for role in Role:
            with pytest.raises((NotAllowed, life.GuardFailed)):
                ACTS[action](before, role)
        return
    for role in entry.by:
        after, event = ACTS[action](before, role)
        assert (after.state, event.state) == (entry.to, entry.to)
        assert broken(after) == ()
        assert len(stage_clocks(after)) == (after.state in OPEN)
        assert event.at >= before.updated_at


@pytest.mark.parametrize(("state", "action"), sorted(MOVES))
def test_every_move__is_refused_in_any_other_capacity(state: State, action: Action) -> None:
    if action in IN_ONE_CAPACITY:
        return
    for role in set(Role) - MOVES[state, action].by:
        with pytest.raises(NotAllowed):
            ACTS[action](ticket_for(state, action), role)


@pytest.mark.parametrize("of", ["", OTHER])
@pytest.mark.parametrize("state", [state for state, action in MOVES if action is Action.ESCALATE])
def test_every_clock_that_climbs__leaves_the_rules_intact(state: State, of: str) -> None:
    ticket = with_part(in_state(state, in_hand=state is State.NEED_INFO))
    for clock in ticket.clocks:
        if clock.kind is ClockKind.ANSWER or clock.due_at is None or clock.of != of:
            continue
        for to in (ABOVE, None):
            after, event = life.climb(
                ticket, clock.kind, to=to, person="wu", limits=LIMITS, now=NOW, reason="", of=of
            )
            assert broken(after) == ()
            assert after.escalations - ticket.escalations == (to is not None)
            assert event.name is (EventName.ESCALATED if to else EventName.REMINDED)
            assert after.co_units == ticket.co_units


@pytest.mark.parametrize(("state", "action"), OWN_GUARD)
def test_waiting__in_intake_and_in_hand_are_told_apart(state: State, action: Action) -> None:
    waits = in_state(state, in_hand=action is not Action.RESUME)
    with pytest.raises(life.GuardFailed) as refused:
        ACTS[action](waits, Role.SYSTEM if action is Action.ASK_INFO else Role.OWNER)
    assert refused.value.code == OWN_GUARD[state, action]


@pytest.mark.parametrize("state", sorted(FINAL))
def test_final_state__ends_every_clock_and_every_part(state: State) -> None:
    for (start, action), entry in MOVES.items():
        if entry.to is state and start in OPEN:
            after, _ = ACTS[action](with_part(in_state(start)), min(entry.by))
            assert (after.clocks, after.co_units) == ((), ())


@pytest.mark.parametrize(
    "action", [Action.NUDGE, Action.REPLY, Action.INTERNAL_NOTE, Action.SUPERVISE]
)
def test_words__move_no_clock(action: Action) -> None:
    for (state, each), entry in MOVES.items():
        if each is action:
            before = in_state(state)
            after, _ = ACTS[action](before, min(entry.by))
            assert after.clocks == before.clocks
