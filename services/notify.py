"""Tells everybody who must know of a changed ticket, within the transaction that changes it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from routing.ladder import next_rung
from services.cards import cadre_card, cadre_slot, for_chat, resident_card
from services.messages import Address, Outbound
from services.office import Office
from services.ports import UnitOfWork
from tickets.events import Event, EventName
from tickets.number import find
from tickets.states import State
from tickets.ticket import Ticket


async def tell_resident(
    work: UnitOfWork, office: Office, ticket: Ticket, key: str | None = None, **slots: str
) -> None:
    """Bring the resident's card up to date; with `key` also send real news as a new message."""
    now = office.clock()
    address = Address.from_key(ticket.reporter)
    card = resident_card(office, ticket)
    if key is not None:
        words = office.wording.say(
            key,
            {
                "number": ticket.number,
                "matter": office.matter_name(ticket),
                "unit": office.unit_name(ticket.owner),
                "person": office.cadre_name(ticket.person),
                **slots,
            },
        )
        # Who is asked whether it is solved can answer where the question stands.
        asked = ticket.state is State.PENDING_CALLBACK
        buttons = card.buttons if asked else ()
        await work.send(address, Outbound(words, buttons=buttons, ticket=ticket.number), now)
    await work.send(address, card, now)


def _rungs_to_tell(office: Office, ticket: Ticket) -> list[str]:
    """The owner; for an emergency three levels at once (domain.md §6).

    Also when the writer must not be named: no card names them. A sealed report never climbs.
    """
    units = [ticket.owner]
    if ticket.urgent:
        for _ in range(2):
            above = next_rung(office.county, units[-1], ticket.matter)
            if above is None:
                break
            units.append(above)
    return units


async def tell_cadres(
    work: UnitOfWork,
    office: Office,
    ticket: Ticket,
    *,
    why: str = "",
    is_new: bool = False,
    new_owner: bool = False,
    siblings: Sequence[str] | None = None,
) -> None:
    """Cards for the person in charge and the unit's group; cards elsewhere lose their buttons.

    A `new_owner` gets a new message even where an old card of the ticket stands: an edit in
    place rings no bell. `siblings` are looked up when they are not given.
    """
    now = office.clock()
    siblings = siblings_in(await work.events(ticket.number)) if siblings is None else siblings
    told: set[str] = set()
    for unit in _rungs_to_tell(office, ticket):
        person = ticket.person if unit == ticket.owner else office.in_charge(unit)
        on_duty = office.in_charge(unit)
        people = [p for p in dict.fromkeys((person, on_duty)) if p]
        for chat in await work.chats_for(people, unit):
            if chat.address.key in told:
                continue
            told.add(chat.address.key)
            card = cadre_card(
                office,
                ticket,
                in_group=chat.cadre is None,
                mine=True,
                why=why,
                fresh=new_owner and unit == ticket.owner,
                siblings=siblings,
            )
            await work.send(chat.address, card, now)
    if is_new:
        return
    for address in await work.card_holders(cadre_slot(ticket.number)):
        if address.key not in told:
            card = cadre_card(office, ticket, in_group=True, mine=False)
            await work.send(address, card, now)


def siblings_in(history: Iterable[Event]) -> tuple[str, ...]:
    """Tickets made of the same message, as far as this one may know of them (拆单)."""
    told = [event.text for event in history if event.name is EventName.SPLIT]
    return tuple(dict.fromkeys(number for text in told for number in find(text)))


async def remark_to_cadres(
    work: UnitOfWork, office: Office, ticket: Ticket, key: str, text: str = ""
) -> None:
    """A new line for whoever has the ticket: a supplement, a nudge."""
    now = office.clock()
    people = [p for p in (ticket.person,) if p]
    for chat in await work.chats_for(people, ticket.owner):
        shown = for_chat(office, ticket, text, in_group=chat.cadre is None)
        slots = {"number": ticket.number, "matter": office.matter_name(ticket), "text": shown}
        words = office.wording.say(key, slots)
        await work.send(chat.address, Outbound(words, ticket=ticket.number, purpose="card"), now)
