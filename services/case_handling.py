"""签收, 公开答复, 办理情况, 请群众补充, 延期, 挂账, 督办: the work on a ticket."""

from __future__ import annotations

from routing.county import County
from routing.ladder import next_rung
from services.cards import local
from services.case import Case
from services.case_words import date_in, days_in
from services.notify import tell_merged, tell_unit
from services.policy import roles_at
from tickets import life
from tickets.actions import Role
from tickets.states import State
from tickets.ticket import Ticket


def above(case: Case) -> str:
    """The unit that decides about what the owner asks for; the county centre about its own."""
    county, ticket = case.office.county, case.ticket
    return next_rung(county, ticket.owner, ticket.matter) or ticket.owner


def signs_for_shelving(county: County, ticket: Ticket) -> str:
    """The next unit above the owner that may put a ticket on the shelf: not every rung may see it
    before it is late."""
    unit = ticket.owner
    while (rung := next_rung(county, unit, ticket.matter)) is not None:
        unit = rung
        if Role.ABOVE in roles_at(county, unit, ticket):
            break
    return unit


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
    if case.ticket.state in (State.DISPATCHED, State.PENDING_INTAKE, State.REWORK):
        await _signed(case)


async def reply(case: Case, text: str) -> None:
    """公开答复: words for the resident, and for everybody whose ticket is merged into this one."""
    if not text:
        await case.say("cadre_needs_text")
        return
    await in_hand(case)
    changed, event = life.reply(
        case.ticket, person=case.cadre.id, text=text, now=case.now, roles=case.roles
    )
    await case.save(changed, event)
    await case.keep_file()
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
    await case.keep_file()
    await case.say("cadre_noted")


async def ask(case: Case, text: str) -> None:
    """请群众补充: the clock of closing stands still until the answer or the cap."""
    if not text:
        await case.prompt("cadre_ask_question", "ask")
        return
    await in_hand(case)
    changed, event = life.pause(
        case.ticket, by=case.cadre.id, text=text, limits=case.limits, now=case.now
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


async def extend(case: Case, text: str) -> None:
    """申请延期: how many working days, and why."""
    days = days_in(text)
    if not text or days is None:
        await case.prompt("cadre_ask_extension", "extend")
        return
    reviewer = above(case)
    changed, event = life.request_extension(
        case.ticket,
        by=case.cadre.id,
        days=days,
        reason=text,
        reviewer=reviewer,
        close_days=case.office.close_days(case.ticket),
        limits=case.limits,
        now=case.now,
    )
    await case.save(changed, event)
    await case.say("cadre_extension_asked", unit=case.office.unit_name(reviewer))
    await case.announce(why=text)


async def grant(case: Case, _text: str) -> None:
    """同意延期."""
    changed, event = life.approve_extension(
        case.ticket, by=case.cadre.id, limits=case.limits, now=case.now, roles=case.roles
    )
    await case.save(changed, event)
    due = local(event.due_at) if event.due_at else ""
    await case.say("cadre_extended", due=due)
    await case.announce("extended", due=due, reason=event.text)
    await tell_merged(case.work, case.office, case.ticket)


async def deny(case: Case, text: str) -> None:
    """不同意延期."""
    if not text:
        await case.prompt("cadre_ask_deny", "deny")
        return
    changed, event = life.refuse_extension(
        case.ticket, by=case.cadre.id, reason=text, now=case.now, roles=case.roles
    )
    await case.save(changed, event)
    await case.say("cadre_extension_refused")
    await case.announce(why=text)


async def shelve(case: Case, text: str) -> None:
    """挂账, signed by the level above. The owner's own press asks the level above for it."""
    if not text:
        await case.prompt("cadre_ask_shelve", "shelve")
        return
    if Role.ABOVE not in case.roles:
        await _ask_above_to_shelve(case, text)
        return
    changed, event = life.shelve(
        case.ticket,
        by=case.cadre.id,
        reason=text,
        review=date_in(text, case.now),
        limits=case.limits,
        now=case.now,
        roles=case.roles,
    )
    await case.save(changed, event)
    due = local(event.due_at) if event.due_at else ""
    await case.say("cadre_shelved", due=due)
    await case.announce("shelved", reason=text, due=due)
    await tell_merged(case.work, case.office, case.ticket)


async def _ask_above_to_shelve(case: Case, text: str) -> None:
    changed, event = life.note(
        case.ticket, by=case.cadre.id, text=text, now=case.now, roles=case.roles
    )
    await case.save(changed, event)
    unit = signs_for_shelving(case.office.county, case.ticket)
    words = case.office.wording.say(
        "cadre_shelving_wanted",
        {"number": case.ticket.number, "person": case.cadre.name, "text": text},
    )
    await tell_unit(case.work, case.office, unit, words, case.ticket, purpose="shelve")
    await case.say("cadre_shelving_asked", unit=case.office.unit_name(unit))


async def unshelve(case: Case, text: str) -> None:
    """销账."""
    if not text:
        await case.prompt("cadre_ask_unshelve", "unshelve")
        return
    changed, event = life.unshelve(
        case.ticket,
        by=case.cadre.id,
        reason=text,
        limits=case.limits,
        now=case.now,
        roles=case.roles,
    )
    await case.save(changed, event)
    due = local(event.due_at) if event.due_at else ""
    await case.say("cadre_unshelved", due=due)
    await case.announce("unshelved", due=due)


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
    await case.announce(why=text, new_owner=True)
