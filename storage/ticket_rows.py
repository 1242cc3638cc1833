"""Tickets, events and deadlines as rows, and back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from sqlalchemy import RowMapping

from tickets.clocks import Clock, ClockKind
from tickets.encoding import decoded, encoded
from tickets.events import Event, EventName
from tickets.history import Record, dump
from tickets.states import State
from tickets.ticket import Ticket

COLUMNS = tuple(field.name for field in fields(Ticket))
_JSON = ("clocks", "subtasks", "request")
"""Parts of a ticket that are read with it and never searched for; clocks have rows as well."""
_NONE: Mapping[str, tuple[()] | None] = {"[]": (), "null": None}
"""What stands there for nothing."""


def ticket_of(row: Mapping[Any, Any]) -> Ticket:
    """The ticket of one row, whose moments and truth values have Python's types."""
    values: dict[str, Any] = {name: row[name] for name in COLUMNS}
    values["state"] = State(values["state"])
    for name in _JSON:
        text = values[name]
        # Most tickets have none: reading JSON for that would cost more than all the rest.
        values[name] = _NONE[text] if text in _NONE else decoded(name, json.loads(text))
    return Ticket(**values)


def ticket_values(ticket: Ticket) -> dict[str, object]:
    """The columns of one ticket; `due_at` is the stage's, for lists and their order."""
    values = {name: getattr(ticket, name) for name in COLUMNS}
    values["state"] = str(ticket.state)
    for name in _JSON:
        values[name] = dump(encoded(name, values[name]))
    values["due_at"] = ticket.due_at
    return values


def event_of(row: RowMapping) -> Event:
    """The event of one row."""
    return Event(
        name=EventName(row["name"]),
        at=row["at"],
        actor=row["actor"],
        state=State(row["state"]),
        text=row["text"],
        unit=row["unit"],
        person=row["person"],
        due_at=row["due_at"],
        clock=row["clock"],
        changes=row["changes"],
    )


def event_values(number: str, record: Record) -> Mapping[str, object]:
    """The columns of one event."""
    event = record.event
    return {
        "ticket": number,
        "name": str(event.name),
        "at": event.at,
        "actor": event.actor,
        "state": str(event.state),
        "text": event.text,
        "unit": event.unit,
        "person": event.person,
        "due_at": event.due_at,
        "clock": event.clock,
        "changes": event.changes,
        "hash": record.hash,
    }


def clock_of(row: RowMapping) -> Clock:
    """The clock of one row of `deadlines`."""
    return Clock(ClockKind(row["kind"]), row["due_at"], row["set_at"], row["of"], row["left"])


def clock_values(number: str, clock: Clock, event: Event) -> Mapping[str, object]:
    """The columns of a deadline that `event` set."""
    return {
        "ticket": number,
        "kind": str(clock.kind),
        "of": clock.of,
        "due_at": clock.due_at,
        "wake_at": clock.due_at,
        "left": clock.left,
        "set_at": clock.set_at,
        "set_by": event.actor,
        "why": str(event.name),
    }
