"""Every clock that a ticket ever had, from when to when it stood, as its history tells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tickets.clocks import Clock
from tickets.encoding import Json, clock_of
from tickets.events import Event, EventName
from tickets.history import Told

_CLIMBS = frozenset({EventName.ESCALATED, EventName.REMINDED})


@dataclass(frozen=True, slots=True)
class Span:
    """A clock, and the events between which it stood."""

    clock: Clock
    began: int
    """The position of the event that set it, from 0."""
    ended_at: datetime | None = None
    """When it was ended or set anew; None while it stands."""
    ended_by: EventName | None = None

    def ran_out(self, now: datetime) -> bool:
        """Whether its time was over before what it waited for had happened.

        What happens at the very moment of the deadline is in time, unless it is the climb.
        """
        due = self.clock.due_at
        if due is None:
            return False
        if self.ended_at is None:
            return due < now
        return due < self.ended_at or (due == self.ended_at and self.ended_by in _CLIMBS)


def spans(events: Sequence[Event], history: Sequence[Told]) -> tuple[Span, ...]:
    """The clocks of a history in the order in which they were set; `history` is what its events
    `told`."""
    standing: dict[tuple[Json, ...], int] = {}
    found: list[tuple[int, tuple[Json, ...], Event | None]] = []
    for position, (event, changed) in enumerate(zip(events, history, strict=True)):
        if "clocks" not in changed:
            continue
        # Compared as they are written: most of them just go on standing.
        clocks = {tuple(each): None for each in changed["clocks"]}
        for clock in [each for each in standing if each not in clocks]:
            found.append((standing.pop(clock), clock, event))
        for clock in clocks:
            standing.setdefault(clock, position)
    found.extend((began, clock, None) for clock, began in standing.items())
    found.sort(key=lambda each: each[0])
    return tuple(
        Span(clock_of(*clock), began)
        if end is None
        else Span(clock_of(*clock), began, end.at, end.name)
        for began, clock, end in found
    )
