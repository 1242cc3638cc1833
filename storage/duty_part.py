"""Leaves, swaps and told gaps within a unit of work."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, insert, select, update

from routing.duty import Absence, Gap, LiveDuty, Swap, SwapState
from services.ports import DUTY_TOPIC
from storage.duty_rows import gap_of, read_duty
from storage.part import Part
from storage.tables import DUTY_ABSENCES as ABSENCES
from storage.tables import DUTY_GAPS as GAPS
from storage.tables import DUTY_SWAPS as SWAPS
from storage.tables import DUTY_VERSION as VERSION

_LOCK = "LOCK TABLE duty_absences IN SHARE ROW EXCLUSIVE MODE"
_LOCK_GAPS = "LOCK TABLE duty_gaps IN SHARE ROW EXCLUSIVE MODE"


class DutyPart(Part):
    """What has changed against the roster, and who was told of gaps."""

    sent: set[str]
    """Topics to wake after the commit."""

    async def live_duty(self, since: datetime) -> LiveDuty:
        """What still matters at `since`; nobody else changes it until the commit."""
        await self._alone(_LOCK)
        return await read_duty(await self._connection.raw(), since)

    async def add_absence(self, absence: Absence, now: datetime) -> None:
        """Write a leave."""
        await self._connection.execute(
            insert(ABSENCES).values(
                id=absence.id,
                cadre=absence.cadre,
                starts_at=absence.start,
                ends_at=absence.end,
                deputy=absence.deputy,
                contact=absence.contact,
                noted_at=now,
                back_at=absence.back_at,
            )
        )
        await self._changed()

    async def end_absence(self, absence_id: str, at: datetime) -> bool:
        """Write that somebody is back early; False when that was said already."""
        result = await self._connection.execute(
            update(ABSENCES)
            .where(ABSENCES.c.id == absence_id, ABSENCES.c.back_at.is_(None))
            .values(back_at=at)
        )
        if result.rowcount:
            await self._changed()
        return result.rowcount == 1

    async def ask_swap(self, swap: Swap) -> None:
        """Write that somebody asks a colleague to take a shift."""
        await self._connection.execute(
            insert(SWAPS).values(
                id=swap.id,
                day=swap.day,
                start=swap.start,
                giver=swap.giver,
                taker=swap.taker,
                state=str(swap.state),
                asked_at=swap.asked_at,
                answered_at=swap.answered_at,
            )
        )
        await self._changed()

    async def answer_swap(self, swap_id: str, state: SwapState, now: datetime) -> bool:
        """Write the answer; False when there is one already."""
        result = await self._connection.execute(
            update(SWAPS)
            .where(SWAPS.c.id == swap_id, SWAPS.c.state == str(SwapState.ASKED))
            .values(state=str(state), answered_at=now)
        )
        if result.rowcount:
            await self._changed()
        return result.rowcount == 1

    async def told_gaps(self, since: datetime) -> list[Gap]:
        """Gaps that end after `since` and were told of; nobody else tells until the commit."""
        await self._alone(_LOCK_GAPS)
        rows = await self._connection.execute(
            select(GAPS).where(GAPS.c.ends_at > since).order_by(GAPS.c.unit, GAPS.c.starts_at)
        )
        return [gap_of(row) for row in rows.mappings()]

    async def note_told(self, gap: Gap, now: datetime) -> None:
        """Write that a gap was told of; one of the same unit and start is brought up to date."""
        values = {"ends_at": gap.end, "why": gap.why, "told_at": now}
        await self._connection.execute(
            self._insert(GAPS)
            .values(unit=gap.unit, starts_at=gap.start, **values)
            .on_conflict_do_update(index_elements=["unit", "starts_at"], set_=values)
        )

    async def forget_told(self, gap: Gap) -> None:
        """A gap that was told of is none any more: should it come again, it is told again."""
        await self._connection.execute(
            delete(GAPS).where(GAPS.c.unit == gap.unit, GAPS.c.starts_at == gap.start)
        )

    async def _alone(self, lock: str) -> None:
        if self._connection.dialect.name == "postgresql":
            # SQLite's writers exclude each other anyway.
            await (await self._connection.raw()).exec_driver_sql(lock)

    async def _changed(self) -> None:
        await self._connection.execute(
            self._insert(VERSION)
            .values(id=1, version=1)
            .on_conflict_do_update(index_elements=["id"], set_={"version": VERSION.c.version + 1})
        )
        self.sent.add(DUTY_TOPIC)
