"""Deadlines within the twin's unit of work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from services.ports import DueClock
from storage.memory_part import MemoryPart
from storage.memory_state import KeptDeadline
from tickets.clocks import ClockKind, Clocks
from tickets.events import Event
from tickets.life.ladder import GIVEN_UP
from tickets.ticket import Ticket

_WAKES = GIVEN_UP | {ClockKind.CLOSE, ClockKind.OVERDUE}


class MemoryDeadlinePart(MemoryPart):
    """Deadlines."""

    def _write_clocks(self, number: str, before: Clocks, after: Clocks, event: Event) -> None:
        for row in list(self._state.deadlines.values()):
            gone = row.clock in before and row.clock not in after
            if row.ticket == number and row.ended_by is None and gone:
                self._state.deadlines[row.id] = replace(row, ended_by=str(event.name))
        for clock in after:
            if clock not in before:
                key = len(self._state.deadlines) + 1
                self._state.deadlines[key] = KeptDeadline(
                    key, number, clock, clock.due_at, event.actor, str(event.name)
                )

    def _standing(self) -> list[KeptDeadline]:
        return [row for row in self._state.deadlines.values() if row.ended_by is None]

    async def due_clocks(self, now: datetime, limit: int) -> list[DueClock]:
        """Clocks that ran out, or at which nobody is there, the oldest first."""
        due = [
            (row.wake_at, row.id, row)
            for row in self._standing()
            if row.wake_at is not None and row.wake_at <= now
        ]
        due.sort(key=lambda each: each[:2])
        return [
            DueClock(row.id, self._state.tickets[row.ticket], row.clock.kind, row.clock.of)
            for _, _, row in due[:limit]
        ]

    async def look_again(self, clock_id: int, at: datetime | None) -> None:
        """Look at a clock again at `at`; None: when it is due."""
        row = self._state.deadlines.get(clock_id)
        if row is not None and row.ended_by is None:
            wake_at = row.clock.due_at if at is None else at
            self._state.deadlines[clock_id] = replace(row, wake_at=wake_at)

    async def wake_for(self, now: datetime, known: Sequence[str]) -> int:
        """Look at once at every open ticket whose person is none of the `known` cadres."""
        woken = 0
        for row in self._standing():
            ticket = self._state.tickets[row.ticket]
            gone = ticket.person is None or ticket.person not in known
            later = row.wake_at is not None and row.wake_at > now
            if gone and later and row.clock.kind in _WAKES:
                self._state.deadlines[row.id] = replace(row, wake_at=now)
                woken += 1
        return woken

    async def deadlines_of(self, number: str) -> list[tuple[str, str, str]]:
        """Every deadline that a ticket ever had, oldest first: (kind, set by, ended by)."""
        return [
            (str(row.clock.kind), row.why, row.ended_by or "")
            for row in self._state.deadlines.values()
            if row.ticket == number
        ]

    async def standing_clocks(self, number: str) -> Clocks:
        """The clocks of a ticket as the rows tell them."""
        rows = [row.clock for row in self._standing() if row.ticket == number]
        return tuple(sorted(rows, key=lambda clock: clock.key))

    async def helping_at(self, units: Sequence[str], *, limit: int) -> list[Ticket]:
        """Tickets in which one of the units has an open part, the most pressing part first."""
        rows = [row for row in self._standing() if row.clock.of and row.clock.of in units]
        due = [(row.clock.due_at, row.id, row.ticket) for row in rows if row.clock.due_at]
        return [self._state.tickets[number] for _, _, number in sorted(due)][:limit]
