"""One clock that ran out: what becomes of its ticket, and who hears of it."""

from __future__ import annotations

import structlog

from routing.decide import MOST_QUESTIONS, decide
from routing.ladder import next_rung
from services.audience import audience
from services.intake import close_place_questions, known_place, request_of, routed
from services.messages import Outbound
from services.notify import tell_cadres, tell_resident, tell_unit
from services.office import Office
from services.placing import CLIMBS_BY, settled
from services.ports import DueClock, UnitOfWork
from services.reading import remembered
from tickets import life
from tickets.clocks import ClockKind
from tickets.events import Event
from tickets.ticket import Ticket

log = structlog.get_logger()

_REASONS: dict[ClockKind, str] = {
    ClockKind.TRIAGE: "reason_not_triaged",
    ClockKind.SIGN: "reason_not_signed",
    ClockKind.RULE: "reason_not_ruled",
    ClockKind.CLOSE: "reason_overdue",
    ClockKind.OVERDUE: "reason_overdue",
    ClockKind.CONTACT: "reason_not_contacted",
    ClockKind.APPROVE: "reason_not_approved",
    ClockKind.CHECK: "reason_not_checked",
    ClockKind.SUBTASK: "reason_part_late",
    ClockKind.SHELF: "reason_shelf_review",
}


async def expired(
    work: UnitOfWork, office: Office, ticket: Ticket, due: DueClock, *, quiet: bool
) -> tuple[str, ...] | None:
    """Handle one clock; the units that have something late now, None when nothing was due.

    `quiet`: it was overslept, so nobody gets a message for each ticket.
    """
    now = office.clock()
    clock = ticket.clock(due.kind, due.of)
    ran_out = clock is not None and clock.due_at is not None and clock.due_at <= now
    if due.kind is ClockKind.ANSWER:
        return await _go_on(work, office, ticket) if ran_out else None
    if due.kind is ClockKind.FEEDBACK:
        return await _call_back(work, office, ticket, due) if ran_out else None
    if due.kind is ClockKind.REOPEN:
        return await _close(work, office, ticket) if ran_out else None
    if not ran_out:
        return await _nobody_there(work, office, ticket, due)
    return await _climb(work, office, ticket, due, quiet=quiet)


async def _go_on(work: UnitOfWork, office: Office, ticket: Ticket) -> tuple[str, ...]:
    """No answer came: intake goes on without the place, work goes on without the answer."""
    if ticket.waits_in_hand:
        reason = office.wording.say("reason_pause_over")
        changed, event = life.resume(
            ticket,
            by="system",
            text=reason,
            limits=office.limits_at(ticket.owner),
            now=office.clock(),
        )
        saved = await work.save_ticket(changed, [event])
        await tell_resident(work, office, saved)
        await tell_cadres(work, office, saved, rings={saved.owner: reason})
        return ()
    request = request_of(
        remembered(ticket), known_place(office, ticket), places_asked=MOST_QUESTIONS
    )
    decision = decide(office.county, request, office.clock())
    reason = office.wording.say("reason_place_silent")
    changed, events = routed(office, ticket, decision, reason=reason)
    saved = await work.save_ticket(changed, events)
    await close_place_questions(work, office, ticket)
    await tell_resident(work, office, saved)
    await tell_cadres(work, office, saved, why=reason)
    return ()


async def _call_back(
    work: UnitOfWork, office: Office, ticket: Ticket, due: DueClock
) -> tuple[str, ...]:
    now, limits = office.clock(), office.limits_at(ticket.owner)
    if (morning := limits.by_day(now)) > now:  # overslept: nobody is asked at night
        await work.look_again(due.id, morning)
        return ()
    changed, event = life.call_back(ticket, limits=limits, now=now)
    saved = await work.save_ticket(changed, [event])
    await tell_resident(work, office, saved, "ask_solved")
    return ()


async def _close(work: UnitOfWork, office: Office, ticket: Ticket) -> tuple[str, ...]:
    changed, event = life.close(ticket, office.clock())
    saved = await work.save_ticket(changed, [event])
    await tell_resident(work, office, saved, "closed_solved" if ticket.solved else "closed_silent")
    return ()


async def _nobody_there(
    work: UnitOfWork, office: Office, ticket: Ticket, due: DueClock
) -> tuple[str, ...] | None:
    """Woken before its time: the person is gone, or their chat is blocked (rule 1)."""
    gone = office.cadre(ticket.person) is None
    if gone and ticket.signed_by is not None and due.kind in life.TOLD_UP:
        return await _succeeded(work, office, ticket)
    if due.kind is not CLIMBS_BY.get(ticket.state):
        return None
    others = office.in_charge(ticket.owner)
    if others is not None and others != ticket.person and await work.is_reachable(others):
        return await _succeeded(work, office, ticket)
    if not gone and ticket.person is not None and await work.is_reachable(ticket.person):
        return None
    slots = {"unit": office.unit_name(ticket.owner)}
    reason = office.wording.say("reason_unreachable", slots)
    return await _climb(work, office, ticket, due, quiet=False, reason=reason)


