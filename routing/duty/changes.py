"""What has changed against the roster: who is away (请假), and who took over a shift (换班).

The roster is what a county planned; these are what its cadres said since, in their own chats.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum

STILL_MATTERS = timedelta(days=2)
"""What ended longer ago cannot change who is on duty: the longest shift takes a day."""


@dataclass(frozen=True, slots=True)
class Absence:
    """One leave, from `start` to `end` (excluded), both aware.

    Who cannot be there must leave contact details (domain.md §2): with a `deputy` that person is in
    charge; with a `contact` alone the cadre stays in charge, reached there; with neither the unit's
    leader is.
    """

    id: str
    cadre: str
    start: datetime
    end: datetime
    deputy: str = ""
    """The cadre who stands in; empty: nobody."""
    contact: str = ""
    """The telephone number left; empty: none."""
    back_at: datetime | None = None
    """When the cadre said to be back early (销假)."""

    @property
    def until(self) -> datetime:
        """When it really ends (excluded)."""
        return self.end if self.back_at is None else min(self.end, self.back_at)

    def covers(self, at: datetime) -> bool:
        """Whether the cadre is away at this moment."""
        return self.start <= at < self.until

    def overlaps(self, start: datetime, end: datetime) -> bool:
        """Whether some of it lies between the two (end excluded)."""
        return self.start < self.until and self.start < end and start < self.until


class SwapState(StrEnum):
    """How far a swap has come; only `AGREED` changes anything."""

    ASKED = "asked"
    AGREED = "agreed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Swap:
    """`giver` asks `taker` to take the shift that begins on `day` at `start` (local).

    Who sits one shift for several units at once gives it away for all of them.
    """

    id: str
    day: date
    start: time
    giver: str
    taker: str
    asked_at: datetime
    state: SwapState = SwapState.ASKED
    answered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class LiveDuty:
    """All changes that may still matter. Replaced as a whole when one is added."""

    absences: tuple[Absence, ...] = ()
    swaps: tuple[Swap, ...] = ()
    """Asked, answered and withdrawn ones alike."""
    _absences_of: Mapping[str, tuple[Absence, ...]] = field(default_factory=dict, repr=False)
    _agreed_on: Mapping[date, tuple[Swap, ...]] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, absences: Iterable[Absence], swaps: Iterable[Swap]) -> LiveDuty:
        absences, swaps = tuple(absences), tuple(swaps)
        of_cadre: dict[str, list[Absence]] = defaultdict(list)
        for absence in absences:
            of_cadre[absence.cadre].append(absence)
        agreed: dict[date, list[Swap]] = defaultdict(list)
        for swap in sorted(swaps, key=lambda each: (each.answered_at or each.asked_at, each.id)):
            if swap.state is SwapState.AGREED:
                agreed[swap.day].append(swap)
        return cls(
            absences,
            swaps,
            {cadre: tuple(found) for cadre, found in of_cadre.items()},
            {day: tuple(found) for day, found in agreed.items()},
        )

    def absence(self, cadre: str, at: datetime) -> Absence | None:
        """The leave that somebody is on at this moment."""
        found = (each for each in self._absences_of.get(cadre, ()) if each.covers(at))
        return next(found, None)

    def absences_of(self, cadre: str, since: datetime) -> tuple[Absence, ...]:
        """Somebody's leaves that are not over at `since`, the earliest first."""
        found = [
            each for each in self._absences_of.get(cadre, ()) if each.until > max(since, each.start)
        ]
        return tuple(sorted(found, key=lambda each: each.start))

    def around(self, people: Iterable[str]) -> set[Absence]:
        """The leaves of some people, and those of the deputies whom they named for them."""
        found = {each for person in people for each in self._absences_of.get(person, ())}
        named = {absence.deputy for absence in found}
        return found.union(*(self._absences_of.get(deputy, ()) for deputy in named))

    def holder(self, day: date, start: time, planned: str) -> str:
        """Who has the shift of `planned` after all swaps that were agreed to, in their order."""
        holder = planned
        for swap in self._agreed_on.get(day, ()):
            if swap.start == start and swap.giver == holder:
                holder = swap.taker
        return holder

    def swap(self, swap_id: str) -> Swap | None:
        """A swap by its id."""
        return next((each for each in self.swaps if each.id == swap_id), None)

    def waiting_for(self, cadre: str) -> tuple[Swap, ...]:
        """Swaps that somebody was asked for and has not answered, the earliest shift first."""
        found = [s for s in self.swaps if s.taker == cadre and s.state is SwapState.ASKED]
        return tuple(sorted(found, key=lambda each: (each.day, each.start)))

    def asked_by(self, cadre: str) -> tuple[Swap, ...]:
        """Swaps that somebody asked for and that nobody has answered, the earliest shift first."""
        found = [s for s in self.swaps if s.giver == cadre and s.state is SwapState.ASKED]
        return tuple(sorted(found, key=lambda each: (each.day, each.start)))


NO_CHANGES = LiveDuty()
"""Everything is as the roster says."""
