"""What the console reads of tickets, in SQL."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from services.ports import PredictionRecord
from storage.database import Database
from storage.predictions import prediction_of
from storage.tables import PREDICTIONS, TICKETS
from storage.ticket_rows import ticket_of
from tickets.states import State
from tickets.ticket import Ticket


class SqlCaseFiles:
    """`services.case_files.CaseFiles` on SQLite and PostgreSQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def pending_intake(self, units: Sequence[str], *, limit: int) -> list[Ticket]:
        """Tickets of these units that wait for a human's triage."""
        query = (
            select(TICKETS)
            .where(TICKETS.c.state == str(State.PENDING_INTAKE), TICKETS.c.owner.in_(list(units)))
            .order_by(TICKETS.c.urgent.desc(), TICKETS.c.created_at, TICKETS.c.number)
            .limit(limit)
        )
        async with self._database.read() as connection:
            rows = await connection.execute(query)
            return [ticket_of(row) for row in rows.mappings()]

    async def predictions_of(self, number: str) -> list[PredictionRecord]:
        """Every reading and decision behind a ticket, the oldest first."""
        query = select(PREDICTIONS).where(PREDICTIONS.c.ticket == number)
        async with self._database.read() as connection:
            rows = await connection.execute(query.order_by(PREDICTIONS.c.id))
            return [prediction_of(row) for row in rows.mappings()]

    async def with_words(self, words: str, *, limit: int) -> list[Ticket]:
        """The newest tickets whose first words hold these."""
        query = select(TICKETS).where(TICKETS.c.text.icontains(words, autoescape=True))
        async with self._database.read() as connection:
            rows = await connection.execute(query.order_by(TICKETS.c.number.desc()).limit(limit))
            return [ticket_of(row) for row in rows.mappings()]
