"""Reads for the cadres' page; they go past the model on purpose."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from services.messages import BotName
from services.ports import PredictionRecord
from storage.database import Database
from storage.predictions import newest_prediction
from storage.tables import ATTACHMENTS, TICKET_EVENTS, TICKETS
from storage.ticket_part import open_tickets_at
from storage.ticket_rows import event_of, ticket_of
from storage.waiting import tickets_waiting_for
from tickets.events import Event
from tickets.states import State
from tickets.ticket import Ticket

_TO_CALL = (str(State.RESOLVED), str(State.PENDING_CALLBACK))


class SqlDesk:
    """`services.ports.Desk` on SQLite and PostgreSQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def tickets_at(self, units: Sequence[str], *, limit: int) -> list[Ticket]:
        """Open tickets owned by any of the units, the most pressing first."""
        async with self._database.read() as connection:
            rows = await connection.execute(open_tickets_at(units, limit))
            return [ticket_of(row) for row in rows.mappings()]

    async def ticket(self, number: str) -> tuple[Ticket, list[Event], list[str]] | None:
        """A ticket with its history and the media refs of its files."""
        async with self._database.read() as connection:
            found = await connection.execute(select(TICKETS).where(TICKETS.c.number == number))
            row = found.mappings().first()
            if row is None:
                return None
            events = await connection.execute(
                select(TICKET_EVENTS)
                .where(TICKET_EVENTS.c.ticket == number)
                .order_by(TICKET_EVENTS.c.id)
            )
            files = await connection.execute(
                select(ATTACHMENTS.c.ref)
                .where(ATTACHMENTS.c.ticket == number, ATTACHMENTS.c.ref.startswith("media:"))
                .order_by(ATTACHMENTS.c.id)
            )
            return (
                ticket_of(row),
                [event_of(event) for event in events.mappings()],
                [str(ref) for ref in files.scalars()],
            )

    async def to_call_back(self, *, limit: int) -> list[Ticket]:
        """Closed tickets that a human has to call back, the oldest first."""
        query = (
            select(TICKETS)
            .where(TICKETS.c.suspicion != "", TICKETS.c.state.in_(_TO_CALL))
            .order_by(TICKETS.c.resolved_at)
            .limit(limit)
        )
        async with self._database.read() as connection:
            rows = await connection.execute(query)
            return [ticket_of(row) for row in rows.mappings()]

    async def prediction_of(self, number: str) -> PredictionRecord | None:
        """The newest prediction and decision behind a ticket."""
        async with self._database.read() as connection:
            return await newest_prediction(connection, number)

    async def waiting_for(self, units: Sequence[str], *, limit: int) -> list[Ticket]:
        """Open tickets of other owners that wait for one of the units."""
        async with self._database.read() as connection:
            rows = await connection.execute(tickets_waiting_for(units, limit))
            return [ticket_of(row) for row in rows.mappings()]

    async def exclusions_asked(self, *, limit: int) -> list[Ticket]:
        """Tickets that somebody wants out of the figures, the longest waiting first."""
        asked = select(TICKETS).where(TICKETS.c.excluded == "asked")
        async with self._database.read() as connection:
            rows = await connection.execute(asked.order_by(TICKETS.c.updated_at).limit(limit))
            return [ticket_of(row) for row in rows.mappings()]

    async def merged_into(self, numbers: Sequence[str]) -> list[Ticket]:
        """The tickets that are merged into one of these, in the order of their numbers."""
        merged = select(TICKETS).where(TICKETS.c.main.in_(list(numbers)))
        async with self._database.read() as connection:
            rows = await connection.execute(merged.order_by(TICKETS.c.number))
            return [ticket_of(row) for row in rows.mappings()]

    async def proofs(self, numbers: Sequence[str]) -> frozenset[str]:
        """The refs of the files that cadres sent for these tickets."""
        sent = select(ATTACHMENTS.c.ref).where(
            ATTACHMENTS.c.ticket.in_(list(numbers)),
            ATTACHMENTS.c.key.contains(f":{BotName.CADRES}:", autoescape=True),
        )
        async with self._database.read() as connection:
            return frozenset(str(ref) for ref in (await connection.execute(sent)).scalars())
