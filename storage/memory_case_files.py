"""What the console reads of tickets, on the twin."""

from __future__ import annotations

from collections.abc import Sequence

from services.ports import PredictionRecord
from storage.memory_state import MemoryDatabase
from tickets.states import State
from tickets.ticket import Ticket


class MemoryCaseFiles:
    """`services.case_files.CaseFiles` without a database."""

    def __init__(self, database: MemoryDatabase) -> None:
        self._database = database

    async def pending_intake(self, units: Sequence[str], *, limit: int) -> list[Ticket]:
        """Tickets of these units that wait for a human's triage."""
        found = [
            ticket
            for ticket in self._database.committed.tickets.values()
            if ticket.state is State.PENDING_INTAKE and ticket.owner in units
        ]
        return sorted(found, key=lambda t: (not t.urgent, t.created_at, t.number))[:limit]

    async def predictions_of(self, number: str) -> list[PredictionRecord]:
        """Every reading and decision behind a ticket, the oldest first."""
        predictions = self._database.committed.predictions.values()
        return [each for each in predictions if each.ticket == number]

    async def with_words(self, words: str, *, limit: int) -> list[Ticket]:
        """The newest tickets whose first words hold these."""
        tickets = self._database.committed.tickets.values()
        found = [ticket for ticket in tickets if words.lower() in ticket.text.lower()]
        return sorted(found, key=lambda ticket: ticket.number, reverse=True)[:limit]
