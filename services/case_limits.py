"""延期, 挂账 and 销账: what moves or rests the clock of closing, each signed by somebody."""

from __future__ import annotations

import re

from services.cards import local
from services.case import Case
from services.case_handling import above
from services.case_words import date_in, days_in
from services.notify import tell_merged, tell_unit
from services.policy import signs_for_shelving
from tickets import life
from tickets.actions import Action, Role
from tickets.moves import NotAllowed, move

_LEADING = re.compile(
    r"^(?:\d{1,3}\s*个?\s*(?:工作日|天)|(?:\d{4}年)?\d{1,2}月\d{1,2}[日号]复查)(?:[，,。；;、\s]+|$)"
)
"""A number of days or a date of review before the reason: said apart from it."""


def reason_in(text: str) -> str:
    """The reason alone, as the resident reads it; empty when the words give none."""
    return _LEADING.sub("", text.strip())


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
        reason=reason_in(text),
        reviewer=reviewer,
        close_days=case.office.close_days(case.ticket),
        limits=case.limits,
        now=case.now,
        roles=case.roles,
    )
    await case.save(changed, event)
    await case.say("cadre_extension_asked", unit=case.office.unit_name(reviewer))
    await case.announce(rings={reviewer: case.office.wording.say("why_decide_extension")})


async def grant(case: Case, _text: str) -> None:
    """同意延期."""
    changed, event = life.approve_extension(
        case.ticket, by=case.cadre.id, limits=case.limits, now=case.now, roles=case.roles
    )
    await case.save(changed, event)
    due = local(event.due_at) if event.due_at else ""
    await case.say("cadre_extended", due=due)
    rings = case.rings_owner("why_extended", due=due)
    await case.announce("extended", due=due, reason=event.text, rings=rings)
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
    await case.announce(rings=case.rings_owner("why_denied", text=text))


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
        reason=reason_in(text),
        review=date_in(text, case.now),
        limits=case.limits,
        now=case.now,
        roles=case.roles,
    )
    await case.save(changed, event)
    due = local(event.due_at) if event.due_at else ""
    await case.say("cadre_shelved", due=due)
    rings = case.rings_owner("why_shelved", due=due)
    await case.announce("shelved", reason=event.text, due=due, rings=rings)
    await tell_merged(case.work, case.office, case.ticket)


async def _ask_above_to_shelve(case: Case, text: str) -> None:
    if Role.OWNER not in case.roles:
        raise NotAllowed(case.ticket.state, Action.SHELVE, case.roles)
    move(case.ticket.state, Action.SHELVE, Role.ABOVE)  # only what could be shelved is asked for
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
    rings = case.rings_owner("why_unshelved", text=text)
    await case.announce("unshelved", due=due, rings=rings)
