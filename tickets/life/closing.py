"""办结, 审核, 回访, 评价, 重办, 结案 and 剔除."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from tickets.actions import Action, Role
from tickets.clocks import ClockKind, without
from tickets.deadlines import Limits
from tickets.events import EventName
from tickets.life.base import (
    BY_OWNER,
    BY_RESIDENT,
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

LEVELS = (5, 4, 3, 2, 1)
"""非常满意, 满意, 基本满意, 不满意, 非常不满意."""


def resolve(
    ticket: Ticket,
    *,
    person: str,
    text: str,
    limits: Limits,
    now: datetime,
    roles: Collection[Role] = BY_OWNER,
) -> Change:
    """办结 with the public answer; the resident is asked a day later whether it is solved.

    Not while a co-unit's part is open: one answer, by the lead unit, that holds all parts.
    """
    _may_close(ticket, text)
    return _resolved(ticket, Action.RESOLVE, roles, person, text, limits, now)


def submit_closing(
    ticket: Ticket,
    *,
    person: str,
    text: str,
    missing: Sequence[str],
    reviewer: str,
    limits: Limits,
    now: datetime,
    roles: Collection[Role] = BY_OWNER,
) -> Change:
    """报审办结: evidence is `missing` (none: it is a sample), so `reviewer` looks first.

    The answer does not go out yet; the clock of closing stands still.
    """
    _may_close(ticket, text)
    resting = replace(ticket, clocks=standing(ticket, limits, now))
    changed = moved_to(
        resting,
        Action.SUBMIT_CLOSING,
        roles,
        now,
        clocks=[clock(ClockKind.CHECK, limits.check_by(ticket.urgency, now), now)],
        reviewer=reviewer,
        request=Request(person, text, from_unit=ticket.owner, missing=tuple(missing)),
    )
    return changed, event(
        changed,
        EventName.CLOSING_SUBMITTED,
        person,
        text=text,
        unit=reviewer,
        set_clock=ClockKind.CHECK,
    )


def _may_close(ticket: Ticket, text: str) -> None:
    guard(bool(text.strip()), "needs_words")
    guard(not ticket.co_units, "subtasks_open")


def _resolved(
    ticket: Ticket,
    action: Action,
    roles: Collection[Role],
    actor: str,
    text: str,
    limits: Limits,
    now: datetime,
) -> Change:
    changed = moved_to(
        ticket,
        action,
        roles,
        now,
        clocks=[clock(ClockKind.FEEDBACK, limits.feedback_at(now), now)],
        answer=text,
        resolved_at=now,
        contacted_at=ticket.contacted_at or now,
        reviewer=None,
        request=None,
        told_up=None,
    )
    changed = replace(changed, clocks=without(changed.clocks, ClockKind.CONTACT))
    return changed, event(
        changed, EventName.RESOLVED, actor, text=text, set_clock=ClockKind.FEEDBACK
    )


def approve_closing(
    ticket: Ticket, *, by: str, limits: Limits, now: datetime, roles: Collection[Role]
) -> Change:
    """审核通过: the answer goes out now. By somebody else than who closed it, or by the system
    once the missing evidence was supplied."""
    move(ticket.state, Action.APPROVE_CLOSING, *roles)
    asked = ticket.request
    if asked is None or asked.by == by:
        raise GuardFailed("second_person")
    return _resolved(ticket, Action.APPROVE_CLOSING, roles, by, asked.reason, limits, now)


def send_back(
    ticket: Ticket, *, by: str, reason: str, limits: Limits, now: datetime, roles: Collection[Role]
) -> Change:
    """审核退回: it is not done; the clock of closing goes on with what was left."""
    guard(bool(reason.strip()), "needs_reason")
    going = replace(ticket, clocks=going_on(ticket, limits, now))
    changed = moved_to(going, Action.SEND_BACK, roles, now, reviewer=None, request=None)
    kind = ClockKind.OVERDUE if changed.is_late else ClockKind.CLOSE
    return changed, event(changed, EventName.SENT_BACK, by, text=reason, set_clock=kind)


def call_back(ticket: Ticket, *, limits: Limits, now: datetime) -> Change:
    """回访: the resident is asked once; whoever stays silent has until the reopen window's end."""
    until = _answered_by(ticket, limits, now)
    changed = moved_to(
        ticket,
        Action.CALL_BACK,
        BY_SYSTEM,
        now,
        clocks=[clock(ClockKind.REOPEN, until, now)],
    )
    return changed, event(changed, EventName.CALLED_BACK, "system", set_clock=ClockKind.REOPEN)


