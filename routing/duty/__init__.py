"""Who is on duty: shifts, what has changed against them, who answers now, where nobody does."""

from __future__ import annotations

from routing.duty.changes import (
    NO_CHANGES,
    STILL_MATTERS,
    Absence,
    LiveDuty,
    Swap,
    SwapState,
)
from routing.duty.colleagues import colleagues
from routing.duty.gaps import Gap, Why, gaps, gaps_of_unit
from routing.duty.posts import CHINA_TIME, DutyPost, Roster, on_duty
from routing.duty.presence import How, Presence, person_in_charge, presence
from routing.duty.shifts import Shift, shifts, shifts_of

__all__ = [
    "CHINA_TIME",
    "NO_CHANGES",
    "STILL_MATTERS",
    "Absence",
    "DutyPost",
    "Gap",
    "How",
    "LiveDuty",
    "Presence",
    "Roster",
    "Shift",
    "Swap",
    "SwapState",
    "Why",
    "colleagues",
    "gaps",
    "gaps_of_unit",
    "on_duty",
    "person_in_charge",
    "presence",
    "shifts",
    "shifts_of",
]
