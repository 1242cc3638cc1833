"""Rules that look at more than the state, as the menu has to know them. Pure.

Each says whether the desk would take the action; the property test of the menu holds them to that.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from services.case_entries import SIGNED_BY_ACTING
from services.case_units import catalogue_co_units, is_desk, refusal
from services.office import Office
from services.policy import signs_for_shelving
from tickets.actions import Role
from tickets.clocks import ClockKind
from tickets.states import IN_HAND, State
from tickets.ticket import Ticket


@dataclass(frozen=True, slots=True)
class Situation:
    """Somebody before a ticket."""

    office: Office
    unit: str
    person: str | None
    """None: anybody of the unit."""
    ticket: Ticket
    roles: frozenset[Role]
    now: datetime


Rule = Callable[[Situation], bool]


def _is_desk(it: Situation) -> bool:
    return is_desk(it.office.county, it.unit)


def _not_in_hand(it: Situation) -> bool:
    return not it.ticket.waits_in_hand


def _can_be_returned(it: Situation) -> bool:
    """Within the window, never after the county centre's ruling, and by whoever signed for it:
    a colleague cannot give away what somebody has signed for (首接负责)."""
    ticket = it.ticket
    of_a_colleague = it.roles == {Role.OWNER} and it.person != ticket.person
    if ticket.ruled or (ticket.state in IN_HAND and of_a_colleague):
        return False
    limits = it.office.limits_at(ticket.owner)
    sent = ticket.dispatched_at
    return sent is None or it.now <= limits.return_by(ticket.urgency, sent)


def _can_be_agreed(it: Situation) -> bool:
    asked = it.ticket.request
    return asked is not None and _may_own(it, asked.unit)


def _can_be_refused(it: Situation) -> bool:
    asked = it.ticket.request
    return asked is not None and _may_own(it, asked.from_unit)


def _may_own(it: Situation, code: str | None) -> bool:
    unit = it.office.county.org.unit(code or "")
    return not refusal(it.office.county, it.ticket, it.unit, unit, by_desk=False)


def _can_be_extended(it: Situation) -> bool:
    ticket, office = it.ticket, it.office
    closing = ticket.clock(ClockKind.CLOSE)
    in_time = closing is not None and closing.due_at is not None and it.now <= closing.due_at
    longest = office.limits_at(ticket.owner).longest_extension(office.close_days(ticket))
    return in_time and not ticket.urgent and ticket.extensions == 0 and longest > 0


def _somebody_else_asked(it: Situation) -> bool:
    asked = it.ticket.request
    return asked is not None and (it.person is None or asked.by != it.person)


def _asks_above_to_shelve(it: Situation) -> bool:
    above = signs_for_shelving(it.office.county, it.ticket)
    return Role.ABOVE not in it.roles and above != it.ticket.owner


def _has_co_units(it: Situation) -> bool:
    lead = it.unit if it.ticket.state in SIGNED_BY_ACTING else it.ticket.owner
    return bool(catalogue_co_units(it.office.county, it.ticket, lead))


def _can_be_reopened(it: Situation) -> bool:
    ticket = it.ticket
    if ticket.state is not State.CLOSED:
        return True
    days = timedelta(days=it.office.limits_at(ticket.owner).reopen_days)
    return it.now <= (ticket.closed_at or ticket.updated_at) + days


def _exclusion_waits(it: Situation) -> bool:
    ticket = it.ticket
    return ticket.excluded == "asked" and (it.person is None or ticket.excluded_by != it.person)


RULES: Mapping[str, Rule] = {
    "accept": _not_in_hand,
    "dispatch": lambda it: _not_in_hand(it) and _is_desk(it),
    "decline": lambda it: _not_in_hand(it) and not it.ticket.urgent,
    "return": _can_be_returned,
    "rule_agree": _can_be_agreed,
    "rule_refuse": _can_be_refused,
    "grant": _somebody_else_asked,
    "approve": _somebody_else_asked,
    "exclude_yes": _exclusion_waits,
    "resolve": lambda it: not it.ticket.co_units,
    "called": lambda it: it.ticket.contacted_at is None,
    "photo": lambda it: it.ticket.signed_by is not None,
    "go_on": lambda it: it.ticket.waits_in_hand,
    "joint": _has_co_units,
    "drop": lambda it: bool(it.ticket.co_units),
    "extend": _can_be_extended,
    "shelve_ask": _asks_above_to_shelve,
    "reassign": _is_desk,
    "phone_unsolved": _can_be_reopened,
    "merge": lambda it: not it.ticket.confidential,
    "exclude": lambda it: not it.ticket.excluded,
}
"""By the entry's name; what is not here is allowed wherever the table allows it."""
