"""What another catalogue would have done with a past ticket: pure, one ticket at a time.

The ticket is decided anew as it was understood at its time and with the place that became known,
once by the present catalogue and once by the new one. How long people took is taken from its
history; a new unit is assumed to be as quick as the one of the time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from routing.catalogue import Urgency
from routing.county import County
from routing.decide import decide
from routing.decision import RoutingRequest
from routing.ladder import next_rung


class TimeLimits(Protocol):
    """The county's time limits, as far as a replay needs them."""

    def sign_by(self, unit: str, urgency: Urgency, now: datetime, rung: int) -> datetime:
        """Until when a unit that gets a ticket at `now` must sign for it.

        `rung` counts how often the ticket has climbed before.
        """
        ...

    def close_by(
        self, unit: str, urgency: Urgency, appeal_type: str, now: datetime, days: int | None
    ) -> datetime:
        """Until when a unit that signs for a ticket at `now` must answer; `days` are the matter's
        own working days."""
        ...


@dataclass(frozen=True, slots=True)
class Course:
    """What people did with a ticket; all moments are aware, None is what did not happen (yet)."""

    first_owner: str
    handed_at: datetime | None
    """When its first owner got it to sign for. None: the resident was asked and is silent."""
    taken_at: datetime | None
    """When a cadre first signed for it, answered, gave it back or sent it on; or nobody had to
    any more, because it was taken back."""
    begun_at: datetime | None
    """When whoever finished it (or has it now) signed for it: there the closing limit begins."""
    ended_at: datetime | None
    """When it was first resolved, or taken back."""


@dataclass(frozen=True, slots=True)
class PastTicket:
    """A ticket as it was understood, where it was, and its course."""

    number: str
    created_at: datetime
    request: RoutingRequest
    appeal_type: str
    township: str | None
    confidential: bool
    course: Course
    guessed: bool = False
    """Nothing is kept of how it was understood: what the ticket says stands for it."""


@dataclass(frozen=True, slots=True)
class ClosingLimit:
    """How long closing may take."""

    urgency: Urgency
    days: int | None
    """A matter's own working days; None where the county's limit for the urgency holds."""
    due_at: datetime
    """When that would be up: counted from the signing, or from the first hand-over."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one catalogue makes of a past ticket."""

    owner: str
    triaged: bool
    """A human has to find out whose it is."""
    sealed: bool
    limit: ClosingLimit
    rungs: tuple[str, ...]
    """The units that it would have climbed to before anybody took it, lowest first."""
    overdue: bool
    """Whether it was not closed within the limit (so far, for an open one)."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """A past ticket under the present catalogue and under the new one."""

    past: PastTicket
    before: Outcome
    after: Outcome

    @property
    def is_moved(self) -> bool:
        """Another unit would have had it first."""
        return self.before.owner != self.after.owner

    @property
    def has_other_limit(self) -> bool:
        """It would have had to be closed at another time."""
        return self.before.limit.due_at != self.after.limit.due_at

    @property
    def is_changed(self) -> bool:
        """Anything would be different."""
        return (
            self.is_moved
            or self.has_other_limit
            or self.before.triaged != self.after.triaged
            or self.before.rungs != self.after.rungs
            or self.before.overdue != self.after.overdue
        )

    @property
    def is_confidential(self) -> bool:
        """Counted only: nothing of it is listed."""
        return self.past.confidential or self.before.sealed or self.after.sealed


def compare(
    present: County, proposed: County, limits: TimeLimits, past: PastTicket, now: datetime
) -> Comparison:
    """Decide a past ticket by both counties; `now` (aware) is how far open ones were watched."""
    return Comparison(
        past, outcome(present, limits, past, now), outcome(proposed, limits, past, now)
    )


def outcome(county: County, limits: TimeLimits, past: PastTicket, now: datetime) -> Outcome:
    """What a county's catalogue makes of a past ticket."""
    course = past.course
    handed_at = course.handed_at or past.created_at
    decision = decide(county, past.request, handed_at)
    row = county.catalogue.get(past.request.matter)
    owner = decision.owner_unit
    urgency: Urgency = "urgent" if decision.urgent else row.urgency if row else "normal"
    days = row.limits.get(past.appeal_type) if row and urgency != "urgent" else None
    due_at = limits.close_by(owner, urgency, past.appeal_type, course.begun_at or handed_at, days)
    closed = course.ended_at or now
    return Outcome(
        owner=owner,
        triaged=decision.action == "triage",
        sealed=owner == county.org.discipline_channel.code,
        limit=ClosingLimit(urgency, days, due_at),
        rungs=_climbed(county, limits, past, owner, urgency, now),
        overdue=course.begun_at is not None and closed > due_at,
    )


def _climbed(
    county: County,
    limits: TimeLimits,
    past: PastTicket,
    owner: str,
    urgency: Urgency,
    now: datetime,
) -> tuple[str, ...]:
    """One rung for each sign-for limit that ran out before somebody took the ticket."""
    if past.course.handed_at is None:
        return ()
    taken_at = past.course.taken_at or now
    rungs: list[str] = []
    due_at = limits.sign_by(owner, urgency, past.course.handed_at, 0)
    while due_at < taken_at:
        above = next_rung(county, owner, past.request.matter)
        if above is None or above in rungs:
            break
        rungs.append(above)
        owner, due_at = above, limits.sign_by(above, urgency, due_at, len(rungs))
    return tuple(rungs)
