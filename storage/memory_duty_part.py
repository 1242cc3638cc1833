"""Leaves, swaps and told gaps on the twin, within its unit of work and outside."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from routing.duty import CHINA_TIME, Absence, Gap, LiveDuty, Swap, SwapState
from services.ports import DUTY_TOPIC
from storage.memory_part import MemoryPart
from storage.memory_state import MemoryDatabase, State


class MemoryDutyPart(MemoryPart):
    """What has changed against the roster, and who was told of gaps."""

    sent: set[str]
    """Topics to wake after the commit."""

    async def live_duty(self, since: datetime) -> LiveDuty:
        """What still matters at `since`."""
        return _live(self._state, since)

    async def add_absence(self, absence: Absence, now: datetime) -> None:
        """Write a leave."""
        self._state.absences[absence.id] = absence
        self._changed()

    async def end_absence(self, absence_id: str, at: datetime) -> bool:
        """Write that somebody is back early; False when that was said already."""
        known = self._state.absences.get(absence_id)
        if known is None or known.back_at is not None:
            return False
        self._state.absences[absence_id] = replace(known, back_at=at)
        self._changed()
        return True

    async def ask_swap(self, swap: Swap) -> None:
        """Write that somebody asks a colleague to take a shift."""
        self._state.swaps[swap.id] = swap
        self._changed()

    async def answer_swap(self, swap_id: str, state: SwapState, now: datetime) -> bool:
        """Write the answer; False when there is one already."""
        known = self._state.swaps.get(swap_id)
        if known is None or known.state is not SwapState.ASKED:
            return False
        self._state.swaps[swap_id] = replace(known, state=state, answered_at=now)
        self._changed()
        return True

    async def told_gaps(self, since: datetime) -> list[Gap]:
        """Gaps that end after `since` and were told of."""
        return [gap for _, gap in sorted(self._state.told_gaps.items()) if gap.end > since]

    async def note_told(self, gap: Gap, now: datetime) -> None:
        """Write that a gap was told of; one of the same unit and start is brought up to date."""
        self._state.told_gaps[gap.unit, gap.start] = gap

    async def forget_told(self, gap: Gap) -> None:
        """A gap that was told of is none any more."""
        self._state.told_gaps.pop((gap.unit, gap.start), None)

    def _changed(self) -> None:
        self._state.duty_version[1] = self._state.duty_version.get(1, 0) + 1
        self.sent.add(DUTY_TOPIC)


class MemoryDutyBook:
    """`services.ports.DutyBook` on the twin."""

    def __init__(self, database: MemoryDatabase) -> None:
        self._database = database

    async def version(self) -> int:
        """Rises with every leave and swap; 0 before the first."""
        return self._database.committed.duty_version.get(1, 0)

    async def live(self, since: datetime) -> tuple[int, LiveDuty]:
        """The version, and what still matters at `since`."""
        return await self.version(), _live(self._database.committed, since)


def _live(state: State, since: datetime) -> LiveDuty:
    day = since.astimezone(CHINA_TIME).date()
    return LiveDuty.of(
        [each for each in state.absences.values() if each.end > since],
        [each for each in state.swaps.values() if each.day >= day],
    )
