"""What tells an honest closing from another."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from tickets.ticket import Ticket


class ClosingWork(Protocol):
    """What shows whether a ticket was closed in earnest."""

    async def resolved_before(self, at: datetime, *, limit: int) -> list[Ticket]:
        """Tickets in state `resolved` whose answer went out before then, the oldest first."""
        ...

    async def answers_at(self, unit: str, since: datetime, *, limit: int) -> list[tuple[str, str]]:
        """(number, public answer) of a unit's tickets answered since then, the newest first."""
        ...

    async def proof_refs(self, number: str) -> list[str]:
        """`media:<id>` of the pictures that cadres sent for a ticket, as far as they are here."""
        ...

    async def keep_picture(
        self, ref: str, picture: str, number: str, unit: str, at: datetime
    ) -> None:
        """Keep the perceptual hash of a picture; once for each."""
        ...

    async def pictures_at(self, unit: str, since: datetime, *, limit: int) -> list[tuple[str, str]]:
        """(ticket, perceptual hash) of a unit's pictures since then, the newest first."""
        ...

    async def proofs_of(self, number: str) -> int:
        """How many pictures cadres sent for a ticket."""
        ...
