"""Tells of gaps in the roster two days ahead: the unit's leader and the level above, once each."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

import structlog

from routing.duty import CHINA_TIME, Gap, gaps
from routing.ladder import next_rung
from services.duty_board import GAP_HOURS, gap_words
from services.duty_tell import tell_person
from services.messages import Outbound
from services.office import Office
from services.ports import UnitOfWorkFactory

log = structlog.get_logger()

_MORNING, _EVENING = time(7), time(21)
_AHEAD = timedelta(hours=GAP_HOURS)
_LAST_PASS = timedelta(hours=2)
"""Before the evening: what would have to be told at night is told now."""
_SOON = timedelta(hours=12)
"""What begins within this time is told at night too."""
_MOST_LINES = 20


@dataclass(frozen=True, slots=True)
class Compared:
    """Gaps of now beside those that were told of."""

    new: tuple[Gap, ...]
    grown: tuple[Gap, ...]
    """Told ones that last longer than was known; they are not told again."""
    over: tuple[Gap, ...]
    """Told ones that are none any more; should they come again, that is news."""


def compared(found: Sequence[Gap], told: Sequence[Gap]) -> Compared:
    """What is new among `found`: whatever no told gap of the same unit overlaps."""
    new, ends = [], {(old.unit, old.start): old.end for old in told}
    met = set()
    for gap in found:
        known = [old for old in told if _overlap(old, gap)]
        if not known:
            new.append(gap)
        for old in known:
            met.add(old)
            ends[old.unit, old.start] = max(ends[old.unit, old.start], gap.end)
    grown = [replace(old, end=ends[old.unit, old.start]) for old in told if old in met]
    return Compared(
        tuple(new),
        tuple(each for each in grown if each not in told),
        tuple(old for old in told if old not in met),
    )


def _overlap(one: Gap, other: Gap) -> bool:
    return one.unit == other.unit and one.start < other.end and other.start < one.end


def horizon(now: datetime) -> datetime:
    """Gaps that begin before this moment are told of now.

    Nobody is woken for a gap in two days: what falls due at night is told on the evening before, so
    that 48 hours are left all the same. At night only what begins within twelve hours is told.
    """
    local = now.astimezone(CHINA_TIME)
    if not _MORNING <= local.time() < _EVENING:
        return now + _SOON
    evening = datetime.combine(local.date(), _EVENING, CHINA_TIME)
    if local < evening - _LAST_PASS:
        return now + _AHEAD
    morning = datetime.combine(local.date() + timedelta(days=1), _MORNING, CHINA_TIME)
    return morning + timedelta(hours=1) + _AHEAD


class DutyWatch:
    """One pass looks at the whole county."""

    def __init__(self, units_of_work: UnitOfWorkFactory, office: Callable[[], Office]) -> None:
        self._units_of_work = units_of_work
        self._office = office

    async def run_once(self) -> int:
        """Tell of what is new; returns how many gaps that were. Safe to run in many processes."""
        office = self._office()
        now = office.clock()
        hours = (horizon(now) - now) / timedelta(hours=1)
        # A large county takes a while, and messages must not wait for it.
        found = await asyncio.to_thread(gaps, office.county, office.live, now, hours)
        async with self._units_of_work() as work:
            known = compared(found, await work.told_gaps(now))
            for gap in known.over:
                # Beyond the horizon of a night nothing was looked for.
                if gap.end <= horizon(now):
                    await work.forget_told(gap)
            for gap in (*known.grown, *known.new):
                await work.note_told(gap, now)
            for person, theirs in _by_person(office, known.new).items():
                message = Outbound(_words(office, theirs))
                await tell_person(work, person, message, now)
            await work.commit()
        if known.new:
            log.info("duty.gaps_told", gaps=len(known.new))
        return len(known.new)


def _by_person(office: Office, new: Sequence[Gap]) -> dict[str, list[Gap]]:
    """One message each, however many units it is about."""
    found: dict[str, list[Gap]] = defaultdict(list)
    for gap in new:
        for person in dict.fromkeys(_concerned(office, gap)):
            found[person].append(gap)
    return found


def _concerned(office: Office, gap: Gap) -> Iterator[str]:
    """The unit's leader, and who is in charge at the first rung above where somebody is.

    A leader who will be away is no help: the next by rank who will be there. A sealed channel has
    nothing above it.
    """
    people = office.county.org.by_rank(gap.unit)
    yield from [each.id for each in people if not office.live.absence(each.id, gap.start)][:1]
    rung = next_rung(office.county, gap.unit, None)
    while rung is not None:
        if person := office.in_charge(rung):
            yield person
            return
        rung = next_rung(office.county, rung, None)


def _words(office: Office, theirs: Sequence[Gap]) -> str:
    lines = [gap_words(office, gap) for gap in theirs[:_MOST_LINES]]
    if len(theirs) > _MOST_LINES:
        more = {"count": str(len(theirs) - _MOST_LINES)}
        lines.append(office.wording.say("duty_gaps_more", more))
    slots = {"gaps": "\n".join(lines), "count": str(len(theirs))}
    return office.wording.say("duty_gaps_told", slots)
