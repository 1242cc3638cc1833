"""A change of divisions reaches everything at once: the county, its chats, every open ticket.

One transaction: whoever looks sees the county before or after, never tickets of one in the other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import structlog

from routing.errors import LiandongError
from services.notify import tell_cadres, tell_resident
from services.office import Office
from services.ports import UnitOfWork, UnitOfWorkFactory
from services.relocate import Relocation, Relocator
from tickets import life
from tickets.ticket import Ticket

log = structlog.get_logger()

PAGE = 200


class CountyChanged(LiandongError):
    """县的数据刚被别人改过，什么都没有动；请重新运行一次。"""


@dataclass(frozen=True, slots=True)
class NewCounty:
    """A county that takes the place of the present one."""

    sheets: Mapping[str, Sequence[Mapping[str, str]]]
    units: Mapping[str, str]
    """Units that are no more, and where their people went."""
    source: str
    summary: str
    version: int
    """The version that it was made from."""


@dataclass(frozen=True, slots=True)
class Survey:
    """What a change would do to the open tickets."""

    open: int
    """All open tickets."""
    moving: int
    """Those that would get another place, owner or person."""
    places: Mapping[tuple[str, str], int]
    """How many go from which division to which; to the same one where the place is not settled."""


async def survey_tickets(work: UnitOfWork, office: Office) -> Survey:
    """Look at every open ticket and write nothing; `office` is that of the new county."""
    relocator, places = Relocator(office), Counter[tuple[str, str]]()
    looked_at, moving, after = 0, 0, ""
    while page := await work.open_tickets(after, PAGE):
        after = page[-1].number
        looked_at += len(page)
        for ticket in page:
            to = relocator.relocation(ticket)
            moving += to is not None
            for old, new in (
                (ticket.village, to.village if to else ticket.village),
                (ticket.township, to.township if to else ticket.township),
            ):
                if old and new:
                    places[old, new] += 1
    return Survey(looked_at, moving, places)


async def change_county(
    units_of_work: UnitOfWorkFactory,
    office: Office,
    new: NewCounty,
    progress: Callable[[int], None] = lambda looked_at: None,
) -> int:
    """Put `new` in place and move every open ticket; returns how many tickets moved.

    `office` is that of the new county. Raises `CountyChanged` when somebody was faster.
    """
    async with units_of_work() as work:
        if await work.county_version() != new.version:
            raise CountyChanged
        await work.replace_county(new.sheets, new.source, office.clock(), new.summary)
        await work.move_group_chats(new.units)
        moved = await move_tickets(work, office, progress)
        await work.commit()
    log.info("county.migrated", source=new.source, tickets=moved)
    return moved


async def move_tickets(
    work: UnitOfWork,
    office: Office,
    progress: Callable[[int], None] = lambda looked_at: None,
) -> int:
    """Every open ticket that names something ended goes to what took its place."""
    relocator = Relocator(office)
    moved, after = 0, ""
    while page := await work.open_tickets(after, PAGE):
        after = page[-1].number
        for ticket in page:
            relocation = relocator.relocation(ticket)
            if relocation is not None:
                await _move(work, office, ticket, relocation)
                moved += 1
        progress(len(page))
    return moved


async def _move(work: UnitOfWork, office: Office, ticket: Ticket, to: Relocation) -> None:
    if ticket.owner == office.county.org.discipline_channel.code:
        # A sealed report is nobody's business: only the codes of its place change.
        placed = replace(ticket, township=to.township, village=to.village, grid=to.grid)
        await work.save_ticket(placed, [])
        return
    changed, event = life.relocated(
        ticket,
        township=to.township,
        village=to.village,
        grid=to.grid,
        owner=to.owner,
        person=to.person,
        reason=to.reason,
        now=office.clock(),
        units=to.units,
    )
    saved = await work.save_ticket(changed, [event])
    if saved.person == ticket.person:
        await tell_resident(work, office, saved)
    else:
        await tell_resident(work, office, saved, "moved", why=to.reason)
    await tell_cadres(work, office, saved, why=to.reason, new_owner=saved.person != ticket.person)
