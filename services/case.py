"""One action of a cadre on one ticket: who acts, in which capacities, and how people are told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from routing.units import Cadre
from services.cadre_cards import in_rows
from services.case_choices import offered
from services.case_entries import Field
from services.case_menu import Seat, entry_of
from services.messages import Button, Inbound, Outbound
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
    def seat(self) -> Seat:
        """Whose menu it is."""
        return Seat(self.cadre.unit, self.cadre.id)

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
        """Ask the cadre for words; a reply to this goes on with the action `purpose`.

        Where something has to be chosen first, the likely choices stand below as buttons.
        """
        words = self.office.wording.say(key, {"number": self.ticket.number, **slots})
        message = Outbound(
            words,
            buttons=await self._choices(purpose),
            ticket=self.ticket.number,
            purpose=purpose,
        )
        await self.work.send(self.inbound.address, message, self.now)

    async def _choices(self, verb: str) -> tuple[tuple[Button, ...], ...]:
        entry = entry_of(self.office, self.seat, self.ticket, self.now, verb)
        if entry is None or entry.field is None:
            return ()
        guesses: tuple[str, ...] = ()
        if entry.field is Field.MATTER:
            read = await self.work.prediction_of(self.ticket.number)
            guesses = tuple(guess.label for guess in read.understanding.ranking) if read else ()
        options = offered(self.office, self.seat, self.ticket, entry, guesses)
        prefix = f"c:{self.ticket.number}:{verb}."
        return in_rows([Button(each.label, prefix + each.value) for each in options])

    async def save(self, changed: Ticket, *events: Event) -> Ticket:
        """Write the ticket with what happened."""
        self.ticket = await self.work.save_ticket(changed, events)
        return self.ticket

    async def keep_file(self, *, internal: bool) -> None:
        """A picture that came with the words belongs to the ticket; `internal`: like the words it
        is for cadres only."""
        file = self.inbound.attachment
        if file is not None:
            await self.work.add_attachment(
                self.inbound.address, self.item_id, self.ticket.number, file, internal=internal
            )

    async def announce(
        self,
        key: str | None = None,
        *,
        why: str = "",
        new_owner: bool = False,
        rings: Mapping[str, str] | None = None,
        **slots: str,
    ) -> None:
        """Bring everybody's cards up to date; with `key` the resident gets a new message, too.

        `rings` are the units whose turn it is now, or who have to know, and the words for them.
        """
        told = {
            "person": self.cadre.name,
            "unit": self.office.unit_name(self.cadre.unit),
            **slots,
        }
        if key is None:
            await tell_resident(self.work, self.office, self.ticket)
        else:
            await tell_resident(self.work, self.office, self.ticket, key, **told)
        await self.tell_cadres(why=why, new_owner=new_owner, rings=rings)

    async def tell_cadres(
        self, *, why: str = "", new_owner: bool = False, rings: Mapping[str, str] | None = None
    ) -> None:
        """Bring the cadres' cards up to date; nothing rings for who acted."""
        await tell_cadres(
            self.work,
            self.office,
            self.ticket,
            why=why,
            new_owner=new_owner,
            rings=rings,
            actor=self.cadre.id,
        )

    def rings_owner(self, key: str, **slots: str) -> dict[str, str]:
        """The owner has to hear what somebody else did."""
        filled = {"person": self.cadre.name, "unit": self.office.unit_name(self.cadre.unit)}
        return {self.ticket.owner: self.office.wording.say(key, filled | slots)}

    def names(self, units: Sequence[str]) -> str:
        """Units' names in one line."""
        return "、".join(self.office.unit_name(unit) for unit in units)
