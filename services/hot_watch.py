"""热点: three people about one thing within 48 hours make one event card for the township.

A pass beside the messages, so that nobody waits for it. What it found is kept with the tickets
(`hot_spot`); looking again finds the same, so nothing is told twice.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from routing.hot.spots import LASTING, LEAST, WINDOW, HotSpot, joined
from services.alike_reports import report_of
from services.errors import Conflict
from services.messages import Address, BotName, Outbound
from services.office import Office
from services.ports import UnitOfWork, UnitOfWorkFactory
from tickets import life
from tickets.events import EventName
from tickets.ticket import Ticket

log = structlog.get_logger()

MOST = 2_000
"""Tickets of one township's week that are compared."""


class HotWatch:
    """Looks at what came since it last looked."""

    def __init__(self, units_of_work: UnitOfWorkFactory, office: Callable[[], Office]) -> None:
        self._units_of_work = units_of_work
        self._office = office
        self._seen: datetime | None = None
        self._weeks: dict[str, dict[str, Ticket]] = {}
        """What was read of each township's week: most of it has not changed at the next look."""

    async def run_once(self) -> int:
        """Returns how many tickets joined a hot spot. After a start the last 48 hours are new."""
        now = self._office().clock()
        since = self._seen or now - WINDOW
        async with self._units_of_work() as work:
            new = await work.recent(None, since, limit=MOST)
        found = 0
        for ticket in reversed(new):
            if ticket.hot_spot is None and ticket.township and not ticket.confidential:
                found += await self._guarded(ticket)
        # A second back: two tickets of one moment may be committed one after the other.
        self._seen = max((ticket.created_at for ticket in new), default=since) - timedelta(
            seconds=1
        )
        return found

    async def _guarded(self, ticket: Ticket) -> int:
        try:
            return await self._look(ticket)
        except Conflict:
            self._seen = None  # somebody acted at the same moment: the next pass looks again
            return 0
        except Exception as exc:
            # Outermost loop of the pass: a hot spot is an extra, the ticket itself is well.
            log.error("hot_spot.failed", ticket=ticket.number, error=type(exc).__name__)
            return 0

    async def _look(self, ticket: Ticket) -> int:
        office = self._office()
        async with self._units_of_work() as work:
            week = await self._week(work, ticket)
            reports = [report_of(office, each) for each in week]
            found = joined(report_of(office, ticket), reports)
            if found is None:
                return 0
            marked = await _mark(work, office, found.spot, week)
            await _tell(work, office, found.spot, marked, is_new=found.is_new)
            await work.commit()
        log.info("hot_spot", key=found.spot.key, tickets=len(found.spot.numbers))
        return len(marked)

    async def _week(self, work: UnitOfWork, ticket: Ticket) -> list[Ticket]:
        place, since = ticket.township or "", ticket.created_at - LASTING
        known = self._weeks.get(place, {})
        week = await work.recent(ticket.township, since, limit=MOST, known=known)
        self._weeks[place] = {each.number: each for each in week}
        return week


async def _mark(
    work: UnitOfWork, office: Office, spot: HotSpot, week: list[Ticket]
) -> list[Ticket]:
    """Every member knows its event; the card that is there already keeps its key."""
    members = [each for each in week if each.number in spot.numbers]
    known = sorted({each.hot_spot for each in members if each.hot_spot is not None})
    key = known[0] if known else spot.key
    marked = []
    for each in members:
        ticket = await work.ticket(each.number)
        if ticket is None or ticket.hot_spot == key:
            continue
        event = life.remark(ticket, EventName.HOT_SPOT, "system", spot.title, office.clock())
        marked.append(await work.save_ticket(replace(ticket, hot_spot=key), [event]))
    return marked


async def _tell(
    work: UnitOfWork,
    office: Office,
    spot: HotSpot,
    marked: list[Ticket],
    *,
    is_new: bool,
) -> None:
    """The township gets one card that grows; the third and all later writers hear that it is
    known."""
    if not marked:
        return
    newest = max(marked, key=lambda ticket: spot.numbers.index(ticket.number))
    key = newest.hot_spot or spot.key
    center = office.county.org.township_center(newest.township or "")
    unit = (center or office.county.org.county_center).code
    slots = {
        "title": spot.title,
        "count": str(spot.people),
        "numbers": "、".join(spot.numbers[-10:]),
        "matter": newest.matter_name,
        "place": office.place_name(newest),
    }
    words = office.wording.say("cadre_hot_spot", slots)
    person = office.in_charge(unit)
    chats = [chat.address for chat in await work.chats_for([person] if person else [], unit)]
    if not chats and person is not None:
        chats = [Address("web", BotName.CADRES, person)]
    card = Outbound(words, slot=f"h:{key}", fresh=is_new, purpose="card", ticket=newest.number)
    for address in chats:
        await work.send(address, card, office.clock())
    late = spot.numbers[LEAST - 1 :]
    for ticket in marked:
        if ticket.number in late and not spot.personal:
            told = office.wording.say("known_to_many", slots | {"number": ticket.number})
            address = Address.from_key(ticket.reporter)
            await work.send(address, Outbound(told, ticket=ticket.number), office.clock())
