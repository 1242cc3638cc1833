"""区划调整 and 人员变动: other codes, maybe another owner; never another deadline (rule 2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from tickets.clocks import Clock, Clocks, ordered
from tickets.events import EventName
from tickets.life.base import Change, event
from tickets.states import IN_HAND, State
from tickets.ticket import Ticket


def relocated(
    ticket: Ticket,
    *,
    township: str | None,
    village: str | None,
    grid: str | None,
    owner: str,
    person: str | None,
    reason: str,
    now: datetime,
    units: Mapping[str, str] | None = None,
) -> Change:
    """The ticket in its new place. `units`: what took the place of other units that it names."""
    given_on = (owner, person) != (ticket.owner, ticket.person)
    in_hand = ticket.state in (*IN_HAND, State.SHELVED, State.PENDING_REVIEW)
    signed_by = ticket.signed_by
    if given_on and (in_hand or ticket.waits_in_hand):
        signed_by = person or signed_by
    changed = replace(
        _renamed(ticket, units or {}),
        township=township,
        village=village,
        grid=grid,
        owner=owner,
        person=person,
        signed_by=signed_by,
        updated_at=max(now, ticket.updated_at),
    )
    return changed, event(changed, EventName.MOVED, "system", text=reason, owner_changed=given_on)


def _renamed(ticket: Ticket, units: Mapping[str, str]) -> Ticket:
    """Who decides, who was told and who helps, under the codes of today."""

    def today(code: str | None) -> str | None:
        return units.get(code, code) if code else code

    asked = ticket.request
    return replace(
        ticket,
        reviewer=today(ticket.reviewer),
        told_up=today(ticket.told_up),
        request=asked and replace(asked, unit=today(asked.unit), from_unit=today(asked.from_unit)),
        subtasks=tuple(
            replace(task, unit=units.get(task.unit, task.unit), told_up=today(task.told_up))
            for task in ticket.subtasks
        ),
        clocks=_with_codes(ticket.clocks, units),
    )


def _with_codes(clocks: Clocks, units: Mapping[str, str]) -> Clocks:
    """Of two parts that one unit has now, the earlier deadline holds."""
    renamed = [replace(clock, of=units.get(clock.of, clock.of)) for clock in clocks]
    return ordered(sorted(renamed, key=_due, reverse=True))


def _due(clock: Clock) -> float:
    return clock.due_at.timestamp() if clock.due_at is not None else float("inf")
