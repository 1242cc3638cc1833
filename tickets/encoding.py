"""A ticket's values as JSON and back: for what an event changed, and for columns of lists."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, datetime
from typing import Any

from tickets.clocks import Clock, ClockKind, ordered
from tickets.states import State
from tickets.ticket import Request, SubTask, SubTaskState, Ticket

# JSON is the one place where values have no narrower type.
Json = Any

NOT_RECORDED = frozenset({"version"})
"""Storage's own business: not part of a ticket's history."""
FIELDS = tuple(each.name for each in fields(Ticket) if each.name not in NOT_RECORDED)
_MOMENTS = frozenset(
    {
        "created_at",
        "updated_at",
        "signed_at",
        "dispatched_at",
        "contacted_at",
        "resolved_at",
        "closed_at",
    }
)


def moment(at: datetime | None) -> str | None:
    """A moment in UTC, always written in the same way."""
    return None if at is None else at.astimezone(UTC).isoformat(timespec="microseconds")


def moment_of(text: str | None) -> datetime | None:
    """The moment that `moment` wrote."""
    return None if text is None else datetime.fromisoformat(text)


def encoded(name: str, value: Any) -> Json:
    """The value of a ticket's field as JSON."""
    if name in _MOMENTS:
        return moment(value)
    if name == "state":
        return str(value)
    if name == "clocks":
        return [
            [str(c.kind), moment(c.due_at), moment(c.set_at), c.of, c.left] for c in ordered(value)
        ]
    if name == "subtasks":
        return [[t.unit, t.asked, t.by, t.person, str(t.state), t.answer, t.told_up] for t in value]
    if name == "request":
        return value and [
            value.by,
            value.reason,
            value.unit,
            value.days,
            moment(value.limit),
            value.from_unit,
            list(value.missing),
        ]
    return value


def decoded(name: str, value: Json) -> Any:
    """The value that `encoded` wrote."""
    if name in _MOMENTS:
        return moment_of(value)
    if name == "state":
        return State(value)
    if name == "clocks":
        return ordered(clock_of(*each) for each in value)
    if name == "subtasks":
        return tuple(
            SubTask(unit, asked, by, person, SubTaskState(state), answer, told_up)
            for unit, asked, by, person, state, answer, told_up in value
        )
    if name == "request" and value is not None:
        by, reason, unit, days, limit, from_unit, missing = value
        return Request(by, reason, unit, days, moment_of(limit), from_unit, tuple(missing))
    return value


def clock_of(kind: str, due_at: str | None, set_at: str, of: str, left: float | None) -> Clock:
    """The clock that `encoded` wrote as a list of these."""
    return Clock(ClockKind(kind), moment_of(due_at), datetime.fromisoformat(set_at), of, left)
