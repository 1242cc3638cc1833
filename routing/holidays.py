"""The county's own list of public holidays and make-up workdays (节假日, 调休)."""

from __future__ import annotations

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
