"""Closings within the twin's unit of work."""

from __future__ import annotations

from datetime import datetime

from services.messages import BotName
from storage.memory_deadline_part import MemoryDeadlinePart
from storage.memory_state import KeptFile, KeptPicture
from tickets.states import State
from tickets.ticket import Ticket


class MemoryClosingPart(MemoryDeadlinePart):
    """Closings and their evidence."""

    def _proofs(self, number: str) -> list[KeptFile]:
        return [
            file
            for file in self._state.files.values()
            if file.ticket == number
            and file.address.bot is BotName.CADRES
            and file.file.mime.startswith("image/")
        ]

    async def proofs_of(self, number: str) -> int:
        """How many pictures cadres sent for a ticket."""
        return len(self._proofs(number))

    async def proof_refs(self, number: str) -> list[str]:
        """`media:<id>` of the pictures that cadres sent for a ticket, as far as they are here."""
        refs = [file.file.ref for file in self._proofs(number)]
        return [ref for ref in refs if ref.startswith("media:")]

    async def resolved_before(self, at: datetime, *, limit: int) -> list[Ticket]:
        """Tickets in state `resolved` whose answer went out before then, the oldest first."""
        found = [
            (each.resolved_at, each.number, each)
            for each in self._state.tickets.values()
            if each.state is State.RESOLVED and each.resolved_at and each.resolved_at <= at
        ]
        return [ticket for _, _, ticket in sorted(found, key=lambda each: each[:2])][:limit]

    async def answers_at(self, unit: str, since: datetime, *, limit: int) -> list[tuple[str, str]]:
        """(number, public answer) of a unit's tickets answered since then, the newest first."""
        found = [
            (each.resolved_at, each.number, each.answer)
            for each in self._state.tickets.values()
            if each.owner == unit and each.resolved_at and each.resolved_at >= since
        ]
        return [(number, answer) for _, number, answer in sorted(found, reverse=True)][:limit]

    async def keep_picture(
        self, ref: str, picture: str, number: str, unit: str, at: datetime
    ) -> None:
        """Keep the perceptual hash of a picture; once for each."""
        self._state.pictures.setdefault(ref, KeptPicture(picture, number, unit, at))

    async def pictures_at(self, unit: str, since: datetime, *, limit: int) -> list[tuple[str, str]]:
        """(ticket, perceptual hash) of a unit's pictures since then, the newest first."""
        kept = [each for each in self._state.pictures.values() if each.unit == unit]
        kept = sorted(kept, key=lambda each: each.at, reverse=True)
        return [(each.ticket, each.picture) for each in kept if each.at >= since][:limit]
