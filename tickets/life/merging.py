"""并单, 撤销, and what is only said beside a ticket's way."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from tickets.actions import Action, Role
from tickets.clocks import ClockKind
from tickets.deadlines import Limits
from tickets.events import Event, EventName
from tickets.life.base import BY_RESIDENT, Change, clock, event, guard, moved_to
from tickets.moves import move
from tickets.ticket import Ticket


def merge(
    ticket: Ticket,
    *,
    into: Ticket,
    by: str,
    reason: str,
    now: datetime,
    roles: Collection[Role],
) -> Change:
    """并单: the same matter as `into`, whose answers its reporter gets from now on.

    Never a confidential matter with another one, never into a ticket that is merged or over.
    """
    guard(into.number != ticket.number, "merge_self")
    guard(into.is_open, "merge_into_closed")
    guard(not ticket.confidential and not into.confidential, "merge_confidential")
    changed = moved_to(ticket, Action.MERGE, roles, now, main=into.number)
    text = f"{into.number}：{reason}" if reason else into.number
    return changed, event(changed, EventName.MERGED, by, text=text)


def unmerge(
    ticket: Ticket,
    *,
    by: str,
    reason: str,
    person: str | None,
    limits: Limits,
    now: datetime,
    roles: Collection[Role],
) -> Change:
    """撤销并单: another matter after all; its owner must sign for it anew."""
    guard(bool(reason.strip()), "needs_reason")
    changed = moved_to(
        ticket,
        Action.UNMERGE,
        roles,
        now,
        clocks=[clock(ClockKind.SIGN, limits.sign_by(ticket.urgency, now), now)],
        main=None,
        person=person,
        rung=0,
        dispatched_at=now,
    )
    return changed, event(
        changed,
        EventName.UNMERGED,
        by,
        text=reason,
        owner_changed=True,
        set_clock=ClockKind.SIGN,
    )


def follow(ticket: Ticket, *, main: str, now: datetime) -> tuple[Ticket, list[Event]]:
    """A merged ticket whose main ticket was merged, too: it hangs on that one's main now."""
    changed = replace(ticket, main=main, updated_at=max(now, ticket.updated_at))
    return changed, [event(changed, EventName.MERGED, "system", text=main)]


def withdraw(ticket: Ticket, now: datetime, text: str = "") -> Change:
    """撤销: the resident took it back."""
    changed = moved_to(ticket, Action.WITHDRAW, BY_RESIDENT, now, closed_at=now)
    return changed, event(changed, EventName.WITHDRAWN, "resident", text=text)


def nudge(ticket: Ticket, *, text: str, now: datetime) -> Change:
    """催办: the resident asks again. Nothing of the ticket changes, no clock moves (rule 2)."""
    move(ticket.state, Action.NUDGE, *BY_RESIDENT)
    return ticket, remark(ticket, EventName.NUDGED, "resident", text, now)


def remark(ticket: Ticket, name: EventName, actor: str, text: str, now: datetime) -> Event:
    """A fact that changes nothing of the ticket: a supplement, a nudge, an edit."""
    return Event(
        name=name, at=max(now, ticket.updated_at), actor=actor, state=ticket.state, text=text
    )
