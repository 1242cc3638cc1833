"""What waits for somebody's decision, and how far the co-units are, in lines for people. Pure."""

from __future__ import annotations

from services.cards import local
from services.office import Office
from tickets.clocks import ClockKind
from tickets.states import State
from tickets.ticket import SubTask, SubTaskState, Ticket


def request_line(office: Office, ticket: Ticket) -> str:
    """退单意见, 延期申请, 报审办结 or 挂账原因; empty where nothing waits."""
    asked = ticket.request
    if asked is None or ticket.state not in WAITS:
        return ""
    slots = {
        "person": office.cadre_name(asked.by),
        "unit": office.unit_name(asked.from_unit),
        "proposed": office.unit_name(asked.unit),
        "reason": asked.reason,
        "days": str(asked.days),
        "limit": local(asked.limit) if asked.limit else "",
        "missing": evidence_names(office, asked.missing),
    }
    if ticket.state is State.PENDING_REVIEW and not asked.missing:
        return office.wording.say("sample_to_check", slots)
    return office.wording.say(f"request_{ticket.state}", slots)


WAITS = (State.RETURN_PENDING, State.EXTENSION_PENDING, State.PENDING_REVIEW, State.SHELVED)
"""The states in which a request of somebody's waits, or holds."""


def evidence_names(office: Office, kinds: tuple[str, ...]) -> str:
    """Kinds of evidence in one line, for people."""
    return "、".join(office.wording.say(f"word_evidence_{kind}") for kind in kinds)


def part_lines(office: Office, ticket: Ticket) -> list[str]:
    """A line for each co-unit: what it answered, or until when it has to."""
    return [_part_line(office, ticket, task) for task in ticket.subtasks]


def _part_line(office: Office, ticket: Ticket, task: SubTask) -> str:
    clock = ticket.clock(ClockKind.SUBTASK, task.unit)
    slots = {
        "unit": office.unit_name(task.unit),
        "asked": task.asked,
        "answer": task.answer,
        "due": local(clock.due_at) if clock and clock.due_at else "",
    }
    return office.wording.say(f"part_{task.state}", slots)


def open_part(ticket: Ticket, unit: str) -> SubTask | None:
    """The part that a unit has not answered."""
    return next(
        (t for t in ticket.subtasks if t.unit == unit and t.state is SubTaskState.OPEN), None
    )
