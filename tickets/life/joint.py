"""加派 and 联办: co-units with parts and clocks of their own, one answer by the lead unit."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from tickets.actions import Action, Role
from tickets.clocks import ClockKind, without
from tickets.deadlines import Limits
from tickets.events import EventName
from tickets.life.base import BY_OWNER, Change, clock, event, guard, moved_to
from tickets.ticket import SubTask, SubTaskState, Ticket


def add_units(
    ticket: Ticket,
    *,
    by: str,
    units: Sequence[tuple[str, str | None]],
    text: str,
    limits: Limits,
    now: datetime,
    joint: bool = False,
    roles: Collection[Role] = BY_OWNER,
) -> Change:
    """Ask co-units for their part; `units` are (unit, person in charge), `text` what is asked.

    `joint`: 联办, all co-units of the catalogue at once. A unit whose part is open is not asked
    twice; one whose part is done can be asked again.
    """
    guard(bool(text.strip()), "needs_words")
    new = [(unit, person) for unit, person in units if unit not in ticket.co_units]
    guard(bool(new), "co_unit_there")
    guard(all(unit != ticket.owner for unit, _ in new), "co_unit_is_lead")
    due = limits.subtask_by(ticket.urgency, now, ticket.close_due)
    asked = {unit for unit, _ in new}
    tasks = tuple(task for task in ticket.subtasks if task.unit not in asked)
    changed = moved_to(
        ticket,
        Action.JOINT_HANDLE if joint else Action.ADD_UNIT,
        roles,
        now,
        clocks=[clock(ClockKind.SUBTASK, due, now, unit) for unit, _ in new],
        subtasks=(*tasks, *(SubTask(unit, text, by, person) for unit, person in new)),
    )
    return changed, event(
        changed,
        EventName.UNIT_ADDED,
        by,
        text=text,
        unit="|".join(unit for unit, _ in new),
        set_clock=ClockKind.SUBTASK,
        of=new[0][0],
    )


def answer_subtask(ticket: Ticket, *, unit: str, person: str, text: str, now: datetime) -> Change:
    """协办答复: the co-unit's part is done, in words for the lead unit."""
    guard(bool(text.strip()), "needs_words")
    guard(unit in ticket.co_units, "no_subtask")
    return _ended(
        ticket,
        unit,
        Action.ANSWER_SUBTASK,
        (Role.CO_UNIT,),
        EventName.SUBTASK_DONE,
        person,
        text,
        now,
        SubTaskState.DONE,
    )


def drop_unit(
    ticket: Ticket,
    *,
    unit: str,
    by: str,
    reason: str,
    now: datetime,
    roles: Collection[Role] = BY_OWNER,
) -> Change:
    """撤销协办: the lead unit needs its help no more."""
    guard(bool(reason.strip()), "needs_reason")
    guard(unit in ticket.co_units, "no_subtask")
    return _ended(
        ticket,
        unit,
        Action.DROP_UNIT,
        roles,
        EventName.UNIT_DROPPED,
        by,
        reason,
        now,
        SubTaskState.DROPPED,
    )


def _ended(
    ticket: Ticket,
    unit: str,
    action: Action,
    roles: Collection[Role],
    name: EventName,
    actor: str,
    text: str,
    now: datetime,
    state: SubTaskState,
) -> Change:
    done = state is SubTaskState.DONE
    tasks = tuple(
        replace(
            task,
            state=state,
            answer=text if done else task.answer,
            person=actor if done else task.person,
        )
        if task.unit == unit and task.state is SubTaskState.OPEN
        else task
        for task in ticket.subtasks
    )
    lighter = replace(ticket, clocks=without(ticket.clocks, ClockKind.SUBTASK, of=unit))
    changed = moved_to(lighter, action, roles, now, subtasks=tasks)
    return changed, event(changed, name, actor, text=text, unit=unit)
