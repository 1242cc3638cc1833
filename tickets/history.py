"""The history of a ticket: what each event changed, a chain of hashes, and the way back.

The first event holds the whole ticket, each later one what it changed. So the present state is
the sum of the history (`rebuilt`), and a row or an event that somebody altered, left out or put
in between is found (`first_break`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tickets.encoding import FIELDS, Json, decoded, encoded, moment
from tickets.events import Event, EventName
from tickets.ticket import Ticket

GENESIS = ""
"""What the first event of a ticket follows."""


@dataclass(frozen=True, slots=True)
class Record:
    """An event as it is kept: with the hash that binds it to everything before it."""

    event: Event
    hash: str


def changes(before: Ticket | None, after: Ticket) -> dict[str, Any]:
    """What differs, as JSON values by field; everything for a new ticket."""
    return {
        name: encoded(name, getattr(after, name))
        for name in FIELDS
        if before is None or getattr(before, name) != getattr(after, name)
    }


def with_changes(
    before: Ticket | None, after: Ticket, events: Sequence[Event]
) -> tuple[Event, ...]:
    """The events with what they changed; a change that no event announced becomes 更正.

    A new ticket's first event holds it as a whole; later changes of one step stand at its last.
    """
    changed = changes(before, after)
    told = list(events)
    if before is None:
        if not told:
            raise ValueError("a new ticket needs its first event")
        told[0] = replace(told[0], changes=dump(changed))
        return tuple(told)
    if not changed:
        return tuple(told)
    if not told:
        told.append(Event(EventName.AMENDED, after.updated_at, "system", after.state))
    told[-1] = replace(told[-1], changes=dump(changed))
    return tuple(told)


def dump(value: dict[str, Any]) -> str:
    """JSON that is the same for the same values."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def link(number: str, previous: str, event: Event) -> str:
    """The hash of an event that follows `previous` in the history of one ticket."""
    told = [
        number,
        str(event.name),
        moment(event.at),
        event.actor,
        str(event.state),
        event.text,
        event.unit,
        event.person,
        moment(event.due_at),
        event.clock,
        event.changes,
    ]
    text = json.dumps([previous, told], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def chained(number: str, head: str, events: Iterable[Event]) -> tuple[Record, ...]:
    """The events bound to a history whose last hash is `head`."""
    records: list[Record] = []
    for event in events:
        head = link(number, head, event)
        records.append(Record(event, head))
    return tuple(records)


def first_break(number: str, records: Iterable[Record], head: str) -> int | None:
    """The position (from 0) of the first event that does not follow; None for a whole history.

    The number of events when all follow but `head`, the hash kept with the ticket, is another:
    then something was cut off at the end.
    """
    previous = GENESIS
    position = -1
    for position, record in enumerate(records):
        previous = link(number, previous, record.event)
        if previous != record.hash:
            return position
    return None if previous == head else position + 1


Told = Mapping[str, Json]
"""What one event changed: JSON values by field."""


def told(events: Iterable[Event]) -> tuple[Told, ...]:
    """What each event changed of the ticket; nothing, for most remarks."""
    return tuple(json.loads(event.changes) if event.changes else {} for event in events)


def rebuilt(number: str, events: Iterable[Event]) -> Ticket:
    """The ticket as its history tells it. Raises `ValueError` when the first event is missing."""
    return summed(number, told(events))


def summed(number: str, history: Iterable[Told]) -> Ticket:
    """The ticket as the sum of what its events `told`; raises like `rebuilt`."""
    values: dict[str, Json] = {"number": number}
    for changed in history:
        values |= changed
    missing = [name for name in FIELDS if name not in values]
    if missing:
        raise ValueError(f"history of {number} does not begin with a whole ticket")
    return Ticket(**{name: decoded(name, value) for name, value in values.items()})