def _answered_by(ticket: Ticket, limits: Limits, now: datetime) -> datetime:
    """The end of the reopen window; a day at least, also for who was asked late."""
    return max(limits.reopen_until(ticket.resolved_at or now), limits.feedback_at(now))


def confirm_solved(
    ticket: Ticket,
    *,
    limits: Limits,
    now: datetime,
    by: str = "resident",
    roles: Collection[Role] = BY_RESIDENT,
) -> Change:
    """The resident says it is solved, in the chat or to whoever calls; how content is asked."""
    until = _answered_by(ticket, limits, now)
    changed = moved_to(
        ticket,
        Action.CONFIRM_SOLVED,
        roles,
        now,
        clocks=[clock(ClockKind.REOPEN, until, now)],
        solved=True,
    )
    return changed, event(changed, EventName.CONFIRMED, by, set_clock=ClockKind.REOPEN)


def rate(
    ticket: Ticket,
    *,
    level: int,
    now: datetime,
    by: str = "resident",
    roles: Collection[Role] = BY_RESIDENT,
) -> Change:
    """评价: one of five levels; with it the ticket is closed."""
    guard(level in LEVELS, "level_unknown")
    changed = moved_to(ticket, Action.RATE, roles, now, satisfaction=level, closed_at=now)
    return changed, event(changed, EventName.RATED, by, text=str(level))


def not_solved(
    ticket: Ticket,
    *,
    owner: str,
    person: str | None,
    text: str,
    limits: Limits,
    now: datetime,
    received_at: datetime | None = None,
    by: str = "resident",
    roles: Collection[Role] = BY_RESIDENT,
) -> Change:
    """重办: handled again by `owner`, one level up, who owes a new answer.

    Within the reopen window, counted to when the resident said so (`received_at`).
    """
    if ticket.state is State.CLOSED:
        until = limits.reopen_until(ticket.closed_at or ticket.updated_at)
        guard((received_at or now) <= until, "reopen_too_late")
    changed = moved_to(
        ticket,
        Action.NOT_SOLVED,
        roles,
        now,
        clocks=[clock(ClockKind.SIGN, limits.sign_by(ticket.urgency, now), now)],
        owner=owner,
        person=person,
        answer="",
        solved=False,
        satisfaction=None,
        why_not=text,
        rung=0,
        reworks=ticket.reworks + 1,
        escalations=ticket.escalations + 1,
        dispatched_at=now,
        resolved_at=None,
        closed_at=None,
        extensions=0,
        told_up=None,
        excluded="",
        excluded_by=None,
    )
    return changed, event(
        changed,
        EventName.NOT_SOLVED,
        by,
        text=text,
        owner_changed=True,
        set_clock=ClockKind.SIGN,
    )


def close(ticket: Ticket, now: datetime) -> Change:
    """结案: the reopen window is over."""
    changed = moved_to(ticket, Action.CLOSE, BY_SYSTEM, now, closed_at=now)
    return changed, event(changed, EventName.CLOSED, "system")


def ask_exclusion(
    ticket: Ticket, *, by: str, reason: str, now: datetime, roles: Collection[Role] = BY_OWNER
) -> Change:
    """申请剔除: leave it out of the figures, for a reason."""
    guard(bool(reason.strip()), "needs_reason")
    guard(not ticket.excluded, "excluded_already")
    changed = moved_to(
        ticket, Action.EXCLUDE_FROM_STATS, roles, now, excluded="asked", excluded_by=by
    )
    return changed, event(changed, EventName.EXCLUSION_ASKED, by, text=reason)


def confirm_exclusion(ticket: Ticket, *, by: str, now: datetime, roles: Collection[Role]) -> Change:
    """剔除: a second person of the county centre agrees; it is out of the figures."""
    guard(ticket.excluded == "asked", "exclusion_not_asked")
    guard(ticket.excluded_by != by, "second_person")
    changed = moved_to(ticket, Action.CONFIRM_EXCLUSION, roles, now, excluded="done")
    return changed, event(changed, EventName.EXCLUDED, by)
