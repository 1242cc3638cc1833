"""Where nobody is planned: the times in which a unit must be staffed and no officer is there.

Computed on intervals: between two neighbouring edges (of shifts, leaves, posted hours) nothing
changes, so that one look at each stretch is exact to the microsecond.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from routing.duty.changes import Absence, LiveDuty
from routing.duty.posts import CHINA_TIME, DutyPost
from routing.duty.presence import answering, planned_at
from routing.duty.shifts import Shift, concerned, shifts
from routing.holidays import works_on

if TYPE_CHECKING:
    from routing.county import County

Why = Literal["empty", "absent", "no_shift"]
_DAY = timedelta(days=1)
_UNPOSTED = (time(8), time(12))
"""When a village that posted no hours at all must be staffed: a morning of four hours."""


@dataclass(frozen=True, slots=True)
class Gap:
    """One stretch from `start` to `end` (excluded), aware, UTC.

    `why`: the unit is `empty` (it has no people, or all of a group are away); whoever is on shift
    is `absent` and left nobody; or the roster has `no_shift` where there must be one.
    """

    unit: str
    start: datetime
    end: datetime
    why: Why


def gaps(county: County, live: LiveDuty, start: datetime, hours: float = 48) -> tuple[Gap, ...]:
    """The gaps of all units in the `hours` after `start` (aware), unit by unit.

    A leader who would have to step in unplanned is a gap: that is what the leader wants to know.
    Who left a telephone number is there. What must be staffed: a village centre in its posted
    hours on working days (domain.md §2: a village cadre is on duty 3 to 4 hours every day); every
    other unit in its shifts; a linkage group without anybody always.
    """
    end = start + timedelta(hours=hours)
    return tuple(
        gap for unit in county.org.units for gap in gaps_of_unit(county, live, unit, start, end)
    )


def gaps_of_unit(
    county: County, live: LiveDuty, unit: str, start: datetime, end: datetime
) -> tuple[Gap, ...]:
    """The gaps of one unit between two moments, in order; neighbours of one kind are one gap."""
    start, end = start.astimezone(UTC), end.astimezone(UTC)
    known = shifts(county, live, unit, start, end)
    must = list(_must_be_staffed(county, unit, start, end))
    leaves = live.around(concerned(county, unit, known))
    inner = {edge.astimezone(UTC) for edge in _edges(known, must, leaves) if start < edge < end}
    merged: list[Gap] = []
    for low, high in pairwise((start, *sorted(inner), end)):
        why = _why(county, live, unit, known, must, low)
        if why is None:
            continue
        if merged and merged[-1].end == low and merged[-1].why == why:
            merged[-1] = replace(merged[-1], end=high)
        else:
            merged.append(Gap(unit, low, high, why))
    return tuple(merged)


Span = tuple[datetime, datetime]


def _why(
    county: County,
    live: LiveDuty,
    unit: str,
    known: Iterable[Shift],
    must: Iterable[Span],
    at: datetime,
) -> Why | None:
    found = county.org.unit(unit)
    is_group = found is not None and found.level == "linkage_group"
    if not county.org.staff(unit) and not county.roster.of_unit(unit):
        return "empty"
    if not is_group and not any(start <= at < end for start, end in must):
        return None
    if planned_at(county, live, known, at) is not None:
        return None
    if is_group and answering(county, live, unit, (), at).how == "nobody":
        return "empty"
    if not any(start <= at < end for start, end in must):
        return None
    return "absent" if any(shift.covers(at) for shift in known) else "no_shift"


def _must_be_staffed(county: County, unit: str, start: datetime, end: datetime) -> Iterator[Span]:
    """Stretches in which somebody has to be there; they may overlap, and reach over the edges."""
    found = county.org.unit(unit)
    is_village = found is not None and found.level == "village_center"
    day = start.astimezone(CHINA_TIME).date() - _DAY
    while day <= end.astimezone(CHINA_TIME).date():
        if not is_village:
            # A dated entry may shorten the day; the ordinary hours must be staffed all the same.
            weekly = [post for post in county.roster.weekly(unit) if post.starts_on(day)]
            yield from (_aware(post, day) for post in (*weekly, *county.roster.on(unit, day)))
        elif works_on(county.special_days, day):
            yield from _posted(county, unit, day)
        day += _DAY


def _posted(county: County, unit: str, day: date) -> Iterator[Span]:
    """The hours of a village centre on a working day.

    Without a shift on that day (a weekend day that is worked) those of its week; a centre that
    never posted any must be staffed in the morning.
    """
    posts = [*county.roster.on(unit, day)] or [*county.roster.weekly(unit)]
    if not posts:
        start, end = (datetime.combine(day, at, CHINA_TIME) for at in _UNPOSTED)
        yield start, end
    for post in posts:
        yield _aware(post, day)


def _aware(post: DutyPost, day: date) -> Span:
    start, end = (moment.replace(tzinfo=CHINA_TIME) for moment in post.span(day))
    return start, end


def _edges(
    known: Iterable[Shift], must: Iterable[Span], leaves: Iterable[Absence]
) -> Iterator[datetime]:
    for shift in known:
        yield from (shift.start, shift.end)
    for absence in leaves:
        yield from (absence.start, absence.until)
    for span in must:
        yield from span
