"""Opens a ticket: written, then announced, within the transaction of the message.

Two steps, because several tickets of one message (拆单) name each other when they are announced.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from routing.decide import decide
from routing.decision import Decision
from routing.duty import CHINA_TIME
from services.intake import (
    LOOSE_FILES,
    POINT,
    SURE_OF_PLACE,
    Matter,
    ask_place,
    draft,
    remember_place,
    request_of,
    routed,
)
from services.messages import Address, Attachment, Outbound
from services.notify import tell_cadres, tell_resident
from services.office import Office
from services.ports import PredictionRecord, UnitOfWork
from tickets import life
from tickets.events import EventName
from tickets.number import make
from tickets.ticket import Ticket


@dataclass(frozen=True, slots=True)
class Opened:
    """A ticket that is written and of which nobody was told yet."""

    ticket: Ticket
    decision: Decision
    matter: Matter
    files: tuple[Attachment, ...]
    """What came before the words and belongs to it now."""


async def open_ticket(work: UnitOfWork, office: Office, matter: Matter) -> Ticket:
    """A new matter becomes a tracked ticket, its owner is told, the resident gets the receipt."""
    opened = await write_ticket(work, office, matter)
    await announce(work, office, opened)
    return opened.ticket


async def write_ticket(work: UnitOfWork, office: Office, matter: Matter) -> Opened:
    """The ticket with its events, its prediction and its files."""
    now = office.clock()
    request = request_of(matter.understanding, matter.place, text=matter.text)
    decision = decide(office.county, request, now, live=office.live)
    day = now.astimezone(CHINA_TIME).date()
    number = make(day, await work.next_sequence(day))
    fresh = draft(office, matter, decision, number)
    ticket, events = routed(office, fresh, decision)
    await work.add_ticket(ticket, [life.received(fresh), *events])
    reasons = tuple((reason.code, reason.text) for reason in decision.reasons)
    await work.add_prediction(
        PredictionRecord(matter.inbox_id, number, matter.understanding, reasons, now)
    )
    await work.bind_inbox(matter.inbox_id, number)
    loose = await work.bind_loose_files(matter.address, now - LOOSE_FILES, number)
    for file in matter.files:
        await work.add_attachment(matter.address, matter.inbox_id, number, file)
    files = (*loose, *matter.files)
    for file in files:
        if file.ref.startswith(POINT):
            where = file.ref.removeprefix(POINT)
            said = life.remark(ticket, EventName.SUPPLEMENTED, "resident", where, now)
            await work.append_events(number, [said])
    if matter.place.best is not None and matter.place.best.score >= SURE_OF_PLACE:
        await remember_place(work, matter.address, matter.place)
    return Opened(ticket, decision, matter, files)


async def announce(
    work: UnitOfWork, office: Office, opened: Opened, siblings: Sequence[str] = ()
) -> None:
    """The receipt to the resident, the card to whoever has it."""
    outside = opened.matter.place.outside or ""
    await _receipt(work, office, opened.ticket, opened.decision, outside=outside)
    await tell_cadres(work, office, opened.ticket, is_new=True, siblings=siblings)


async def _receipt(
    work: UnitOfWork, office: Office, ticket: Ticket, decision: Decision, *, outside: str
) -> None:
    address = Address.from_key(ticket.reporter)
    if ticket.urgent:
        words = emergency_words(office, ticket)
        await work.send(address, Outbound(words, ticket=ticket.number), office.clock())
    await tell_resident(work, office, ticket)
    if decision.ask is not None:
        await ask_place(work, office, ticket, decision.ask, outside=outside)


def emergency_words(office: Office, ticket: Ticket) -> str:
    """Whom to call, what to do until they come, and that somebody has it."""
    catalogue = office.county.catalogue
    codes = (catalogue.current(ticket.matter), catalogue.root(ticket.matter), ticket.matter)
    keys = (f"emergency_{code}" for code in codes)
    key = next((key for key in keys if key in office.wording.keys), None)
    advice = office.wording.say(key if key is not None else "emergency_any")
    return office.wording.say("emergency", {"number": ticket.number, "advice": advice})
