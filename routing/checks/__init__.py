"""What would fail silently in a county that is well-formed, found before a resident finds it.

An import refuses sheets that contradict each other. Here the real rules (`decide`, `next_rung`)
are walked through the whole county: a matter that nobody can say, a group without people, a
township where a matter goes to nobody, a ladder that ends on the way.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from routing.checks.cells import uncovered_cells
from routing.checks.finding import TOPICS, Finding, Topic
from routing.checks.knowledge import notes_on_knowledge
from routing.checks.ladders import broken_ladders
from routing.checks.places import places_without_desk
from routing.checks.rows import Reach, unreachable_rows
from routing.checks.shifts import gaps_in_duty
from routing.checks.staff import units_without_people
from routing.county import County
from routing.duty import CHINA_TIME, NO_CHANGES, LiveDuty

__all__ = ["TOPICS", "Finding", "Reach", "Topic", "findings"]


def findings(
    county: County, reach: Reach, now: datetime, live: LiveDuty = NO_CHANGES
) -> Iterator[Finding]:
    """Everything that is wrong or doubtful with a county, in the order of `TOPICS`.

    `now` (aware) is the moment from which shifts are looked at, `live` the leaves and swaps.
    Pure; 0.1 s for a county of a hundred matters and two hundred units.
    """
    yield from unreachable_rows(county, reach)
    yield from units_without_people(county)
    yield from gaps_in_duty(county, live, now)
    yield from uncovered_cells(county, now)
    yield from broken_ladders(county)
    yield from places_without_desk(county)
    yield from notes_on_knowledge(county, now.astimezone(CHINA_TIME).date())
