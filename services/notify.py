"""Tells everybody who must know of a changed ticket, within the transaction that changes it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from routing.ladder import next_rung
from services.audience import audience
from services.cadre_cards import cadre_card
from services.cards import cadre_slot, for_chat, resident_card
from services.case_menu import Seat
from services.case_request import open_part
from services.messages import Address, BotName, Outbound
from services.office import Office
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


async def tell_cadres(
    work: UnitOfWork,
    office: Office,
    ticket: Ticket,
    *,
    why: str = "",
    is_new: bool = False,
    new_owner: bool = False,
    siblings: Sequence[str] | None = None,
    rings: Mapping[str, str] | None = None,
    actor: str | None = None,
) -> None:
    """Cards for everybody who has something to do with a ticket, one to each chat.

    `rings` are units that have to act or to know now, each with the words that say why: they get a
    new message even where an old card of the ticket stands, because an edit in place rings no
    bell; so does a `new_owner`, with `why`. All others' cards are edited, and cards elsewhere lose
    their buttons. `actor` is the cadre who did it: nothing rings for them. `siblings` are looked
    up when they are not given.
    """
    if siblings is None:
        siblings = numbers_in(await work.split_notes(ticket.number))
    ringing = {**({ticket.owner: why} if new_owner else {}), **(rings or {})}
    told: set[str] = set()
    for unit in audience(office.county, ticket, tuple(ringing)):
        chats = await work.chats_for(_people(office, ticket, unit), unit)
        for chat in chats:
            if chat.address.key in told:
                continue
            told.add(chat.address.key)
            card = cadre_card(
                office,
                ticket,
                in_group=chat.cadre is None,
                seat=Seat(unit, chat.cadre),
                now=office.clock(),
                why=ringing.get(unit) or why,
                fresh=unit in ringing and (chat.cadre is None or chat.cadre != actor),
                siblings=siblings,
            )
            await work.send(chat.address, card, office.clock())
        if not chats and ringing.get(unit):
            await _tell_on_page(work, office, ticket, unit, ringing[unit], actor)
    if is_new:
        return
    for address in await work.card_holders(cadre_slot(ticket.number)):
        if address.key not in told:
            card = cadre_card(office, ticket, in_group=True, seat=None, now=office.clock())
            await work.send(address, card, office.clock())


def _people(office: Office, ticket: Ticket, unit: str) -> list[str]:
    """Who of a unit gets the card: the person who has it, and whoever is in charge now."""
    part = open_part(ticket, unit)
    named = ticket.person if unit == ticket.owner else part.person if part else None
    return [each for each in dict.fromkeys((named, office.in_charge(unit))) if each]


async def _tell_on_page(
    work: UnitOfWork, office: Office, ticket: Ticket, unit: str, why: str, actor: str | None
) -> None:
    """Who has no chat works on the page alone and finds the news there."""
    person = office.in_charge(unit)
    if person is None or person == actor:
        return
    slots = {"number": ticket.number, "matter": office.matter_name(ticket), "why": why}
    message = Outbound(office.wording.say("cadre_news", slots), ticket=ticket.number)
    await work.send(Address("web", BotName.CADRES, person), message, office.clock())


def siblings_in(history: Iterable[Event]) -> tuple[str, ...]:
    """Tickets made of the same message, as far as this one may know of them (拆单)."""
    return numbers_in(event.text for event in history if event.name is EventName.SPLIT)


def numbers_in(notes: Iterable[str]) -> tuple[str, ...]:
    """The ticket numbers in some notes, each once."""
    return tuple(dict.fromkeys(number for text in notes for number in find(text)))


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
