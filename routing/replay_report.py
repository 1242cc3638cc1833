"""Adds up what a replay found, ticket by ticket, without keeping the tickets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from routing.catalogue import Urgency
from routing.replay import ClosingLimit, Comparison

Limit = tuple[Urgency, int | None]
"""(urgency, own working days)."""


@dataclass(slots=True)
class Measure:
    """Counts of tickets under the present catalogue and under the new one."""

    before: int = 0
    after: int = 0

    def add(self, before: int, after: int) -> None:
        """Count one ticket."""
        self.before += before
        self.after += after

    @property
    def differs(self) -> bool:
        """Whether the new catalogue makes another number of it."""
        return self.before != self.after


@dataclass(slots=True)
class MatterCounts:
    """The tickets of one matter (None: nothing was understood)."""

    tickets: int = 0
    moved: int = 0
    other_limits: int = 0
    climbing: Measure = field(default_factory=Measure)
    """Tickets that would have climbed at least one rung."""
    rungs: Measure = field(default_factory=Measure)
    """All rungs together."""
    overdue: Measure = field(default_factory=Measure)
    changed: int = 0
    """Tickets of which anything is different."""


@dataclass(slots=True)
class ReplayReport:
    """The sums of a replay of tickets made from `since` to `until` (aware)."""

    since: datetime
    until: datetime
    tickets: int = 0
    confidential: int = 0
    guessed: int = 0
    """Tickets of which no understanding was kept."""
    as_then: int = 0
    """Tickets that the present catalogue sends to the unit that really had them first."""
    moved: int = 0
    moved_confidential: int = 0
    changed: int = 0
    triaged: Measure = field(default_factory=Measure)
    climbing: Measure = field(default_factory=Measure)
    rungs: Measure = field(default_factory=Measure)
    overdue: Measure = field(default_factory=Measure)
    steps: tuple[Counter[int], Counter[int]] = field(default_factory=lambda: (Counter(), Counter()))
    """How many tickets would have climbed how many rungs, before and after."""
    flows: dict[tuple[str, str], Counter[str | None]] = field(default_factory=dict)
    """(from, to) of what is moved, with its matters."""
    units: dict[str, Measure] = field(default_factory=dict)
    """What each unit would have had first."""
    matters: dict[str | None, MatterCounts] = field(default_factory=dict)
    limits: Counter[tuple[str | None, str, Limit, Limit]] = field(default_factory=Counter)
    """(matter, appeal type, limit before, limit after) of tickets with another limit."""

    def add(self, found: Comparison) -> None:
        """Count one ticket."""
        before, after = found.before, found.after
        matter = found.past.request.matter
        self.tickets += 1
        self.confidential += found.is_confidential
        self.guessed += found.past.guessed
        self.as_then += before.owner == found.past.course.first_owner
        self.changed += found.is_changed
        self.triaged.add(before.triaged, after.triaged)
        of_matter = self.matters.setdefault(matter, MatterCounts())
        of_matter.tickets += 1
        of_matter.changed += found.is_changed
        for counts in (self, of_matter):
            counts.climbing.add(bool(before.rungs), bool(after.rungs))
            counts.rungs.add(len(before.rungs), len(after.rungs))
            counts.overdue.add(before.overdue, after.overdue)
        for steps, outcome in zip(self.steps, (before, after), strict=True):
            steps[len(outcome.rungs)] += 1
        self.units.setdefault(before.owner, Measure()).before += 1
        self.units.setdefault(after.owner, Measure()).after += 1
        if found.is_moved:
            self.moved += 1
            self.moved_confidential += found.is_confidential
            of_matter.moved += 1
            self.flows.setdefault((before.owner, after.owner), Counter())[matter] += 1
        if found.has_other_limit:
            of_matter.other_limits += 1
            limits = _limit(before.limit), _limit(after.limit)
            self.limits[(matter, found.past.appeal_type, *limits)] += 1

    @property
    def other_limits(self) -> int:
        """Tickets that would have had to be closed at another time."""
        return self.limits.total()

    def of_gone(self, matters: frozenset[str]) -> int:
        """Tickets of some matters."""
        return sum(self.matters[matter].tickets for matter in matters if matter in self.matters)

    def biggest_flows(self) -> Iterator[tuple[str, str, Counter[str | None]]]:
        """From, to and matters of everything that is moved, the most first."""
        for (source, target), matters in sorted(
            self.flows.items(), key=lambda each: (-each[1].total(), each[0])
        ):
            yield source, target, matters


def _limit(limit: ClosingLimit) -> Limit:
    return limit.urgency, limit.days
