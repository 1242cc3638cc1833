"""签收, 公开答复, 办理情况, 请群众补充, 督办: the work on a ticket."""

from __future__ import annotations

from routing.ladder import next_rung
from services.cards import local
from services.case import Case
from services.case_entries import SIGNED_BY_ACTING
from services.notify import tell_merged
from tickets import life


def above(case: Case) -> str:
    """The unit that decides about what the owner asks for; the county centre about its own."""
    county, ticket = case.office.county, case.ticket
    return next_rung(county, ticket.owner, ticket.matter) or ticket.owner


async def sign(case: Case, _text: str) -> None:
    """签收."""
    await _signed(case)
    due = case.ticket.close_due
    await case.say("cadre_signed", due=local(due) if due else "")
    await case.announce()


async def _signed(case: Case) -> None:
    limits = case.office.limits_at(case.cadre.unit)
    changed, event = life.sign_for(
        case.ticket,
        person=case.cadre.id,
        owner=case.cadre.unit,
        limits=limits,
        now=case.now,
        days=case.office.own_days(case.ticket),
        roles=case.roles,
    )
    await case.save(changed, event)


async def in_hand(case: Case) -> None:
    """Who acts on an unsigned ticket signs for it by that: no extra tap for cadres."""
    if case.ticket.state in SIGNED_BY_ACTING:
        await _signed(case)


async def reply(case: Case, text: str) -> None:
    """公开答复: words for the resident, and for everybody whose ticket is merged into this one."""
    if not text:
        await case.prompt("cadre_ask_reply", "reply")
        return
    await in_hand(case)
    changed, event = life.reply(
        case.ticket, person=case.cadre.id, text=text, now=case.now, roles=case.roles
    )
    await case.save(changed, event)
    await case.keep_file(internal=False)
    unit = case.office.unit_name(case.cadre.unit)
    await case.say("cadre_replied")
    await case.announce("answered", answer=text)
    slots = {"answer": text, "unit": unit, "person": case.cadre.name}
    await tell_merged(case.work, case.office, case.ticket, "answered", **slots)


async def note(case: Case, text: str) -> None:
    """办理情况, for cadres only."""
    if not text:
        await case.prompt("cadre_ask_note", "note")
        return
    await _noted(case, text, contacted=False)


async def called(case: Case, text: str) -> None:
    """已电话联系群众: the first contact, by phone or in person; never shown to the resident."""
    if not text:
        await case.prompt("cadre_ask_called", "called")
        return
    await in_hand(case)
    await _noted(case, text, contacted=True)


async def _noted(case: Case, text: str, *, contacted: bool) -> None:
    changed, event = life.note(
        case.ticket,
        by=case.cadre.id,
        text=text,
        now=case.now,
        contacted=contacted,
        roles=case.roles,
    )
    await case.save(changed, event)
    await case.keep_file(internal=True)
    await case.say("cadre_noted")
    if contacted:
        await case.announce()  # the clock of the first contact has ended
    elif case.cadre.unit != case.ticket.owner:
        await case.tell_cadres(rings=case.rings_owner("why_told", text=text))


async def ask(case: Case, text: str) -> None:
    """请群众补充: the clock of closing stands still until the answer or the cap."""
    if not text:
        await case.prompt("cadre_ask_question", "ask")
        return
    await in_hand(case)
    changed, event = life.pause(
        case.ticket,
        by=case.cadre.id,
        text=text,
        limits=case.limits,
        now=case.now,
        roles=case.roles,
    )
    await case.save(changed, event)
    until = local(event.due_at) if event.due_at else ""
    await case.say("cadre_asked", until=until)
    await case.announce("asked_by_cadre", text=text, until=until)


async def go_on(case: Case, text: str) -> None:
    """The owner goes on without the resident's answer."""
    changed, event = life.resume(
        case.ticket,
        by=case.cadre.id,
        text=text,
        limits=case.limits,
        now=case.now,
        roles=case.roles,
    )
    await case.save(changed, event)
    await case.say("cadre_gone_on")
    await case.announce()


async def supervise(case: Case, text: str) -> None:
    """督办, with words for the owner."""
    if not text:
        await case.prompt("cadre_ask_supervise", "supervise")
        return
    changed, event = life.supervise(
        case.ticket, by=case.cadre.id, text=text, now=case.now, roles=case.roles
    )
    await case.save(changed, event)
    await case.say("cadre_supervised", unit=case.office.unit_name(case.ticket.owner))
    await case.announce(rings=case.rings_owner("why_supervised", text=text))
