"""Hours without anybody in charge of a unit that has people."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from routing.checks.finding import Finding
from routing.checks.people import has_people
from routing.county import County
from routing.duty import person_in_charge

_AHEAD = timedelta(hours=48)
_STEP = timedelta(hours=2)


def gaps_in_duty(county: County, now: datetime) -> Iterator[Finding]:
    """Units with an hour in the next 48 at which nobody would answer."""
    hours = [now + _STEP * step for step in range(int(_AHEAD / _STEP))]
    for unit in county.org.units.values():
        if has_people(county, unit.code) and any(
            person_in_charge(county, unit.code, hour) is None for hour in hours
        ):
            what = f"{unit.name}今后 48 小时内有时段无人负责"
            yield Finding("duty", "nobody_in_charge", what, "在值班表里补上这些时段")
