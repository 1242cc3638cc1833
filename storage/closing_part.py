"""Closings within a unit of work: what a human may have to call back about."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select

from services.messages import BotName
from storage.deadline_part import DeadlinePart
from storage.tables import ATTACHMENTS, PICTURES, TICKETS
from tickets.states import State
from tickets.ticket import Ticket

_BY_CADRES = (
    ATTACHMENTS.c.key.contains(f":{BotName.CADRES}:", autoescape=True),
    ATTACHMENTS.c.mime.startswith("image/"),
)


class ClosingPart(DeadlinePart):
    """Closings and their evidence."""

    async def proofs_of(self, number: str) -> int:
        """How many pictures cadres sent for a ticket."""
        count = await self._connection.scalar(
            select(func.count()).where(ATTACHMENTS.c.ticket == number, *_BY_CADRES)
        )
        return int(count or 0)

    async def proof_refs(self, number: str) -> list[str]:
        """`media:<id>` of the pictures that cadres sent for a ticket, as far as they are here."""
        rows = await self._connection.execute(
            select(ATTACHMENTS.c.ref)
            .where(
                ATTACHMENTS.c.ticket == number,
                ATTACHMENTS.c.ref.startswith("media:"),
                *_BY_CADRES,
            )
            .order_by(ATTACHMENTS.c.id)
        )
        return [str(ref) for ref in rows.scalars()]

    async def resolved_before(self, at: datetime, *, limit: int) -> list[Ticket]:
        """Tickets in state `resolved` whose answer went out before then, the oldest first."""
        rows = await self._connection.execute(
            select(TICKETS)
            .where(TICKETS.c.state == str(State.RESOLVED), TICKETS.c.resolved_at <= at)
            .order_by(TICKETS.c.resolved_at, TICKETS.c.number)
            .limit(limit)
        )
        return [self._read(row) for row in rows.mappings()]

    async def answers_at(self, unit: str, since: datetime, *, limit: int) -> list[tuple[str, str]]:
        """(number, public answer) of a unit's tickets answered since then, the newest first."""
        rows = await self._connection.execute(
            select(TICKETS.c.number, TICKETS.c.answer)
            .where(TICKETS.c.owner == unit, TICKETS.c.resolved_at >= since)
            .order_by(TICKETS.c.resolved_at.desc())
            .limit(limit)
        )
        return [(row["number"], row["answer"]) for row in rows.mappings()]

    async def keep_picture(
        self, ref: str, picture: str, number: str, unit: str, at: datetime
    ) -> None:
        """Keep the perceptual hash of a picture; once for each."""
        await self._connection.execute(
            self._insert(PICTURES)
            .values(ref=ref, picture=picture, ticket=number, unit=unit, at=at)
            .on_conflict_do_nothing()
        )

    async def pictures_at(self, unit: str, since: datetime, *, limit: int) -> list[tuple[str, str]]:
        """(ticket, perceptual hash) of a unit's pictures since then, the newest first."""
        rows = await self._connection.execute(
            select(PICTURES.c.ticket, PICTURES.c.picture)
            .where(PICTURES.c.unit == unit, PICTURES.c.at >= since)
            .order_by(PICTURES.c.at.desc())
            .limit(limit)
        )
        return [(row["ticket"], row["picture"]) for row in rows.mappings()]
