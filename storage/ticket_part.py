"""Tickets, their history and predictions within a unit of work."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import RowMapping, Select, bindparam, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from services.errors import Conflict
from services.ports import PredictionRecord
from services.understanding import Understanding
from storage.codec import REASONS, UNDERSTANDING, dump
from storage.part import Part
from storage.tables import INBOX, PREDICTIONS, TICKET_COUNTERS, TICKET_EVENTS, TICKETS
from tickets.events import Event, EventName
from tickets.states import FINAL, State
from tickets.ticket import Ticket

_COLUMNS = tuple(field.name for field in fields(Ticket))


def ticket_of(row: RowMapping) -> Ticket:
    """The ticket of one row."""
    values: dict[str, Any] = {name: row[name] for name in _COLUMNS}
    values["state"] = State(values["state"])
    return Ticket(**values)


def _ticket_values(ticket: Ticket) -> dict[str, object]:
    values = {name: getattr(ticket, name) for name in _COLUMNS}
    values["state"] = str(ticket.state)
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
    )


def _event_values(number: str, event: Event) -> Mapping[str, object]:
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
    }


# Statements of every message are built once: building them anew costs more than running them.
_ADD_TICKET = insert(TICKETS)
_SAVE_TICKET = update(TICKETS).where(
    TICKETS.c.number == bindparam("of"), TICKETS.c.version == bindparam("read")
)
_ADD_EVENT = insert(TICKET_EVENTS)
_ADD_PREDICTION = insert(PREDICTIONS)
_TICKETS_OF = (
    select(TICKETS)
    .where(TICKETS.c.reporter == bindparam("chat"))
    .order_by(TICKETS.c.created_at.desc(), TICKETS.c.number.desc())
    .limit(bindparam("most"))
)
_OPEN_AFTER = (
    select(TICKETS)
    .where(TICKETS.c.number > bindparam("after"), TICKETS.c.due_at.is_not(None))
    .order_by(TICKETS.c.number)
    .limit(bindparam("most"))
    .with_for_update()
)
_COUNT = {
    dialect: new(TICKET_COUNTERS)
    .on_conflict_do_update(index_elements=["day"], set_={"last": TICKET_COUNTERS.c.last + 1})
    .returning(TICKET_COUNTERS.c.last)
    for dialect, new in (("sqlite", sqlite.insert), ("postgresql", postgresql.insert))
}


def open_tickets_at(units: Sequence[str], limit: int) -> Select[tuple[object, ...]]:
    """The query for open tickets of some units: emergencies first, then by deadline."""
    return (
        select(TICKETS)
        .where(TICKETS.c.owner.in_(list(units)), TICKETS.c.due_at.is_not(None))
        .order_by(TICKETS.c.urgent.desc(), TICKETS.c.due_at)
        .limit(limit)
    )


class TicketPart(Part):
    """Tickets."""

    async def next_sequence(self, day: date) -> int:
        """The next sequence number of a local day; the row is locked until the commit."""
        statement = _COUNT[self._connection.dialect.name]
        result = await self._connection.execute(statement, {"day": day, "last": 1})
        return int(result.scalar_one())

    async def add_ticket(self, ticket: Ticket, events: Sequence[Event]) -> None:
        """Write a new ticket with its first events."""
        await self._connection.execute(_ADD_TICKET, _ticket_values(ticket))
        await self.append_events(ticket.number, events)

    async def save_ticket(self, ticket: Ticket, events: Sequence[Event]) -> Ticket:
        """Write a changed ticket; its `version` must be the one that was read."""
        saved = replace(ticket, version=ticket.version + 1)
        result = await self._connection.execute(
            _SAVE_TICKET, _ticket_values(saved) | {"of": ticket.number, "read": ticket.version}
        )
        if result.rowcount != 1:
            raise Conflict(f"ticket {ticket.number} was changed meanwhile")
        await self.append_events(ticket.number, events)
        return saved

    async def append_events(self, number: str, events: Sequence[Event]) -> None:
        """Append to the history."""
        if events:
            await self._connection.execute(
                _ADD_EVENT, [_event_values(number, event) for event in events]
            )

    async def ticket(self, number: str) -> Ticket | None:
        """A ticket by its number, locked until the commit where the database can."""
        rows = await self._connection.execute(
            select(TICKETS).where(TICKETS.c.number == number).with_for_update()
        )
        row = rows.mappings().first()
        return ticket_of(row) if row else None

    async def events(self, number: str) -> list[Event]:
        """The history, oldest first."""
        rows = await self._connection.execute(
            select(TICKET_EVENTS)
            .where(TICKET_EVENTS.c.ticket == number)
            .order_by(TICKET_EVENTS.c.id)
        )
        return [event_of(row) for row in rows.mappings()]

    async def tickets_of(self, reporter: str, *, limit: int) -> list[Ticket]:
        """The newest tickets of one conversation."""
        rows = await self._connection.execute(_TICKETS_OF, {"chat": reporter, "most": limit})
        return [ticket_of(row) for row in rows.mappings()]

    async def open_at(self, units: Sequence[str], *, limit: int) -> list[Ticket]:
        """Open tickets owned by any of the units, the most pressing first."""
        rows = await self._connection.execute(open_tickets_at(units, limit))
        return [ticket_of(row) for row in rows.mappings()]

    async def understanding_of(self, inbox_id: int) -> Understanding | None:
        """What the classifier said of a message, at the last reading of the whole."""
        payload = await self._connection.scalar(
            select(PREDICTIONS.c.payload)
            .where(PREDICTIONS.c.inbox_id == inbox_id)
            .order_by(PREDICTIONS.c.ticket.is_not(None), PREDICTIONS.c.id.desc())
            .limit(1)
        )
        return None if payload is None else UNDERSTANDING.validate_json(payload)

    async def due_tickets(self, now: datetime, limit: int) -> list[Ticket]:
        """Tickets whose deadline has passed, most overdue first, claimed by this transaction."""
        rows = await self._connection.execute(
            select(TICKETS)
            .where(TICKETS.c.due_at <= now)
            .order_by(TICKETS.c.due_at)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        return [ticket_of(row) for row in rows.mappings()]

    async def open_tickets(self, after: str, limit: int) -> list[Ticket]:
        """Open tickets with a number above `after`, claimed by this transaction."""
        rows = await self._connection.execute(_OPEN_AFTER, {"after": after, "most": limit})
        return [ticket_of(row) for row in rows.mappings()]

    async def add_prediction(self, prediction: PredictionRecord) -> None:
        """Keep what the classifier said."""
        await self._connection.execute(
            _ADD_PREDICTION,
            {
                "inbox_id": prediction.inbox_id,
                "ticket": prediction.ticket,
                "model": prediction.understanding.model,
                "degraded": prediction.understanding.degraded,
                "payload": dump(UNDERSTANDING, prediction.understanding),
                "reasons": dump(REASONS, prediction.reasons),
                "at": prediction.at,
            },
        )

    async def degraded_tickets(self, limit: int) -> list[tuple[Ticket, str, int]]:
        """Open tickets that were understood by keywords only, with their first message."""
        first = (
            select(PREDICTIONS.c.inbox_id)
            .where(PREDICTIONS.c.ticket == TICKETS.c.number)
            .order_by(PREDICTIONS.c.id)
            .limit(1)
            .scalar_subquery()
        )
        rows = await self._connection.execute(
            select(TICKETS, first.label("inbox_id"))
            .where(TICKETS.c.degraded, TICKETS.c.state.not_in([str(s) for s in FINAL]))
            .order_by(TICKETS.c.created_at)
            .limit(limit)
        )
        return [(ticket_of(row), row["text"], int(row["inbox_id"] or 0)) for row in rows.mappings()]

    async def ticket_of_message(self, inbox_id: int) -> str | None:
        """The ticket that a message belongs to."""
        found = await self._connection.scalar(select(INBOX.c.ticket).where(INBOX.c.id == inbox_id))
        return None if found is None else str(found)
