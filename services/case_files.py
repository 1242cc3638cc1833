"""What the console reads of tickets beyond the cadres' page; a port, and the order of a queue."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from services.ports import PredictionRecord
from tickets.clocks import ClockKind
from tickets.ticket import Ticket


class CaseFiles(Protocol):
    """Reads for the console."""

    async def pending_intake(self, units: Sequence[str], *, limit: int) -> list[Ticket]:
        """Tickets of these units that wait for a human's triage, the oldest first, urgent ones
        before all others."""
        ...

    async def predictions_of(self, number: str) -> list[PredictionRecord]:
        """Every reading and decision behind a ticket, the oldest first."""
        ...

    async def with_words(self, words: str, *, limit: int) -> list[Ticket]:
        """The newest tickets whose first words hold these."""
        ...


def most_urgent_first(tickets: Iterable[Ticket]) -> list[Ticket]:
    """Urgent before the rest, then by the clock of triage, then the oldest."""

    def pressure(ticket: Ticket) -> tuple[bool, float, str]:
        clock = ticket.clock(ClockKind.TRIAGE)
        due = clock.due_at.timestamp() if clock and clock.due_at else float("inf")
        return (not ticket.urgent, due, ticket.number)

    return sorted(tickets, key=pressure)
