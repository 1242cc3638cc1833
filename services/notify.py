"""Tells everybody who must know of a changed ticket, within the transaction that changes it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from routing.ladder import next_rung
from services.cards import cadre_card, cadre_slot, for_chat, resident_card
from services.messages import Address, BotName, Outbound
from services.office import Office
from services.policy import rungs_told_at_once
from services.ports import UnitOfWork
from tickets.events import Event, EventName
from tickets.number import find
from tickets.states import ANSWERED
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
        asked = ticket.state in ANSWERED
        buttons = card.buttons if asked else ()
        await work.send(address, Outbound(words, buttons=buttons, ticket=ticket.number), now)
    await work.send(address, card, now)


def _rungs_to_tell(office: Office, ticket: Ticket) -> list[str]:
    """The owner; for an emergency three levels at once (domain.md §6).

    Also when the writer must not be named: no card names them. A sealed report never climbs.
    """
    return [ticket.owner, *rungs_told_at_once(office.county, ticket)]


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


async def tell_nudged_twice(work: UnitOfWork, office: Office, ticket: Ticket) -> None:
    """Two nudges that nobody acted on: the next rung hears of it, no clock moves (rule 2)."""
    above = next_rung(office.county, ticket.told_up or ticket.owner, ticket.matter)
    if above is None:
        return
    slots = {"number": ticket.number, "matter": office.matter_name(ticket)}
    words = office.wording.say(
        "cadre_nudged_twice", slots | {"unit": office.unit_name(ticket.owner)}
    )
    await tell_unit(work, office, above, words, ticket)


async def tell_unit(
    work: UnitOfWork,
    office: Office,
    unit: str,
    words: str,
    ticket: Ticket,
    purpose: str = "card",
) -> None:
    """A line about a ticket for whoever is in charge of a unit; a reply to it means `purpose`."""
    person = office.in_charge(unit)
    if person is None:
        return
    message = Outbound(words, ticket=ticket.number, purpose=purpose)
    chats = [chat.address for chat in await work.chats_for([person], None)]
    # Who has no chat works on the page alone and finds the line there.
    for address in chats or [Address("web", BotName.CADRES, person)]:
        await work.send(address, message, office.clock())


async def tell_merged(
    work: UnitOfWork, office: Office, main: Ticket, key: str | None = None, **slots: str
) -> None:
    """Everybody whose ticket is merged into this one gets what its reporter gets (并单)."""
    for merged in await work.merged_into(main.number):
        if key is not None:
            filled = {"number": merged.number, "main": main.number, **slots}
            words = office.wording.say(f"merged_{key}", filled)
            address = Address.from_key(merged.reporter)
            await work.send(address, Outbound(words, ticket=merged.number), office.clock())
        await work.send(
            Address.from_key(merged.reporter), resident_card(office, merged, main), office.clock()
        )


async def tell_late_in_one(work: UnitOfWork, office: Office, unit: str, count: int) -> None:
    """One line for all that became late while the service stood still: no storm of messages."""
    words = office.wording.say(
        "cadre_late_in_one", {"count": str(count), "unit": office.unit_name(unit)}
    )
    person = office.in_charge(unit)
    for chat in await work.chats_for([person] if person else [], unit):
        await work.send(chat.address, Outbound(words), office.clock())
