"""Tickets and their histories."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from services.ports.records import NOTHING_KNOWN, PredictionRecord
from services.understanding import Understanding
from tickets.events import Event
from tickets.ticket import Ticket


class TicketWork(Protocol):
    """Tickets with their histories, and what was read behind them."""

    async def ticket_of_message(self, inbox_id: int) -> str | None:
        """The ticket that a message belongs to."""
        ...

    async def next_sequence(self, day: date) -> int:
        """The next ticket sequence number of a local day, from 1."""
        ...

    async def add_ticket(self, ticket: Ticket, events: Sequence[Event]) -> None:
        """Write a new ticket with its first events."""
        ...

    async def save_ticket(self, ticket: Ticket, events: Sequence[Event]) -> Ticket:
        """Write a changed ticket and append its events; an old version is a `Conflict`, here or
        at the latest when it is committed."""
        ...

    async def append_events(self, number: str, events: Sequence[Event]) -> None:
        """Append events that change no column of the ticket."""
        ...

    async def ticket(self, number: str) -> Ticket | None:
        """A ticket by its number."""
        ...

    async def present(self, number: str) -> Ticket | None:
        """A ticket that this transaction has claimed, as it is now within it."""
        ...

    async def events(self, number: str) -> list[Event]:
        """The ticket's history, oldest first."""
        ...

    async def split_notes(self, number: str) -> list[str]:
        """What was noted of other tickets of the same message (拆单), oldest first."""
        ...

    async def tickets_of(self, reporter: str, *, limit: int) -> list[Ticket]:
        """The newest tickets of one conversation."""
        ...

    async def open_at(self, units: Sequence[str], *, limit: int) -> list[Ticket]:
        """Open tickets owned by any of the units, the most pressing first."""
        ...

    async def understanding_of(self, inbox_id: int) -> Understanding | None:
        """What the classifier said of a message that waits for an answer.

        Not what it said of one of its parts, which may have a ticket already.
        """
        ...

    async def waiting_for(self, units: Sequence[str], *, limit: int) -> list[Ticket]:
        """Open tickets of other owners that wait for one of the units, the most pressing first:
        for its decision, for its part, or for its eye because they are late."""
        ...

    async def prediction_of(self, number: str) -> PredictionRecord | None:
        """The newest prediction and decision behind a ticket."""
        ...

    async def merged_into(self, number: str) -> list[Ticket]:
        """The tickets that are merged into this one, in the order of their numbers."""
        ...

    async def open_in(self, village: str, *, limit: int) -> list[Ticket]:
        """Open tickets of one village that are not confidential, the oldest first."""
        ...

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
        ...

    async def open_tickets(self, after: str, limit: int) -> list[Ticket]:
        """Open tickets with a number above `after`, in the order of their numbers, claimed."""
        ...

    async def add_prediction(self, prediction: PredictionRecord) -> None:
        """Keep what the classifier said."""
        ...

    async def degraded_tickets(self, limit: int) -> list[tuple[Ticket, str, int]]:
        """Tickets marked degraded with their first text and its inbox id, oldest first."""
        ...
