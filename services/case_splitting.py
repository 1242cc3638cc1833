"""拆单 by a cadre: the message holds another matter, which gets a ticket of its own."""

from __future__ import annotations

from dataclasses import replace

from services.case import Case
from services.case_words import matter_in
from services.intake import Matter, known_place
from services.messages import Address, Outbound
from services.opening import announce, write_ticket
from services.reading import remembered, voice_message
from services.split import note_split, visible_to
from services.understanding import Understanding
from tickets.actions import Action
from tickets.moves import move
from tickets.ticket import Ticket


async def split(case: Case, text: str) -> None:
    """The words are the other matter's own, after its code or its name where that is known.

    The new ticket is the same resident's, at the same place, and as confidential as this one; each
    names the other in its history, unless the other is confidential.
    """
    move(case.ticket.state, Action.SPLIT, *case.roles)
    matter, words = _matter_and_rest(case, text)
    if not words:
        await case.prompt("cadre_ask_split", "split")
        return
    opened = await write_ticket(
        case.work,
        case.office,
        Matter(
            Address.from_key(case.ticket.reporter),
            case.item_id,
            words,
            _understood(case.ticket, matter),
            known_place(case.office, case.ticket),
        ),
    )
    new, earlier = opened.ticket, visible_to(opened.ticket, (case.ticket,))
    # Who parts it knows of both; who gets the new one may not know of a confidential one.
    await note_split(case.work, case.office, case.ticket, (new.number,), case.cadre.id)
    await note_split(case.work, case.office, new, earlier, case.cadre.id)
    await case.say("cadre_split", new=new.number)
    slots = {"number": case.ticket.number, "new": new.number, "text": words}
    message = Outbound(case.office.wording.say("split_by_cadre", slots), ticket=new.number)
    await case.work.send(Address.from_key(case.ticket.reporter), message, case.now)
    await announce(case.work, case.office, opened, earlier)
    await case.tell_cadres()


def _matter_and_rest(case: Case, text: str) -> tuple[str | None, str]:
    """A leading code is the matter; else the words may name it and are kept whole."""
    catalogue = case.office.county.catalogue
    code, _, rest = text.partition(" ")
    row = catalogue.get(code)
    if row is not None:
        return row.matter, rest.strip()
    return matter_in(case.office.county, text), text


def _understood(ticket: Ticket, matter: str | None) -> Understanding:
    """What a human said of it needs no classifier; a matter that nobody named is triaged."""
    if matter is None:
        return replace(voice_message(), confidential=ticket.confidential)
    other = replace(
        ticket, matter=matter, kind="appeal", urgent=False, degraded=False, appeal_type="help"
    )
    return remembered(other)
