"""Tickets, their history and predictions within a unit of work."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import RowMapping, Select, bindparam, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from services.errors import Conflict
from services.ports import NOTHING_KNOWN, PredictionRecord
from services.understanding import Understanding
from storage.batched import Order
from storage.closing_part import ClosingPart
from storage.codec import REASONS, UNDERSTANDING, dump
from storage.predictions import newest_prediction
from storage.tables import INBOX, PREDICTIONS, TICKET_COUNTERS, TICKET_EVENTS, TICKETS
from storage.ticket_rows import event_of, event_values, ticket_of, ticket_values
from storage.waiting import tickets_waiting_for
from tickets.events import Event, EventName
from tickets.history import GENESIS, Record, chained, with_changes
from tickets.states import FINAL
from tickets.ticket import Ticket

# Statements of every message are built once: building them anew costs more than running them.
_ADD_TICKET = insert(TICKETS)
_SAVE_TICKET = update(TICKETS).where(
    TICKETS.c.number == bindparam("of"),
    TICKETS.c.version == bindparam("read"),
    TICKETS.c.head == bindparam("known"),
)
_SET_HEAD = (
    update(TICKETS)
    .where(TICKETS.c.number == bindparam("of"), TICKETS.c.head == bindparam("known"))
    .values(head=bindparam("new"))
)
_TICKET = select(TICKETS).where(TICKETS.c.number == bindparam("of"))
_LOCKED_TICKET = _TICKET.with_for_update()
_EVENTS = (
    select(TICKET_EVENTS)
    .where(TICKET_EVENTS.c.ticket == bindparam("of"))
    .order_by(TICKET_EVENTS.c.id)
)
_SPLITS = (
    select(TICKET_EVENTS.c.ticket, TICKET_EVENTS.c.text)
    .where(
        TICKET_EVENTS.c.ticket.in_(bindparam("numbers", expanding=True)),
        TICKET_EVENTS.c.name == str(EventName.SPLIT),
    )
    .order_by(TICKET_EVENTS.c.id)
)
_OPEN_IN = (
    select(TICKETS)
    .where(
        TICKETS.c.village == bindparam("place"),
        TICKETS.c.due_at.is_not(None),
        TICKETS.c.confidential.is_(False),
    )
    .order_by(TICKETS.c.created_at, TICKETS.c.number)
    .limit(bindparam("most"))
)
_MERGED_INTO = select(TICKETS).where(TICKETS.c.main == bindparam("of")).order_by(TICKETS.c.number)
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

_RECENT = (
    select(TICKETS)
    .where(TICKETS.c.created_at >= bindparam("since"), TICKETS.c.confidential.is_(False))
    .order_by(TICKETS.c.created_at.desc(), TICKETS.c.number.desc())
    .limit(bindparam("most"))
)
_RECENT_IN = _RECENT.where(TICKETS.c.township == bindparam("place"))
_VERSIONS = _RECENT.with_only_columns(TICKETS.c.number, TICKETS.c.version)
_VERSIONS_IN = _RECENT_IN.with_only_columns(TICKETS.c.number, TICKETS.c.version)
_THESE = select(TICKETS).where(TICKETS.c.number.in_(bindparam("numbers", expanding=True)))


def open_tickets_at(units: Sequence[str], limit: int) -> Select[tuple[object, ...]]:
    """The query for open tickets of some units: emergencies first, then by deadline."""
    return (
        select(TICKETS)
        .where(TICKETS.c.owner.in_(list(units)), TICKETS.c.due_at.is_not(None))
        .order_by(TICKETS.c.urgent.desc(), TICKETS.c.due_at)
        .limit(limit)
    )


class TicketPart(ClosingPart):
    """Tickets."""

    def __init__(self, connection: AsyncConnection) -> None:
        super().__init__(connection)
        self._known: dict[str, tuple[Ticket, str]] = {}
        """What was read or written in this transaction, with the hash of the last event: what a
        change is compared with."""
        self._written: set[str] = set()
        """Tickets with a write that waits: a second one goes out after it."""
        self._splits: dict[str, list[str]] = {}

    def _read(self, row: RowMapping) -> Ticket:
        ticket = ticket_of(row)
        self._known[ticket.number] = (ticket, row["head"])
        return ticket

    async def _one_by_one(self, number: str) -> None:
        if number in self._written:
            await self._connection.flush()
            self._written.clear()
        self._written.add(number)

    async def next_sequence(self, day: date) -> int:
        """The next sequence number of a local day; the row is locked until the commit."""
        statement = _COUNT[self._connection.dialect.name]
        result = await self._connection.execute(statement, {"day": day, "last": 1})
        return int(result.scalar_one())

    async def add_ticket(self, ticket: Ticket, events: Sequence[Event]) -> None:
        """Write a new ticket with its first events and its deadlines."""
        records = chained(ticket.number, GENESIS, with_changes(None, ticket, events))
        head = records[-1].hash
        await self._connection.execute(_ADD_TICKET, ticket_values(ticket) | {"head": head})
        self._written.add(ticket.number)
        self._write_events(ticket.number, records)
        self._write_clocks(ticket.number, (), ticket.clocks, records[-1].event)
        self._known[ticket.number] = (ticket, head)

    async def save_ticket(self, ticket: Ticket, events: Sequence[Event]) -> Ticket:
        """Write a changed ticket; its `version` must be the one that was read."""
        number = ticket.number
        before, head = await self._before(number)
        if before is None or before.version != ticket.version:
            raise Conflict(f"ticket {number} was changed meanwhile")
        await self._one_by_one(number)
        told = with_changes(before, ticket, events)
        records = chained(number, head, told)
        new_head = records[-1].hash if records else head
        saved = replace(ticket, version=ticket.version + 1)
        values = ticket_values(saved) | {
            "head": new_head,
            "of": number,
            "read": ticket.version,
            "known": head,
        }
        self._connection.defer(Order.TICKETS, _SAVE_TICKET, values)
        self._write_events(number, records)
        if told and before.clocks != ticket.clocks:
            self._write_clocks(number, before.clocks, ticket.clocks, told[-1])
        self._known[number] = (saved, new_head)
        return saved

    async def append_events(self, number: str, events: Sequence[Event]) -> None:
        """Append to the history what changes nothing of the ticket."""
        if not events:
            return
        ticket, head = await self._before(number)
        if ticket is None:
            raise Conflict(f"there is no ticket {number}")
        await self._one_by_one(number)
        records = chained(number, head, events)
        new = {"of": number, "known": head, "new": records[-1].hash}
        self._connection.defer(Order.HEADS, _SET_HEAD, new)
        self._write_events(number, records)
        self._known[number] = (ticket, records[-1].hash)

    def _write_events(self, number: str, records: Sequence[Record]) -> None:
        for record in records:
            self._connection.defer(Order.EVENTS, _ADD_EVENT, event_values(number, record))
            if record.event.name is EventName.SPLIT and number in self._splits:
                self._splits[number].append(record.event.text)

    async def _before(self, number: str) -> tuple[Ticket | None, str]:
        if number not in self._known:
            row = (await self._connection.execute(_TICKET, {"of": number})).mappings().first()
            if row is None:
                return None, GENESIS
            self._read(row)
        return self._known[number]

    async def ticket(self, number: str) -> Ticket | None:
        """A ticket by its number, locked until the commit where the database can."""
        rows = await self._connection.execute(_LOCKED_TICKET, {"of": number})
        row = rows.mappings().first()
        return self._read(row) if row else None

    async def present(self, number: str) -> Ticket | None:
        """A ticket that this transaction holds, as it is now; else as `ticket` reads it."""
        known = self._known.get(number)
        return known[0] if known else await self.ticket(number)

    async def events(self, number: str) -> list[Event]:
        """The history, oldest first."""
        rows = await self._connection.execute(_EVENTS, {"of": number})
        return [event_of(row) for row in rows.mappings()]

    async def split_notes(self, number: str) -> list[str]:
        """What was noted of other tickets of the same message (拆单), oldest first."""
        if number not in self._splits:
            await self._connection.flush()
            await self._foresee_splits([number])
        return list(self._splits[number])

    async def _foresee(self, numbers: Sequence[str]) -> None:
        await self._foresee_splits(numbers)
        await self._look_up([f"c:{number}" for number in numbers])

    async def _foresee_splits(self, numbers: Sequence[str]) -> None:
        self._splits |= {number: [] for number in numbers}
        for row in (await self._connection.look(_SPLITS, {"numbers": list(numbers)})).mappings():
            self._splits[row["ticket"]].append(row["text"])

    async def tickets_of(self, reporter: str, *, limit: int) -> list[Ticket]:
        """The newest tickets of one conversation."""
        rows = await self._connection.execute(_TICKETS_OF, {"chat": reporter, "most": limit})
        return [self._read(row) for row in rows.mappings()]

    async def open_at(self, units: Sequence[str], *, limit: int) -> list[Ticket]:
        """Open tickets owned by any of the units, the most pressing first."""
        rows = await self._connection.execute(open_tickets_at(units, limit))
        return [self._read(row) for row in rows.mappings()]

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
        return [self._read(row) for row in rows.mappings()]

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
        return [self._read(row) for row in rows.mappings()]

    async def prediction_of(self, number: str) -> PredictionRecord | None:
        """The newest prediction and decision behind a ticket."""
        return await newest_prediction(self._connection, number)

    async def merged_into(self, number: str) -> list[Ticket]:
        """The tickets that are merged into this one, in the order of their numbers."""
        rows = await self._connection.execute(_MERGED_INTO, {"of": number})
        return [self._read(row) for row in rows.mappings()]

    async def open_in(self, village: str, *, limit: int) -> list[Ticket]:
        """Open tickets of one village that are not confidential, the oldest first."""
        rows = await self._connection.execute(_OPEN_IN, {"place": village, "most": limit})
        return [self._read(row) for row in rows.mappings()]

    async def recent(
        self,
        township: str | None,
        since: datetime,
        *,
        limit: int,
        known: Mapping[str, Ticket] = NOTHING_KNOWN,
    ) -> list[Ticket]:
        """Tickets of one township (of all for None) since then, newest first; none confidential.

        Those `known` from an earlier look are read again only when they have changed.
        """
        asked: dict[str, object] = {"since": since, "most": limit}
        if township is not None:
            asked["place"] = township
        if not known:
            query = _RECENT if township is None else _RECENT_IN
            rows = await self._connection.execute(query, asked)
            return [self._read(row) for row in rows.mappings()]
        versions = _VERSIONS if township is None else _VERSIONS_IN
        rows = await self._connection.execute(versions, asked)
        listed = {str(row["number"]): int(row["version"]) for row in rows.mappings()}
        found = {n: known[n] for n in listed if n in known and known[n].version == listed[n]}
        if new := [number for number in listed if number not in found]:
            rows = await self._connection.execute(_THESE, {"numbers": new})
            found |= {ticket.number: ticket for ticket in map(self._read, rows.mappings())}
        return [found[number] for number in listed]
