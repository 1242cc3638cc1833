"""Reading for pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from services.messages import Address
from services.ports.records import Line, PredictionRecord
from tickets.events import Event
from tickets.ticket import Ticket


class Mailbox(Protocol):
    """The web chat's view of inbox and outbox."""

    async def history(self, address: Address, limit: int) -> list[Line]:
        """Both sides, oldest first, cards in their newest form only."""
        ...

    async def since(self, address: Address, after: int, limit: int) -> list[Line]:
        """Our messages with an outbox id above `after`, oldest first."""
        ...


class Desk(Protocol):
    """Reads for the cadres' page."""

    async def tickets_at(self, units: Sequence[str], *, limit: int) -> list[Ticket]:
        """Open tickets owned by any of the units, the most pressing first."""
        ...

    async def ticket(self, number: str) -> tuple[Ticket, list[Event], list[str]] | None:
        """A ticket with its history and the media refs of its files."""
        ...

    async def to_call_back(self, *, limit: int) -> list[Ticket]:
        """Closed tickets that a human has to call back, the oldest first (回访名单)."""
        ...

    async def prediction_of(self, number: str) -> PredictionRecord | None:
        """The newest prediction and decision behind a ticket."""
        ...

    async def waiting_for(self, units: Sequence[str], *, limit: int) -> list[Ticket]:
        """Open tickets of other owners that wait for one of the units, the most pressing first:
        for its decision, for its part, or for its eye because they are late."""
        ...

    async def exclusions_asked(self, *, limit: int) -> list[Ticket]:
        """Tickets that somebody wants out of the figures (剔除), the longest waiting first."""
        ...

    async def merged_into(self, numbers: Sequence[str]) -> list[Ticket]:
        """The tickets that are merged into one of these, in the order of their numbers."""
        ...

    async def proofs(self, numbers: Sequence[str]) -> frozenset[str]:
        """The refs of the files that cadres sent for these tickets."""
        ...
