"""Deadlines as rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from services.ports.records import DueClock
from tickets.clocks import Clocks
from tickets.ticket import Ticket


class DeadlineWork(Protocol):
    """Clocks that stand, and those that ran out."""

    async def due_clocks(self, now: datetime, limit: int) -> list[DueClock]:
        """Clocks that ran out, or at which nobody is there, the oldest first: with their tickets,
        claimed by this transaction. What another transaction holds is left to it."""
        ...

    async def deadlines_of(self, number: str) -> list[tuple[str, str, str]]:
        """Every deadline a ticket ever had, oldest first: (kind, what set it, what ended it)."""
        ...

    async def standing_clocks(self, number: str) -> Clocks:
        """The clocks of a ticket as the rows tell them."""
        ...

    async def look_again(self, clock_id: int, at: datetime | None) -> None:
        """Look at a clock again at `at`; None: when it is due."""
        ...

    async def wake_for(self, now: datetime, known: Sequence[str]) -> int:
        """Look at once at every open ticket whose person is none of the `known` cadres.

        Returns how many clocks were woken.
        """
        ...

    async def helping_at(self, units: Sequence[str], *, limit: int) -> list[Ticket]:
        """Tickets in which one of the units has an open part (协办), the most pressing first."""
        ...
