"""受理 and 派单: until an owner has it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta

from tickets.actions import Action, Role
from tickets.clocks import ClockKind
from tickets.deadlines import Limits
from tickets.events import Event, EventName
from tickets.life.base import (
    BY_OWNER,
    BY_RESIDENT,
    BY_SYSTEM,
    Change,
    clock,
    event,
    guard,
    moved_to,
)
from tickets.ticket import Ticket


def received(ticket: Ticket) -> Event:
    """The first event of every ticket."""
    return event(
        ticket,
        EventName.RECEIVED,
        "resident",
        text=ticket.text,
        owner_changed=True,
        set_clock=ClockKind.TRIAGE,
    )


def in_intake(ticket: Ticket, limits: Limits, now: datetime) -> Ticket:
    """A new ticket with the clock of the desk that has to find out whose it is."""
    due = limits.sign_by(ticket.urgency, now)
    return replace(ticket, clocks=(clock(ClockKind.TRIAGE, due, now),), updated_at=now)


def ask_place(
    ticket: Ticket,
    *,
    owner: str,
    person: str | None,
    limits: Limits,
    now: datetime,
    reason: str = "",
) -> Change:
    """询问地点: the resident is asked where it is, the clock waits for the answer."""
    guard(not ticket.waits_in_hand, "in_hand")
    changed = moved_to(
        ticket,
        Action.ASK_INFO,
        BY_SYSTEM,
        now,
        clocks=[clock(ClockKind.ANSWER, limits.answer_by(now), now)],
        owner=owner,
        person=person,
        places_asked=ticket.places_asked + 1,
    )
    return changed, event(changed, EventName.PLACE_ASKED, "system", text=reason)


def dispatch(
    ticket: Ticket,
    *,
    owner: str,
    person: str | None,
    limits: Limits,
    now: datetime,
    actor: str = "system",
    roles: Collection[Role] = BY_SYSTEM,
    reason: str = "",
) -> Change:
    """派单: give it to an owner, who must sign for it."""
    return _given(ticket, Action.DISPATCH, owner, person, limits, now, actor, roles, reason)


def accept(
    ticket: Ticket,
    *,
    owner: str,
    person: str | None,
    limits: Limits,
    now: datetime,
    actor: str,
    roles: Collection[Role] = BY_OWNER,
    reason: str = "",
) -> Change:
    """受理: a human said what it is (the ticket has it already); the catalogue's owner gets it."""
    return _given(ticket, Action.ACCEPT, owner, person, limits, now, actor, roles, reason)


def _given(
    ticket: Ticket,
    action: Action,
    owner: str,
    person: str | None,
    limits: Limits,
    now: datetime,
    actor: str,
    roles: Collection[Role],
    reason: str,
) -> Change:
    guard(not ticket.waits_in_hand, "in_hand")
    changed = moved_to(
        ticket,
        action,
        roles,
        now,
        clocks=[clock(ClockKind.SIGN, limits.sign_by(ticket.urgency, now), now)],
        owner=owner,
        person=person,
        rung=0,
        dispatched_at=now,
    )
    name = EventName.ACCEPTED if action is Action.ACCEPT else EventName.DISPATCHED
    return changed, event(
        changed, name, actor, text=reason, owner_changed=True, set_clock=ClockKind.SIGN
    )


def triage(
    ticket: Ticket,
    *,
    owner: str,
    person: str | None,
    limits: Limits,
    now: datetime,
    reason: str,
) -> Change:
    """转人工受理: a human of `owner` must find out where it belongs."""
    guard(not ticket.waits_in_hand, "in_hand")
    changed = moved_to(
        ticket,
        Action.TRIAGE,
        BY_SYSTEM,
        now,
        clocks=[clock(ClockKind.TRIAGE, limits.sign_by(ticket.urgency, now), now)],
        owner=owner,
        person=person,
        rung=0,
    )
    return changed, event(
        changed,
        EventName.TRIAGED,
        "system",
        text=reason,
        owner_changed=True,
        set_clock=ClockKind.TRIAGE,
    )


def decline(
    ticket: Ticket, *, by: str, reason: str, now: datetime, roles: Collection[Role] = BY_OWNER
) -> Change:
    """不予受理: not a matter of this service; `reason` says why and where to turn instead.

    An emergency is never declined.
    """
    guard(bool(reason.strip()), "needs_reason")
    guard(not ticket.urgent, "decline_urgent")
    guard(not ticket.waits_in_hand, "in_hand")
    changed = moved_to(ticket, Action.DECLINE, roles, now, answer=reason, closed_at=now)
    return changed, event(changed, EventName.DECLINED, by, text=reason)


def appeal(
    ticket: Ticket,
    *,
    owner: str,
    person: str | None,
    text: str,
    limits: Limits,
    now: datetime,
) -> Change:
    """申诉: the resident does not agree with 不予受理; `owner`, one level up, looks at it."""
    declined = ticket.closed_at or ticket.updated_at
    guard(now <= declined + timedelta(days=limits.reopen_days), "appeal_too_late")
    changed = moved_to(
        ticket,
        Action.APPEAL,
        BY_RESIDENT,
        now,
        clocks=[clock(ClockKind.TRIAGE, limits.sign_by(ticket.urgency, now), now)],
        owner=owner,
        person=person,
        rung=0,
        answer="",
        closed_at=None,
        escalations=ticket.escalations + (owner != ticket.owner),
    )
    return changed, event(
        changed,
        EventName.APPEALED,
        "resident",
        text=text,
        owner_changed=True,
        set_clock=ClockKind.TRIAGE,
    )
