"""The table of allowed moves: nothing unreachable, nothing that leads nowhere."""

from __future__ import annotations

import itertools

import pytest

from tickets.states import FINAL, MOVES, OPEN, STATE_NAMES, Action, NotAllowed, Role, State, move

FIRST = {State.PENDING_INTAKE, State.NEED_INFO}


def reachable(start: set[State]) -> set[State]:
    found = set(start)
    while True:
        more = {entry.to for (state, _), entry in MOVES.items() if state in found} - found
        if not more:
            return found
        found |= more


def test_every_state__can_be_reached() -> None:
    assert reachable(FIRST) == set(State)


@pytest.mark.parametrize("state", sorted(OPEN))
def test_open_state__leads_to_an_end(state: State) -> None:
    assert reachable({state}) & FINAL


def test_final_state__has_no_move_but_to_reopen() -> None:
    moves = [(s, a) for s, a in MOVES if s in FINAL]
    assert moves == [(State.CLOSED, Action.NOT_SOLVED)]


@pytest.mark.parametrize("action", list(Action))
def test_every_action__is_used(action: Action) -> None:
    assert [a for _, a in MOVES if a is action]


@pytest.mark.parametrize(("state", "action"), list(itertools.product(State, Action)))
def test_every_pair__is_allowed_by_the_table_or_refused(state: State, action: Action) -> None:
    entry = MOVES.get((state, action))
    for role in Role:
        if entry is not None and role in entry.by:
            assert move(state, action, role) is entry.to
        else:
            with pytest.raises(NotAllowed):
                move(state, action, role)


def test_every_move__says_why() -> None:
    assert all(entry.why for entry in MOVES.values())


def test_every_state__has_a_name_for_people() -> None:
    assert set(STATE_NAMES) == set(State)
