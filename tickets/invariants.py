"""What must hold of every ticket, whatever happened (domain.md §5). Empty when all is well."""

from __future__ import annotations

from tickets.clocks import ClockKind
from tickets.states import CLOCKS, FINAL, IN_HAND, STAGE_CLOCK
from tickets.ticket import SubTaskState, Ticket


def broken(ticket: Ticket) -> tuple[str, ...]:
    """The sentences of what does not hold."""
    found: list[str] = []
    kinds = [clock.kind for clock in ticket.clocks]
    if ticket.state in FINAL:
        if ticket.clocks:
            found.append(f"{ticket.state} has a clock: {', '.join(kinds)}")
        if ticket.co_units:
            found.append(f"{ticket.state} has open sub-tasks")
        return tuple(found)
    if not ticket.owner:
        found.append("rule 1: nobody owns it")
    stage = [clock for clock in ticket.clocks if clock.kind in STAGE_CLOCK[ticket.state]]
    if len(stage) != 1 or stage[0].due_at is None:
        found.append(f"rule 1: {ticket.state} has {len(stage)} running clocks of its stage")
    if extra := [kind for kind in kinds if kind not in CLOCKS[ticket.state]]:
        found.append(f"{ticket.state} has a clock of another stage: {', '.join(extra)}")
    if any((clock.due_at is None) == (clock.left is None) for clock in ticket.clocks):
        found.append("a clock neither runs nor stands still")
    if ticket.state in IN_HAND and ticket.signed_by is None:
        found.append("rule 3: in hand, but nobody is answerable")
    parts = {c.of for c in ticket.clocks if c.kind is ClockKind.SUBTASK}
    if parts != {t.unit for t in ticket.subtasks if t.state is SubTaskState.OPEN}:
        found.append("a sub-task without a clock, or a clock without a sub-task")
    return tuple(found)
