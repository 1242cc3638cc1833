"""提级: what a clock that ran out does to a ticket. One expiry, one hop, one new clock."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from tickets.actions import Action
from tickets.clocks import ClockKind, without
from tickets.deadlines import Limits
from tickets.events import EventName
from tickets.life.base import BY_SYSTEM, Change, clock, event, moved_to
from tickets.ticket import SubTask, Ticket

GIVEN_UP = frozenset({ClockKind.TRIAGE, ClockKind.SIGN, ClockKind.RULE})
"""When one of these runs out, the level above owns the ticket: nobody has signed for it."""

TOLD_UP = frozenset({ClockKind.CLOSE, ClockKind.OVERDUE, ClockKind.CONTACT})
"""When one of these runs out, who signed stays answerable and the level above is told (rule 3)."""

DECIDED_ABOVE = frozenset({ClockKind.APPROVE, ClockKind.CHECK})
"""When one of these runs out, the level above has to decide."""


def holder(ticket: Ticket, kind: ClockKind, of: str = "") -> str:
    """The unit from which the next hop of this clock goes up."""
    if kind in TOLD_UP:
        return ticket.told_up or ticket.owner
    if kind in DECIDED_ABOVE:
        return ticket.reviewer or ticket.owner
    if kind is ClockKind.SUBTASK:
        task = _task(ticket, of)
        return (task.told_up if task else None) or of
    return ticket.owner


def _task(ticket: Ticket, unit: str) -> SubTask | None:
    return next((task for task in ticket.subtasks if task.unit == unit), None)


def climb(
    ticket: Ticket,
    kind: ClockKind,
    *,
    to: str | None,
    person: str | None,
    limits: Limits,
    now: datetime,
    reason: str,
    of: str = "",
) -> Change:
    """The clock `kind` ran out (or nobody is there): one rung up, to `to`.

    `to` None is the top of the ladder: whoever holds it is reminded, nothing is counted.
    `person` is in charge at `to`. A clock of the first contact ends here; all others are set anew.
    """
    changed = moved_to(
        _climbed(ticket, kind, to, person, of),
        Action.ESCALATE,
        BY_SYSTEM,
        now,
        clocks=[]
        if (due := _next(ticket, kind, limits, now)) is None
        else [clock(due[0], due[1], now, of)],
        escalations=ticket.escalations + (to is not None),
    )
    name = EventName.REMINDED if to is None else EventName.ESCALATED
    given_up = kind in GIVEN_UP
    return changed, replace(
        event(
            changed,
            name,
            "system",
            text=reason,
            owner_changed=given_up,
            unit=None if given_up else to,
            set_clock=due[0] if due else None,
            of=of,
        ),
        clock=f"{kind}:{of}" if of else str(kind),
    )


def _climbed(
    ticket: Ticket, kind: ClockKind, to: str | None, person: str | None, of: str
) -> Ticket:
    ended = without(ticket.clocks, kind, of=of) if of else without(ticket.clocks, kind)
    lighter = replace(ticket, clocks=ended)
    if kind in GIVEN_UP:
        return replace(
            lighter,
            owner=to or ticket.owner,
            person=person if to else ticket.person,
            rung=ticket.rung + (to is not None),
        )
    if kind in TOLD_UP:
        return replace(lighter, told_up=to or ticket.told_up)
    if kind in DECIDED_ABOVE:
        return replace(lighter, reviewer=to or ticket.reviewer)
    if kind is ClockKind.SUBTASK and to is not None:
        tasks = tuple(
            replace(task, told_up=to) if task.unit == of else task for task in ticket.subtasks
        )
        return replace(lighter, subtasks=tasks)
    return lighter


def _next(
    ticket: Ticket, kind: ClockKind, limits: Limits, now: datetime
) -> tuple[ClockKind, datetime] | None:
    """The clock that takes the place of the one that ran out."""
    urgency = ticket.urgency
    if kind in (ClockKind.TRIAGE, ClockKind.SIGN):
        return kind, limits.sign_by(urgency, now, ticket.rung + 1)
    if kind is ClockKind.RULE:
        return kind, limits.rule_by(urgency, now)
    if kind is ClockKind.APPROVE:
        return kind, limits.approve_by(urgency, now)
    if kind is ClockKind.CHECK:
        return kind, limits.check_by(urgency, now)
    if kind in (ClockKind.CLOSE, ClockKind.OVERDUE):
        return ClockKind.OVERDUE, limits.overdue_again(urgency, now)
    if kind is ClockKind.SUBTASK:
        return kind, limits.overdue_again(urgency, now)
    if kind is ClockKind.SHELF:
        return kind, limits.shelf_review(now)
    return None
