"""Deadlines as values: written once for each stage, ended or paused, never moved on the sly.

A clock that moves is a new clock in the place of the old one; storage keeps both rows
(`deadlines`), so that who set which deadline, when and why stays readable for ever.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum


class ClockKind(StrEnum):
    """What is due when a clock runs out."""

    TRIAGE = "triage"
    ANSWER = "answer"
    SIGN = "sign"
    CONTACT = "contact"
    CLOSE = "close"
    OVERDUE = "overdue"
    RULE = "rule"
    APPROVE = "approve"
    SHELF = "shelf"
    CHECK = "check"
    FEEDBACK = "feedback"
    REOPEN = "reopen"
    SUBTASK = "subtask"


CLOCK_NAMES: dict[ClockKind, str] = {
    ClockKind.TRIAGE: "受理期限",
    ClockKind.ANSWER: "等群众补充",
    ClockKind.SIGN: "签收期限",
    ClockKind.CONTACT: "首次联系期限",
    ClockKind.CLOSE: "办结期限",
    ClockKind.OVERDUE: "超期后下一次提级",
    ClockKind.RULE: "裁定期限",
    ClockKind.APPROVE: "批延期的期限",
    ClockKind.SHELF: "挂账复查日",
    ClockKind.CHECK: "审核期限",
    ClockKind.FEEDBACK: "回访时间",
    ClockKind.REOPEN: "可重办到",
    ClockKind.SUBTASK: "协办期限",
}


@dataclass(frozen=True, slots=True)
class Clock:
    """One deadline of a ticket that has not ended."""

    kind: ClockKind
    due_at: datetime | None
    """When it runs out; None while it is paused."""
    set_at: datetime
    of: str = ""
    """The unit of a sub-task; empty for everything else."""
    left: float | None = None
    """What is left of a paused clock: working minutes, or wall-clock minutes when urgent."""

    @property
    def key(self) -> tuple[ClockKind, str]:
        """At most one clock of each key stands at a ticket."""
        return (self.kind, self.of)


Clocks = tuple[Clock, ...]
"""In the order of their keys, so that equal sets are equal values."""


def ordered(clocks: Iterable[Clock]) -> Clocks:
    """The clocks as a value; of two with the same key the later one holds."""
    return tuple(sorted({clock.key: clock for clock in clocks}.values(), key=lambda c: c.key))


def find(clocks: Clocks, kind: ClockKind, of: str = "") -> Clock | None:
    """The clock of this kind, running or paused."""
    return next((clock for clock in clocks if clock.key == (kind, of)), None)


def without(clocks: Clocks, *kinds: ClockKind, of: str | None = None) -> Clocks:
    """All but the clocks of these kinds (of one unit, when given)."""
    return tuple(c for c in clocks if c.kind not in kinds or (of is not None and c.of != of))


def put(clocks: Clocks, clock: Clock) -> Clocks:
    """With this clock in the place of an earlier one of its key."""
    return ordered((*clocks, clock))


def next_due(clocks: Clocks) -> datetime | None:
    """When the first of the running clocks runs out."""
    return min((clock.due_at for clock in clocks if clock.due_at is not None), default=None)


def paused(clock: Clock, left: float) -> Clock:
    """The clock standing still with so many minutes left (0 when it had run out)."""
    return replace(clock, due_at=None, left=max(left, 0.0))