async def _succeeded(work: UnitOfWork, office: Office, ticket: Ticket) -> tuple[str, ...]:
    """Somebody else of the unit takes the place of who is gone; no clock moves."""
    reason = office.wording.say("reason_person_left", {"unit": office.unit_name(ticket.owner)})
    changed, event = life.relocated(
        ticket,
        township=ticket.township,
        village=ticket.village,
        grid=ticket.grid,
        owner=ticket.owner,
        person=office.in_charge(ticket.owner),
        reason=reason,
        now=office.clock(),
    )
    changed, hops = settled(office, changed)
    saved = await work.save_ticket(changed, [event, *hops])
    await tell_resident(work, office, saved)
    await tell_cadres(work, office, saved, why=reason, new_owner=True)
    return (saved.owner,)


async def _climb(
    work: UnitOfWork,
    office: Office,
    ticket: Ticket,
    due: DueClock,
    *,
    quiet: bool,
    reason: str = "",
) -> tuple[str, ...]:
    kind, now = due.kind, office.clock()
    above = _above(office, ticket, due)
    reason = reason or office.wording.say(_REASONS[kind])
    changed, event = life.climb(
        ticket,
        kind,
        to=above,
        person=office.in_charge(above) if above else None,
        limits=office.limits_at(above or ticket.owner),
        now=now,
        reason=reason,
        of=due.of,
    )
    changed, hops = settled(office, changed) if kind in life.GIVEN_UP else (changed, [])
    saved = await work.save_ticket(changed, [event, *hops])
    log.info("ticket.escalated", ticket=saved.number, clock=str(kind), to=above or "")
    given_up = kind in life.GIVEN_UP and above is not None
    if quiet:
        await tell_resident(work, office, saved)
        return (saved.owner,) if given_up else tuple(filter(None, (ticket.owner, above)))
    await _tell(work, office, ticket, saved, event, above, due)
    return ()


def _above(office: Office, ticket: Ticket, due: DueClock) -> str | None:
    """The rung that this hop leads to; what is shelved is only looked at again."""
    if due.kind is ClockKind.SHELF:
        return None
    return next_rung(office.county, life.holder(ticket, due.kind, due.of), ticket.matter)


async def _tell(
    work: UnitOfWork,
    office: Office,
    before: Ticket,
    saved: Ticket,
    event: Event,
    above: str | None,
    due: DueClock,
) -> None:
    """Both rungs, and at real changes the resident (domain.md §6); one message to a chat."""
    given_up = due.kind in life.GIVEN_UP
    await tell_resident(
        work, office, saved, "escalated" if given_up and saved.owner != before.owner else None
    )
    late = _late(before, due)
    rings = {saved.owner: event.text} if given_up else {late: event.text}
    if above is not None and not given_up:
        told = {"why": event.text, "unit": office.unit_name(above)}
        rings = {late: office.wording.say("why_overdue", told)}
        below = {"why": event.text, "unit": office.unit_name(late)}
        rings[above] = office.wording.say("why_late_below", below)
    await tell_cadres(work, office, saved, why=event.text, rings=rings)
    if above is None:
        return
    slots = {
        "number": saved.number,
        "matter": office.matter_name(saved),
        "unit": office.unit_name(above),
        "why": event.text,
    }
    if given_up:
        await _tell_person(work, office, before.person, "cadre_escalated_away", slots, saved)
        return
    cards = audience(office.county, saved, tuple(rings))
    if late not in cards:
        # Whoever did not decide decides no more: a line, their card has no buttons now.
        await tell_unit(work, office, late, office.wording.say("cadre_overdue", slots), saved)
    if above not in cards:
        words = office.wording.say("cadre_late_below", slots | {"unit": office.unit_name(late)})
        await tell_unit(work, office, above, words, saved)


def _late(before: Ticket, due: DueClock) -> str:
    """The unit that should have acted."""
    decides = before.reviewer if due.kind in life.DECIDED_ABOVE else None
    return due.of or decides or before.owner


async def _tell_person(
    work: UnitOfWork,
    office: Office,
    cadre: str | None,
    key: str,
    slots: dict[str, str],
    ticket: Ticket,
) -> None:
    """A line for one cadre."""
    words = office.wording.say(key, slots)
    for chat in await work.chats_for([cadre] if cadre else [], None):
        message = Outbound(words, ticket=ticket.number, purpose="card")
        await work.send(chat.address, message, office.clock())
