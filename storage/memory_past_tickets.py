"""Tickets of the past on the twin."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime

from services.past_tickets import COURSE, Record
from storage.memory_state import MemoryDatabase
from tickets.events import Event
from tickets.ticket import Ticket


class MemoryPastTickets:
    """`services.past_tickets.PastTickets` without a database."""

    def __init__(self, database: MemoryDatabase) -> None:
        self._database = database

    def _made(self, since: datetime, until: datetime) -> list[Ticket]:
        made = [
            ticket
            for ticket in self._database.committed.tickets.values()
            if since <= ticket.created_at <= until
        ]
        return sorted(made, key=lambda ticket: ticket.number)

    async def count(self, since: datetime, until: datetime) -> int:
        """How many tickets were made from `since` up to `until`."""
        return len(self._made(since, until))

    async def pages(
        self, since: datetime, until: datetime, size: int
    ) -> AsyncIterator[list[Record]]:
        """Those tickets in the order of their numbers, at most `size` at a time."""
        made = self._made(since, until)
        for start in range(0, len(made), size):
            yield [self._record(ticket) for ticket in made[start : start + size]]

    def _record(self, ticket: Ticket) -> Record:
        state = self._database.committed
        newest = [each for each in state.predictions.values() if each.ticket == ticket.number]
        return Record(
            replace(
                ticket, text="", answer="", why_not="", suspicion="", request=None, subtasks=()
            ),
            newest[-1] if newest else None,
            tuple(
                Event(
                    kept.event.name,
                    kept.event.at,
                    kept.event.actor,
                    kept.event.state,
                    unit=kept.event.unit,
                )
                for kept in state.records.get(ticket.number, ())
                if kept.event.name in COURSE
            ),
        )
