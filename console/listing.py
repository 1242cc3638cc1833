"""Which tickets stand on a cadre's page, and everything that is read for their cards."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from console.cards import Card, Found, card, most_pressing_first
from routing.units import Cadre
from services.case_menu import Seat
from services.office import Office
from services.policy import may_handle, units_seen_by
from services.ports import Clock, Desk
from tickets.ticket import Ticket

MOST_CARDS = 50


@dataclass(frozen=True, slots=True)
class Listing:
    """Reads for one cadre at a time; who may not handle a ticket never sees it."""

    desk: Desk
    office: Callable[[], Office]
    clock: Clock

    async def tickets(self, cadre: Cadre) -> list[Ticket]:
        """What the cadre's units own, what waits for them elsewhere, and for the county centre
        whom to call back, and what somebody wants out of the figures."""
        office = self.office()
        units = units_seen_by(office.county, cadre)
        found = await self.desk.waiting_for(units, limit=MOST_CARDS)
        if cadre.unit == office.county.org.county_center.code:
            found += await self.desk.to_call_back(limit=MOST_CARDS)
            found += await self.desk.exclusions_asked(limit=MOST_CARDS)
        found += await self.desk.tickets_at(units, limit=MOST_CARDS)
        listed = {ticket.number: ticket for ticket in found}.values()
        seen = [each for each in listed if may_handle(office.county, cadre, each)]
        return most_pressing_first(office, cadre.unit, seen)[:MOST_CARDS]

    async def one(self, cadre: Cadre, number: str) -> list[Ticket]:
        """A ticket by its number, open or not; empty when there is none for this cadre."""
        known = await self.desk.ticket(number)
        if known is None or not may_handle(self.office().county, cadre, known[0]):
            return []
        return [known[0]]

    async def cards(self, cadre: Cadre, tickets: Sequence[Ticket]) -> list[Card]:
        """The cards of these tickets, in their order."""
        office, now = self.office(), self.clock()
        numbers = [ticket.number for ticket in tickets]
        merged = await self.desk.merged_into(numbers) if numbers else []
        proofs = await self.desk.proofs(numbers) if numbers else frozenset()
        seat = Seat(cadre.unit, cadre.id)
        cards = []
        for number in numbers:
            known = await self.desk.ticket(number)
            if known is None:
                continue
            ticket, events, media = known
            found = Found(
                ticket=ticket,
                events=events,
                media=media,
                proofs=proofs,
                prediction=await self.desk.prediction_of(number),
                merged=[each for each in merged if each.main == number],
            )
            cards.append(card(office, seat, found, now))
        return cards
