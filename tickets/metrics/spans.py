"""Every clock that a ticket ever had, from when to when it stood, as its history tells."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tickets.clocks import Clock
from tickets.encoding import decoded
from tickets.events import Event, EventName

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


def spans(events: Sequence[Event]) -> tuple[Span, ...]:
    """The clocks of a history in the order in which they were set."""
    standing: dict[Clock, int] = {}
    found: list[Span] = []
    for position, event in enumerate(events):
        told = json.loads(event.changes) if event.changes else {}
        if "clocks" not in told:
            continue
        clocks = decoded("clocks", told["clocks"])
        for clock in [each for each in standing if each not in clocks]:
            found.append(Span(clock, standing.pop(clock), event.at, event.name))
        for clock in clocks:
            standing.setdefault(clock, position)
    found.extend(Span(clock, began) for clock, began in standing.items())
    return tuple(sorted(found, key=lambda span: span.began))
