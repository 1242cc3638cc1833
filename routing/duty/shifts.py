"""Shifts with a date: the roster's posts as they begin day by day, held by whoever took them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from routing.duty.changes import LiveDuty
from routing.duty.posts import CHINA_TIME
from routing.units import Role

if TYPE_CHECKING:
    from routing.county import County

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Shift:
    """One shift of one unit. `start` and `end` (excluded) are aware; `cadre` has it after swaps."""

    unit: str
    day: date
    start: datetime
    end: datetime
    cadre: str
    role: Role
    deputy: str
    rank: tuple[bool, int]
    """Of several at one moment the lowest counts: officers before leaders, then the table."""

    def covers(self, at: datetime) -> bool:
        """Whether this moment lies in it."""
        return self.start <= at < self.end


def shifts(
    county: County, live: LiveDuty, unit: str, start: datetime, end: datetime
) -> list[Shift]:
    """The shifts of a unit that overlap the time from `start` to `end` (excluded), by their start.

    With `end` = `start` those that cover this moment.
    """
    day = start.astimezone(CHINA_TIME).date() - _DAY
    last = end.astimezone(CHINA_TIME).date()
    found = []
    while day <= last:
        found += [
            shift
            for shift in _on(county, live, unit, day)
            if shift.covers(start) or start < shift.start < end
        ]
        day += _DAY
    return sorted(found, key=lambda shift: (shift.start, shift.rank))


def concerned(county: County, unit: str, known: Iterable[Shift]) -> set[str]:
    """Everybody on whom it may depend who answers for a unit, while these are its shifts."""
    people = {person for shift in known for person in (shift.cadre, shift.deputy)}
    return people | {cadre.id for cadre in county.org.staff(unit)}


def shifts_of(
    county: County, live: LiveDuty, cadre: str, start: datetime, end: datetime
) -> list[Shift]:
    """The shifts that somebody has in any unit, by their start; each unit counts on its own.

    Whoever has a shift planned or took one over is found; a deputy's only once it is theirs.
    """
    units = dict.fromkeys(county.roster.units_with(cadre))
    for swap in live.swaps:
        if swap.taker == cadre:
            # What somebody took over may lie in a unit whose roster does not name them.
            units |= dict.fromkeys(_units_of_givers(county, live, cadre))
            break
    found = [
        shift
        for unit in units
        for shift in shifts(county, live, unit, start, end)
        if shift.cadre == cadre
    ]
    return sorted(found, key=lambda shift: (shift.start, shift.rank))


def _units_of_givers(county: County, live: LiveDuty, taker: str) -> Iterator[str]:
    """Units of everybody from whom a shift may have come to `taker`, over several hands."""
    waiting, seen = [taker], set[str]()
    while waiting:
        person = waiting.pop()
        if person in seen:
            continue
        seen.add(person)
        yield from county.roster.units_with(person)
        waiting.extend(swap.giver for swap in live.swaps if swap.taker == person)


def _on(county: County, live: LiveDuty, unit: str, day: date) -> Iterator[Shift]:
    for post in county.roster.on(unit, day):
        start, end = (moment.replace(tzinfo=CHINA_TIME) for moment in post.span(day))
        yield Shift(
            unit,
            day,
            start,
            end,
            live.holder(day, post.start, post.cadre),
            post.role,
            post.deputy,
            (post.is_leaders, county.roster.order(post)),
        )
