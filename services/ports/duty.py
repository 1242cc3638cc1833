"""Duty: what changed against the roster."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from routing.duty import Absence, Gap, LiveDuty, Swap, SwapState


class DutyWork(Protocol):
    """Leaves, swaps of shifts, gaps that were told of."""

    async def live_duty(self, since: datetime) -> LiveDuty:
        """Leaves that end after `since` and swaps of shifts of that local day or later.

        Nobody else changes them until the commit.
        """
        ...

    async def add_absence(self, absence: Absence, now: datetime) -> None:
        """Write a leave (请假)."""
        ...

    async def end_absence(self, absence_id: str, at: datetime) -> bool:
        """Write that somebody is back early (销假); False when that was said already."""
        ...

    async def ask_swap(self, swap: Swap) -> None:
        """Write that somebody asks a colleague to take a shift (换班)."""
        ...

    async def answer_swap(self, swap_id: str, state: SwapState, now: datetime) -> bool:
        """Write the answer to it; False when there is one already."""
        ...

    async def told_gaps(self, since: datetime) -> list[Gap]:
        """Gaps that end after `since` and were told of; nobody else tells until the commit."""
        ...

    async def note_told(self, gap: Gap, now: datetime) -> None:
        """Write that a gap was told of; one of the same unit and start is brought up to date."""
        ...

    async def forget_told(self, gap: Gap) -> None:
        """A gap that was told of is none any more: should it come again, it is told again."""
        ...


class DutyBook(Protocol):
    """What has changed against the roster, for whoever keeps it at hand."""

    async def version(self) -> int:
        """Rises with every leave and swap; 0 before the first."""
        ...

    async def live(self, since: datetime) -> tuple[int, LiveDuty]:
        """A version, and what still matters at `since`: at least as new as that version."""
        ...
