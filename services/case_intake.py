"""受理, 不予受理, 派单: what a desk does with a ticket before somebody has signed for it."""

from __future__ import annotations

from dataclasses import replace

from routing.units import Unit
from services.acceptance import AT, accepted, place_said
from services.case import Case
from services.case_units import refusal
from services.case_words import matter_in, unit_and_rest
from services.intake import close_place_questions
from services.learning.labels import Origin
from services.learning.proposals import Decided, propose
from services.notify import tell_unit
from services.placing import settled
from tickets import life
from tickets.states import IN_HAND, State
from tickets.ticket import Ticket

DISCIPLINE = "discipline_report"


async def dispatch(case: Case, text: str) -> None:
    """派单, and 改派 of what was given to somebody already."""
    unit, reason = unit_and_rest(case.office.county, text, case.ticket.township)
    refused = why_not_there(case, unit)
    if unit is None and refused == "cadre_unit_unknown":
        await case.prompt("cadre_unit_unknown" if text else "cadre_ask_dispatch", "dispatch")
        return
    if unit is None or refused:
        await case.say(refused)
        return
    before = case.ticket
    ticket = resealed(case, unit)
    desk = ticket.state in (State.PENDING_INTAKE, State.NEED_INFO)
    person = case.office.in_charge(unit.code)
    limits = case.office.limits_at(unit.code)
    if desk:
        changed, event = life.dispatch(
            ticket,
            owner=unit.code,
            person=person,
            limits=limits,
            now=case.now,
            actor=case.cadre.id,
            roles=case.roles,
            reason=reason if reason != unit.name else "",
        )
    else:
        changed, event = life.reassign(
            ticket,
            by=case.cadre.id,
            owner=unit.code,
            person=person,
            reason=reason,
            limits=limits,
            now=case.now,
            roles=case.roles,
        )
    changed, hops = settled(case.office, changed)
    await case.save(changed, event, *hops)
    origin = Origin.TRIAGE if desk else Origin.REASSIGN
    await propose(case, Decided(origin, before, case.ticket))
    await close_place_questions(case.work, case.office, case.ticket)
    await case.say("cadre_dispatched", unit=case.office.unit_name(case.ticket.owner))
    await case.announce(why=event.text, new_owner=True)
    if before.state in IN_HAND:
        await _tell_who_had_it(case, before, reason)


async def _tell_who_had_it(case: Case, before: Ticket, reason: str) -> None:
    """Who worked on it hears that it was taken out of their hands, and why."""
    slots = {
        "number": before.number,
        "unit": case.office.unit_name(case.ticket.owner),
        "text": reason,
    }
    words = case.office.wording.say("cadre_taken_away", slots)
    await tell_unit(case.work, case.office, before.owner, words, case.ticket)


async def accept(case: Case, text: str) -> None:
    """受理: the desk says what it is, and maybe where; the catalogue says whose it is."""
    words, _, code = text.partition(f" {AT}")
    row = case.office.county.catalogue.get(matter_in(case.office.county, words))
    place = place_said(case.office, case.ticket, code.strip()) if code else None
    if row is None or (code and place is None):
        await case.prompt("cadre_matter_unknown" if text else "cadre_ask_accept", "accept")
        return
    changed, events = accepted(
        case.office,
        case.ticket,
        row,
        place,
        actor=case.cadre.id,
        roles=case.roles,
        now=case.now,
    )
    before = case.ticket
    await case.save(changed, *events)
    await propose(case, Decided(Origin.TRIAGE, before, case.ticket, row.matter))
    await close_place_questions(case.work, case.office, case.ticket)
    await case.say("cadre_accepted", matter=row.name, unit=case.office.unit_name(case.ticket.owner))
    await case.announce(new_owner=True)


async def decline(case: Case, text: str) -> None:
    """不予受理, with the reason and where to turn instead."""
    if not text:
        await case.prompt("cadre_ask_decline", "decline")
        return
    changed, event = life.decline(
        case.ticket, by=case.cadre.id, reason=text, now=case.now, roles=case.roles
    )
    await case.save(changed, event)
    await close_place_questions(case.work, case.office, case.ticket)
    await case.say("cadre_declined")
    await case.announce("declined", reason=text)


def resealed(case: Case, unit: Unit) -> Ticket:
    """The ticket as it may go there: sealed into the discipline channel, opened out of it."""
    ticket, sealed = case.ticket, case.office.county.org.discipline_channel.code
    if unit.code == sealed:
        row = case.office.county.catalogue.get(DISCIPLINE)
        return replace(
            ticket,
            confidential=True,
            group=row.group if row else ticket.group,
            matter=row.matter if row else None,
            matter_name=row.name if row else "",
        )
    if ticket.owner == sealed:
        # Its officers found that it is no report; what it is, the next unit decides.
        return replace(ticket, matter=None, matter_name="", group=None)
    return ticket


def why_not_there(case: Case, unit: Unit | None, *, by_desk: bool = True) -> str:
    """The sentence that refuses an owner, empty when it is right (domain.md §5, rule 6)."""
    return refusal(case.office.county, case.ticket, case.cadre.unit, unit, by_desk=by_desk)
