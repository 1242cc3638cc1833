"""One action of a cadre on one ticket: who acts, in which capacities, and how people are told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from routing.units import Cadre
from services.messages import Inbound, Outbound
from services.notify import tell_cadres, tell_resident
from services.office import Office
from services.policy import roles_of
from services.ports import UnitOfWork
from tickets.actions import Role
from tickets.deadlines import Limits
from tickets.events import Event
from tickets.ticket import Ticket


@dataclass(slots=True)
class Case:
    """A ticket in the hands of a cadre, within the transaction of their message."""

    work: UnitOfWork
    office: Office
    inbound: Inbound
    item_id: int
    cadre: Cadre
    ticket: Ticket

    @property
    def now(self) -> datetime:
        """The moment of the action."""
        return self.office.clock()

    @property
    def roles(self) -> frozenset[Role]:
        """In which capacities the cadre acts."""
        return roles_of(self.office.county, self.cadre, self.ticket)

    @property
    def limits(self) -> Limits:
        """The time limits where the ticket is."""
        return self.office.limits_at(self.ticket.owner)

    async def say(self, key: str, **slots: str) -> None:
        """Answer the cadre."""
        filled = {"number": self.ticket.number, **slots}
        words = self.office.wording.say(key, filled)
        message = Outbound(words, reply_to=self.inbound.message_id)
        await self.work.send(self.inbound.address, message, self.now)

    async def prompt(self, key: str, purpose: str, **slots: str) -> None:
        """Ask the cadre for words; a reply to this goes on with the action `purpose`."""
        words = self.office.wording.say(key, {"number": self.ticket.number, **slots})
        message = Outbound(words, ticket=self.ticket.number, purpose=purpose)
        await self.work.send(self.inbound.address, message, self.now)

    async def save(self, changed: Ticket, *events: Event) -> Ticket:
        """Write the ticket with what happened."""
        self.ticket = await self.work.save_ticket(changed, events)
        return self.ticket

    async def keep_file(self) -> None:
        """A picture that came with the words belongs to the ticket."""
        if self.inbound.attachment is not None:
            await self.work.add_attachment(
                self.inbound.address, self.item_id, self.ticket.number, self.inbound.attachment
            )

    async def announce(
        self,
        key: str | None = None,
        *,
        why: str = "",
        new_owner: bool = False,
        **slots: str,
    ) -> None:
        """Bring everybody's cards up to date; with `key` the resident gets a new message, too."""
        told = {
            "person": self.cadre.name,
            "unit": self.office.unit_name(self.cadre.unit),
            **slots,
        }
        if key is None:
            await tell_resident(self.work, self.office, self.ticket)
        else:
            await tell_resident(self.work, self.office, self.ticket, key, **told)
        await tell_cadres(self.work, self.office, self.ticket, why=why, new_owner=new_owner)

    def names(self, units: Sequence[str]) -> str:
        """Units' names in one line."""
        return "、".join(self.office.unit_name(unit) for unit in units)
