"""What every action shares: the move, the clocks that end with a state, the event."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from routing.errors import LiandongError
from tickets.actions import Action, Role
from tickets.clocks import Clock, ClockKind, Clocks, ordered, paused
from tickets.deadlines import Limits
from tickets.events import Event, EventName
from tickets.moves import move
from tickets.states import CLOCKS, State
from tickets.ticket import SubTask, SubTaskState, Ticket

Change = tuple[Ticket, Event]
"""The ticket after an action, and the fact that it leaves in the history."""

BY_SYSTEM = (Role.SYSTEM,)
BY_RESIDENT = (Role.RESIDENT,)
BY_OWNER = (Role.OWNER,)

_PAUSABLE = (ClockKind.CLOSE, ClockKind.OVERDUE, ClockKind.CONTACT)


class GuardFailed(LiandongError):
    """The state would allow the action, a rule does not: `code` names the rule."""

    def __init__(self, code: str, **slots: str) -> None:
        super().__init__(f"not allowed: {code}")
        self.code = code
        self.slots = slots


def guard(holds: bool, code: str, **slots: str) -> None:
    """Raise `GuardFailed` unless the rule holds."""
    if not holds:
        raise GuardFailed(code, **slots)


def moved_to(
    ticket: Ticket,
    action: Action,
    roles: Collection[Role],
    now: datetime,
    *,
    clocks: Iterable[Clock] = (),
    **fields: Any,
) -> Ticket:
    """The ticket after a move of the table: what must end with the old state ends.

    `clocks` are set anew. Raises `NotAllowed` when the table does not list the move.
    """
    to = move(ticket.state, action, *roles).to
    kept = tuple(clock for clock in ticket.clocks if clock.kind in CLOCKS[to])
    if ClockKind.SUBTASK not in CLOCKS[to]:
        fields.setdefault("subtasks", _dropped(ticket.subtasks))
    at = max(now, ticket.updated_at)  # a clock that jumps back never turns a history round
    return replace(ticket, state=to, clocks=ordered((*kept, *clocks)), updated_at=at, **fields)


def _dropped(tasks: tuple[SubTask, ...]) -> tuple[SubTask, ...]:
    """A co-unit owes nothing any more once the lead unit has lost the ticket or answered."""
    return tuple(
        replace(task, state=SubTaskState.DROPPED) if task.state is SubTaskState.OPEN else task
        for task in tasks
    )


def clock(kind: ClockKind, due_at: datetime, now: datetime, of: str = "") -> Clock:
    """A running clock that is set now."""
    return Clock(kind, due_at, now, of)


def standing(ticket: Ticket, limits: Limits, now: datetime) -> Clocks:
    """The clocks of the work with what runs for the owner standing still."""
    return tuple(
        paused(each, limits.left(ticket.urgency, each.due_at, now))
        if each.kind in _PAUSABLE and each.due_at is not None
        else each
        for each in ticket.clocks
    )


def going_on(ticket: Ticket, limits: Limits, now: datetime) -> Clocks:
    """The clocks with what stood still running again."""
    return tuple(
        Clock(each.kind, limits.resumed(ticket.urgency, each.left, now), now, each.of)
        if each.due_at is None and each.left is not None
        else each
        for each in ticket.clocks
    )


def event(
    ticket: Ticket,
    name: EventName,
    actor: str,
    *,
    text: str = "",
    owner_changed: bool = False,
    set_clock: ClockKind | None = None,
    of: str = "",
    unit: str | None = None,
) -> Event:
    """The fact after a change; `set_clock` is the deadline that people have to know of."""
    found = ticket.clock(set_clock, of) if set_clock is not None else None
    return Event(
        name=name,
        at=ticket.updated_at,
        actor=actor,
        state=ticket.state,
        text=text,
        unit=ticket.owner if owner_changed else unit,
        person=ticket.person if owner_changed else None,
        due_at=found.due_at if found is not None else None,
        clock=str(set_clock or ""),
    )


def in_state(ticket: Ticket, *states: State) -> bool:
    """Whether it stands in one of them."""
    return ticket.state in states
