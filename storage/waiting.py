"""Which tickets of others wait for a unit: for its decision, its part, or its eye."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Select, select, union

from storage.tables import DEADLINES, TICKETS
from tickets.clocks import ClockKind
from tickets.states import ANSWERED, State

DECIDED = frozenset({State.EXTENSION_PENDING, State.PENDING_REVIEW})
"""The reviewer of a ticket has something to decide in these states only."""


def tickets_waiting_for(units: Sequence[str], limit: int) -> Select[tuple[object, ...]]:
    """The query; each of its three parts has an index of its own."""
    theirs = list(units)
    asked = select(TICKETS.c.number).where(
        TICKETS.c.reviewer.in_(theirs),
        TICKETS.c.due_at.is_not(None),
        TICKETS.c.state.in_([str(state) for state in DECIDED]),
    )
    late = select(TICKETS.c.number).where(
        TICKETS.c.told_up.in_(theirs),
        TICKETS.c.due_at.is_not(None),
        TICKETS.c.state.not_in([str(state) for state in ANSWERED]),
    )
    parts = select(DEADLINES.c.ticket).where(
        DEADLINES.c.of.in_(theirs),
        DEADLINES.c.kind == str(ClockKind.SUBTASK),
        DEADLINES.c.ended_at.is_(None),
    )
    found = union(asked, late, parts).subquery("found")
    return (
        select(TICKETS)
        .join(found, found.c.number == TICKETS.c.number)
        .where(TICKETS.c.owner.not_in(theirs))
        .order_by(TICKETS.c.urgent.desc(), TICKETS.c.due_at, TICKETS.c.number)
        .limit(limit)
    )
