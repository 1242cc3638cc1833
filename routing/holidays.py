"""The county's own list of public holidays and make-up workdays (节假日, 调休)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

DayKind = Literal["holiday", "workday"]


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """A day that differs from its weekday: a holiday, or a weekend day that is worked."""

    day: date
    kind: DayKind
    name: str


def works_on(days: Iterable[SpecialDay], day: date) -> bool:
    """Whether `day` is a working day: Monday to Friday but for what the county's list says."""
    special = next((each for each in days if each.day == day), None)
    return special.kind == "workday" if special else day.weekday() < 5
