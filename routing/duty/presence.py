"""A named person stands behind every unit at every hour: who it is now, how, and until when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain
from typing import TYPE_CHECKING, Literal

from routing.duty.changes import NO_CHANGES, LiveDuty
from routing.duty.shifts import Shift, concerned, shifts
from routing.units import Cadre

if TYPE_CHECKING:
    from routing.county import County

How = Literal["shift", "deputy", "leader", "nobody"]
_LOOK_AHEAD = timedelta(days=8)
"""A week repeats itself; what holds longer than that has no end worth naming."""


@dataclass(frozen=True, slots=True)
class Presence:
    """Who answers for a unit.

    `how`: on `shift`; as `deputy` of somebody who is away; as the unit's `leader` because nobody is
    on shift or whoever is left no deputy; or `nobody`: then a ticket has to climb.
    """

    cadre: Cadre | None
    how: How
    contact: str
    """The number to call; the one that was left when `is_away`. Empty when none is known."""
    is_away: bool = False
    """On leave, and reached at the number left."""
    until: datetime | None = None
    """When somebody else answers; None: not within eight days."""


_NOBODY = Presence(None, "nobody", "")


def presence(county: County, live: LiveDuty, unit: str, now: datetime) -> Presence:
    """Who answers for a unit at `now` (aware), and until when.

    In this order: officers on shift or their deputies; officers who left a number; the leader on
    call likewise; then the unit's people by rank, its leader first.
    """
    end = now + _LOOK_AHEAD
    ahead = shifts(county, live, unit, now, end)
    found = answering(county, live, unit, ahead, now)
    for moment in _edges(county, live, unit, ahead, now, end):
        then = answering(county, live, unit, ahead, moment)
        if then != found:
            return Presence(found.cadre, found.how, found.contact, found.is_away, moment)
    return found


def person_in_charge(
    county: County, unit_code: str, now: datetime, live: LiveDuty = NO_CHANGES
) -> Cadre | None:
    """Who answers for a unit at `now` (aware): the one on duty, else the unit's leader.

    None only when the unit is unknown or nobody of it is there: then the ticket has to climb.
    """
    on_shift = shifts(county, live, unit_code, now, now)
    return answering(county, live, unit_code, on_shift, now).cadre


def answering(
    county: County, live: LiveDuty, unit: str, known: Iterable[Shift], at: datetime
) -> Presence:
    """Who answers at one moment, by shifts that are `known`; without the `until`."""
    planned = planned_at(county, live, known, at)
    return planned or next(_by_rank(county, live, unit, at), _NOBODY)


def planned_at(
    county: County, live: LiveDuty, known: Iterable[Shift], at: datetime
) -> Presence | None:
    """Whom the shifts give for one moment, in person, by deputy or by telephone; None: nobody.

    A leader who is not on call, or a leader's own deputy, was never planned.
    """
    on_shift = sorted((s for s in known if s.covers(at)), key=lambda shift: shift.rank)
    officers = [shift for shift in on_shift if not shift.rank[0]]
    leaders = [shift for shift in on_shift if shift.rank[0]]
    ways = chain(_on_shift(county, live, officers, at), _on_shift(county, live, leaders, at))
    return next(ways, None)


def _on_shift(
    county: County, live: LiveDuty, on_shift: Sequence[Shift], at: datetime
) -> Iterator[Presence]:
    away = []
    for shift in on_shift:
        cadre = county.org.cadre(shift.cadre)
        absence = live.absence(shift.cadre, at)
        if cadre is None:
            continue
        if absence is None:
            yield Presence(cadre, "shift", cadre.phone)
            continue
        yield from _standing_in(county, live, (absence.deputy, shift.deputy), shift.cadre, at)
        if absence.contact:
            away.append(Presence(cadre, "shift", absence.contact, is_away=True))
    yield from away


def _by_rank(county: County, live: LiveDuty, unit: str, at: datetime) -> Iterator[Presence]:
    away = []
    for cadre in county.org.by_rank(unit):
        absence = live.absence(cadre.id, at)
        if absence is None:
            yield Presence(cadre, "leader", cadre.phone)
            continue
        yield from _standing_in(county, live, (absence.deputy,), cadre.id, at)
        if absence.contact:
            away.append(Presence(cadre, "leader", absence.contact, is_away=True))
    yield from away


def _standing_in(
    county: County, live: LiveDuty, deputies: Iterable[str], absent: str, at: datetime
) -> Iterator[Presence]:
    """Deputies who are there: the one named for this leave before the one of the roster."""
    for deputy in deputies:
        cadre = county.org.cadre(deputy) if deputy != absent else None
        if cadre is not None and live.absence(deputy, at) is None:
            yield Presence(cadre, "deputy", cadre.phone)


def _edges(
    county: County,
    live: LiveDuty,
    unit: str,
    ahead: Sequence[Shift],
    now: datetime,
    end: datetime,
) -> list[datetime]:
    """The moments after `now` at which the answer can change, in order."""
    spans = [(shift.start, shift.end) for shift in ahead]
    leaves = live.around(concerned(county, unit, ahead))
    spans += [(absence.start, absence.until) for absence in leaves]
    return sorted({moment for span in spans for moment in span if now < moment < end})
