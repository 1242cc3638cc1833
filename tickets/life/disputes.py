"""Whose is it: 退单, 裁定, 改派 (domain.md §5, rules 3, 4 and 6)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from tickets.actions import Action, Role
from tickets.clocks import ClockKind
from tickets.deadlines import Limits
from tickets.events import EventName
from tickets.life.base import BY_OWNER, Change, clock, event, guard, moved_to
from tickets.ticket import Request, Ticket


def return_order(
    ticket: Ticket,
    *,
    by: str,
    reason: str,
    proposed: str,
    arbiter: str,
    person: str | None,
    limits: Limits,
    now: datetime,
    roles: Collection[Role] = BY_OWNER,
) -> Change:
    """退单: not theirs, with a reason and the unit whose it is; `arbiter` decides.

    Within the return window only, and never once the county centre has ruled. Who signed stays
    answerable until somebody else has (rule 3): `signed_by` is untouched.
    """
    guard(bool(reason.strip()), "needs_reason")
    guard(not ticket.ruled, "return_ruled")
    guard(proposed != ticket.owner, "return_same_unit")
    if ticket.dispatched_at is not None:
        until = limits.return_by(ticket.urgency, ticket.dispatched_at)
        guard(now <= until, "return_too_late")
    changed = moved_to(
        ticket,
        Action.RETURN_ORDER,
        roles,
        now,
        clocks=[clock(ClockKind.RULE, limits.rule_by(ticket.urgency, now), now)],
        owner=arbiter,
        person=person,
        returns=ticket.returns + 1,
        rung=0,
        request=Request(by, reason, unit=proposed, from_unit=ticket.owner),
    )
    return changed, event(
        changed,
        EventName.RETURNED,
        by,
        text=reason,
        owner_changed=True,
        set_clock=ClockKind.RULE,
    )


def rule_on_dispute(
    ticket: Ticket,
    *,
    by: str,
    owner: str,
    person: str | None,
    reason: str,
    final: bool,
    limits: Limits,
    now: datetime,
    roles: Collection[Role] = BY_OWNER,
) -> Change:
    """裁定: it goes to `owner`, who may be whoever gave it back. `final`: by the county centre."""
    guard(bool(reason.strip()), "needs_reason")
    changed = moved_to(
        ticket,
        Action.RULE_ON_DISPUTE,
        roles,
        now,
        clocks=[clock(ClockKind.SIGN, limits.sign_by(ticket.urgency, now), now)],
        owner=owner,
        person=person,
        rung=0,
        dispatched_at=now,
        ruled=ticket.ruled or final,
        request=None,
    )
    return changed, event(
        changed,
        EventName.RULED,
        by,
        text=reason,
        owner_changed=True,
        set_clock=ClockKind.SIGN,
    )


def reassign(
    ticket: Ticket,
    *,
    by: str,
    owner: str,
    person: str | None,
    reason: str,
    limits: Limits,
    now: datetime,
    roles: Collection[Role],
) -> Change:
    """改派: the level above gives it to another owner, who must sign for it anew."""
    guard(bool(reason.strip()), "needs_reason")
    guard(owner != ticket.owner, "same_unit")
    changed = moved_to(
        replace(ticket, told_up=None),
        Action.REASSIGN,
        roles,
        now,
        clocks=[clock(ClockKind.SIGN, limits.sign_by(ticket.urgency, now), now)],
        owner=owner,
        person=person,
        rung=0,
        dispatched_at=now,
        reviewer=None,
        request=None,
    )
    return changed, event(
        changed,
        EventName.REASSIGNED,
        by,
        text=reason,
        owner_changed=True,
        set_clock=ClockKind.SIGN,
    )
