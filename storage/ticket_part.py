"""Tickets, their history and predictions within a unit of work."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import Select, bindparam, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from services.errors import Conflict
from services.messages import BotName
from services.ports import PredictionRecord
from services.understanding import Understanding
from storage.codec import REASONS, UNDERSTANDING, dump
from storage.deadline_part import DeadlinePart
from storage.predictions import newest_prediction
from storage.tables import ATTACHMENTS, INBOX, PREDICTIONS, TICKET_COUNTERS, TICKET_EVENTS, TICKETS
from storage.ticket_rows import event_of, event_values, ticket_of, ticket_values
from storage.waiting import tickets_waiting_for
from tickets.events import Event
from tickets.history import GENESIS, Record, chained, with_changes
from tickets.states import FINAL
from tickets.ticket import Ticket

# Statements of every message are built once: building them anew costs more than running them.
_ADD_TICKET = insert(TICKETS)
_SAVE_TICKET = (
    update(TICKETS)
    .where(TICKETS.c.number == bindparam("of"), TICKETS.c.version == bindparam("read"))
    .returning(TICKETS.c.head)
)
_HEAD = select(TICKETS.c.head).where(TICKETS.c.number == bindparam("of")).with_for_update()
_SET_HEAD = update(TICKETS).where(TICKETS.c.number == bindparam("of"))
_TICKET = select(TICKETS).where(TICKETS.c.number == bindparam("of"))
_LOCKED_TICKET = _TICKET.with_for_update()
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


class TicketPart(DeadlinePart):
    """Tickets."""

    def __init__(self, connection: AsyncConnection) -> None:
        super().__init__(connection)
        self._known: dict[str, Ticket] = {}
        """What was read or written in this transaction: what a change is compared with."""

    def _remember(self, tickets: Iterable[Ticket]) -> list[Ticket]:
        found = list(tickets)
        self._known.update((ticket.number, ticket) for ticket in found)
        return found

    async def next_sequence(self, day: date) -> int:
        """The next sequence number of a local day; the row is locked until the commit."""
        statement = _COUNT[self._connection.dialect.name]
        result = await self._connection.execute(statement, {"day": day, "last": 1})
        return int(result.scalar_one())

    async def add_ticket(self, ticket: Ticket, events: Sequence[Event]) -> None:
        """Write a new ticket with its first events and its deadlines."""
        records = chained(ticket.number, GENESIS, with_changes(None, ticket, events))
        head = {"head": records[-1].hash}
        await self._connection.execute(_ADD_TICKET, ticket_values(ticket) | head)
        await self._write_events(ticket.number, records)
        await self._write_clocks(ticket.number, (), ticket.clocks, records[-1].event)
        self._remember([ticket])

    async def save_ticket(self, ticket: Ticket, events: Sequence[Event]) -> Ticket:
        """Write a changed ticket; its `version` must be the one that was read."""
        before = self._known.get(ticket.number) or await self._unlocked(ticket.number)
        saved = replace(ticket, version=ticket.version + 1)
        result = await self._connection.execute(
            _SAVE_TICKET, ticket_values(saved) | {"of": ticket.number, "read": ticket.version}
        )
        head = result.scalar()
        if head is None or before is None or before.version != ticket.version:
            raise Conflict(f"ticket {ticket.number} was changed meanwhile")
        told = with_changes(before, ticket, events)
        await self._append(ticket.number, head, told)
        if told and before.clocks != ticket.clocks:
            await self._write_clocks(ticket.number, before.clocks, ticket.clocks, told[-1])
        self._remember([saved])
        return saved

    async def append_events(self, number: str, events: Sequence[Event]) -> None:
        """Append to the history what changes nothing of the ticket."""
        if events:
            head = await self._connection.scalar(_HEAD, {"of": number})
            await self._append(number, head or GENESIS, events)

    async def _append(self, number: str, head: str, events: Sequence[Event]) -> None:
        records = chained(number, head, events)
        if records:
            await self._write_events(number, records)
            values = {"of": number, "head": records[-1].hash}
            await self._connection.execute(_SET_HEAD, values)

    async def _write_events(self, number: str, records: Sequence[Record]) -> None:
        await self._connection.execute(
            _ADD_EVENT, [event_values(number, record) for record in records]
        )

    async def _unlocked(self, number: str) -> Ticket | None:
        rows = await self._connection.execute(_TICKET, {"of": number})
        row = rows.mappings().first()
        return ticket_of(row) if row else None

    async def ticket(self, number: str) -> Ticket | None:
        """A ticket by its number, locked until the commit where the database can."""
        rows = await self._connection.execute(_LOCKED_TICKET, {"of": number})
        row = rows.mappings().first()
        return self._remember([ticket_of(row)])[0] if row else None

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
        return self._remember(ticket_of(row) for row in rows.mappings())

    async def open_at(self, units: Sequence[str], *, limit: int) -> list[Ticket]:
        """Open tickets owned by any of the units, the most pressing first."""
        rows = await self._connection.execute(open_tickets_at(units, limit))
        return self._remember(ticket_of(row) for row in rows.mappings())

    async def understanding_of(self, inbox_id: int) -> Understanding | None:
        """What the classifier said of a message, at the last reading of the whole."""
        payload = await self._connection.scalar(
            select(PREDICTIONS.c.payload)
            .where(PREDICTIONS.c.inbox_id == inbox_id)
            .order_by(PREDICTIONS.c.ticket.is_not(None), PREDICTIONS.c.id.desc())
            .limit(1)
        )
        return None if payload is None else UNDERSTANDING.validate_json(payload)

    async def open_tickets(self, after: str, limit: int) -> list[Ticket]:
        """Open tickets with a number above `after`, claimed by this transaction."""
        rows = await self._connection.execute(_OPEN_AFTER, {"after": after, "most": limit})
        return self._remember(ticket_of(row) for row in rows.mappings())

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

    async def waiting_for(self, units: Sequence[str], *, limit: int) -> list[Ticket]:
        """Open tickets of other owners that wait for one of the units."""
        rows = await self._connection.execute(tickets_waiting_for(units, limit))
        return self._remember(ticket_of(row) for row in rows.mappings())

    async def prediction_of(self, number: str) -> PredictionRecord | None:
        """The newest prediction and decision behind a ticket."""
        return await newest_prediction(self._connection, number)

    async def proofs_of(self, number: str) -> int:
        """How many pictures cadres sent for a ticket."""
        count = await self._connection.scalar(
            select(func.count()).where(
                ATTACHMENTS.c.ticket == number,
                ATTACHMENTS.c.key.contains(f":{BotName.CADRES}:", autoescape=True),
                ATTACHMENTS.c.mime.startswith("image/"),
            )
        )
        return int(count or 0)

    async def merged_into(self, number: str) -> list[Ticket]:
        """The tickets that are merged into this one, in the order of their numbers."""
        rows = await self._connection.execute(
            select(TICKETS).where(TICKETS.c.main == number).order_by(TICKETS.c.number)
        )
        return self._remember(ticket_of(row) for row in rows.mappings())

    async def alike(
        self, *, township: str | None, matter: str, since: datetime, limit: int
    ) -> list[Ticket]:
        """Tickets of one matter in one township since then, newest first; none confidential."""
        rows = await self._connection.execute(
            select(TICKETS)
            .where(
                TICKETS.c.township == township,
                TICKETS.c.matter == matter,
                TICKETS.c.created_at >= since,
                TICKETS.c.confidential.is_(False),
            )
            .order_by(TICKETS.c.created_at.desc(), TICKETS.c.number.desc())
            .limit(limit)
        )
        return [ticket_of(row) for row in rows.mappings()]
