"""处置: somebody has signed for it and works on it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from tickets.actions import Action, Role
from tickets.clocks import ClockKind, without
from tickets.deadlines import Limits
from tickets.events import EventName
from tickets.life.base import (
    BY_OWNER,
    BY_SYSTEM,
    Change,
    GuardFailed,
    clock,
    event,
    going_on,
    guard,
    moved_to,
    standing,
)
from tickets.moves import move
from tickets.states import State
from tickets.ticket import Request, Ticket


def sign_for(
    ticket: Ticket,
    *,
    person: str,
    owner: str,
    limits: Limits,
    now: datetime,
    days: int | None = None,
    roles: Collection[Role] = BY_OWNER,
) -> Change:
    """签收: `person` of `owner` is in charge and answerable from now on (rule 3).

    A level above may take what a unit below has not signed for; then it owns it. `days` are the
    matter's own working days to close.
    """
    clocks = [
        clock(
            ClockKind.CLOSE,
            limits.close_by(ticket.urgency, ticket.appeal_type, now, days=days),
            now,
        )
    ]
    if ticket.contacted_at is None:
        clocks.append(clock(ClockKind.CONTACT, limits.contact_by(ticket.urgency, now), now))
    changed = moved_to(
        ticket,
        Action.SIGN_FOR,
        roles,
        now,
        clocks=clocks,
        person=person,
        owner=owner,
        signed_by=person,
        signed_at=now,
        told_up=None,
        reviewer=None,
    )
    return changed, event(
        changed, EventName.SIGNED, person, owner_changed=True, set_clock=ClockKind.CLOSE
    )


def reply(
    ticket: Ticket,
    *,
    person: str,
    text: str,
    now: datetime,
    roles: Collection[Role] = BY_OWNER,
) -> Change:
    """公开答复: words for the resident, the first of which are the first contact.

    Never moves a clock (rule 2): the one of the first contact has reached its aim.
    """
    guard(bool(text.strip()), "needs_words")
    changed = moved_to(ticket, Action.REPLY, roles, now, answer=text)
    changed = _contacted(changed, now)
    return changed, event(changed, EventName.REPLIED, person, text=text)


def _contacted(ticket: Ticket, now: datetime) -> Ticket:
    return replace(
        ticket,
        contacted_at=ticket.contacted_at or now,
        clocks=without(ticket.clocks, ClockKind.CONTACT),
    )


def note(
    ticket: Ticket,
    *,
    by: str,
    text: str,
    now: datetime,
    contacted: bool = False,
    roles: Collection[Role] = BY_OWNER,
) -> Change:
    """办理情况, among cadres only. `contacted`: the resident was spoken to, by phone or in person;
    that is the first contact, too."""
    guard(bool(text.strip()), "needs_words")
    changed = moved_to(ticket, Action.INTERNAL_NOTE, roles, now)
    if contacted:
        changed = _contacted(changed, now)
    return changed, event(changed, EventName.NOTED, by, text=text)


def pause(
    ticket: Ticket,
    *,
    by: str,
    text: str,
    limits: Limits,
    now: datetime,
    roles: Collection[Role] = BY_OWNER,
) -> Change:
    """请群众补充: the work cannot go on without the resident's answer. The clock of closing stands
    still until the answer comes, or the cap of the pause is reached; signed by `by` (rule 2)."""
    guard(bool(text.strip()), "needs_words")
    until = limits.pause_until(ticket.urgency, now)
    waiting = replace(ticket, clocks=standing(ticket, limits, now))
    changed = moved_to(
        waiting,
        Action.ASK_INFO,
        roles,
        now,
        clocks=[clock(ClockKind.ANSWER, until, now)],
    )
    changed = _contacted(changed, now)
    return changed, event(changed, EventName.INFO_ASKED, by, text=text, set_clock=ClockKind.ANSWER)


def resume(
    ticket: Ticket,
    *,
    by: str,
    text: str,
    limits: Limits,
    now: datetime,
    roles: Collection[Role] = BY_SYSTEM,
) -> Change:
    """The pause is over: answered, the cap reached, or the owner goes on without an answer."""
    guard(ticket.waits_in_hand or ticket.state is not State.NEED_INFO, "not_in_hand")
    going = replace(ticket, clocks=going_on(ticket, limits, now))
    changed = moved_to(going, Action.RESUME, roles, now)
    return changed, event(
        changed, EventName.RESUMED, by, text=text, set_clock=_closing_clock(changed)
    )


def _closing_clock(ticket: Ticket) -> ClockKind:
    return ClockKind.OVERDUE if ticket.is_late else ClockKind.CLOSE


def request_extension(
    ticket: Ticket,
    *,
    by: str,
    days: int,
    reason: str,
    reviewer: str,
    close_days: int,
    limits: Limits,
    now: datetime,
    roles: Collection[Role] = BY_OWNER,
) -> Change:
    """申请延期: once, before the limit, at most `close_days` (the original limit) and ten working
    days; `reviewer`, the level above, decides. Never for an emergency (domain.md §6)."""
    guard(bool(reason.strip()), "needs_reason")
    guard(not ticket.urgent, "extension_urgent")
    guard(ticket.extensions == 0, "extension_twice")
    closing = ticket.clock(ClockKind.CLOSE)
    in_time = closing is not None and closing.due_at is not None and now <= closing.due_at
    guard(in_time, "extension_late")
    longest = limits.longest_extension(close_days)
    guard(1 <= days <= longest, "extension_too_long", days=str(longest))
    changed = moved_to(
        ticket,
        Action.REQUEST_EXTENSION,
        roles,
        now,
        clocks=[clock(ClockKind.APPROVE, limits.approve_by(ticket.urgency, now), now)],
        reviewer=reviewer,
        request=Request(by, reason, days=days, from_unit=ticket.owner, limit=ticket.close_due),
    )
    return changed, event(
        changed,
        EventName.EXTENSION_ASKED,
        by,
        text=reason,
        unit=reviewer,
        set_clock=ClockKind.APPROVE,
    )


def approve_extension(
    ticket: Ticket, *, by: str, limits: Limits, now: datetime, roles: Collection[Role]
) -> Change:
    """同意延期: the limit moves by the days that were asked for, counted from the limit itself,
    also where it ran out while the request waited. What climbed meanwhile stays climbed."""
    move(ticket.state, Action.APPROVE_EXTENSION, *roles)
    asked = ticket.request
    if asked is None or asked.by == by:
        raise GuardFailed("second_person")
    due = limits.extended(asked.limit or now, asked.days)
    changed = moved_to(
        replace(ticket, clocks=without(ticket.clocks, ClockKind.OVERDUE)),
        Action.APPROVE_EXTENSION,
        roles,
        now,
        clocks=[clock(ClockKind.CLOSE, due, now)],
        reviewer=None,
        extensions=ticket.extensions + 1,
    )
    return changed, event(
        changed, EventName.EXTENDED, by, text=asked.reason, set_clock=ClockKind.CLOSE
    )


def refuse_extension(
    ticket: Ticket, *, by: str, reason: str, now: datetime, roles: Collection[Role]
) -> Change:
    """不同意延期: the limit stays as it was. It can be asked for once more."""
    guard(bool(reason.strip()), "needs_reason")
    changed = moved_to(ticket, Action.REFUSE_EXTENSION, roles, now, reviewer=None, request=None)
    return changed, event(changed, EventName.EXTENSION_REFUSED, by, text=reason)


def shelve(
    ticket: Ticket,
    *,
    by: str,
    reason: str,
    review: datetime | None,
    limits: Limits,
    now: datetime,
    roles: Collection[Role],
) -> Change:
    """挂账: there is no solution at present. Signed by the level above, with the cause and a date
    of review, 30 days away at most; the clock of closing stands still."""
    guard(bool(reason.strip()), "needs_reason")
    guard(review is None or review > now, "review_past")
    resting = replace(ticket, clocks=standing(ticket, limits, now))
    changed = moved_to(
        resting,
        Action.SHELVE,
        roles,
        now,
        clocks=[clock(ClockKind.SHELF, limits.shelf_review(now, review), now)],
        request=Request(by, reason, from_unit=ticket.owner),
    )
    return changed, event(changed, EventName.SHELVED, by, text=reason, set_clock=ClockKind.SHELF)


def unshelve(
    ticket: Ticket,
    *,
    by: str,
    reason: str,
    limits: Limits,
    now: datetime,
    roles: Collection[Role] = BY_OWNER,
) -> Change:
    """销账: it can be solved now, the clock of closing goes on with what was left."""
    guard(bool(reason.strip()), "needs_reason")
    going = replace(ticket, clocks=going_on(ticket, limits, now))
    changed = moved_to(going, Action.UNSHELVE, roles, now, request=None)
    return changed, event(
        changed, EventName.UNSHELVED, by, text=reason, set_clock=_closing_clock(changed)
    )


def supervise(
    ticket: Ticket, *, by: str, text: str, now: datetime, roles: Collection[Role]
) -> Change:
    """督办: somebody above watches it from now on; no clock moves."""
    guard(bool(text.strip()), "needs_words")
    changed = moved_to(ticket, Action.SUPERVISE, roles, now, supervised=True)
    return changed, event(changed, EventName.SUPERVISED, by, text=text)
