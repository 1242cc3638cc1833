"""What a cadre may do to a ticket now: one list for the bot's buttons and the page's forms. Pure.

The table of moves says what the state and the capacity allow (`possible`); what a rule would refuse
of that is left out (`menu`), so that nobody is offered what the desk refuses.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from services.case_entries import ENTRIES, SIGNED_BY_ACTING, Entry
from services.case_rules import RULES, Situation
from services.office import Office
from services.policy import roles_at
from tickets.actions import Action, Role
from tickets.moves import allowed
from tickets.states import State
from tickets.ticket import Ticket


@dataclass(frozen=True, slots=True)
class Seat:
    """Whose hands a menu is for: a cadre's, or those of a whole unit in its group chat."""

    unit: str
    person: str | None = None


def possible(state: State, roles: Collection[Role]) -> tuple[Entry, ...]:
    """What the table of moves lets somebody in these capacities do, in the order of the list."""
    may = allowed(state, *roles)
    signing: frozenset[Action] = frozenset()
    if state in SIGNED_BY_ACTING and Action.SIGN_FOR in may:
        signing = allowed(State.SIGNED, Role.OWNER)
    return tuple(
        entry
        for entry in ENTRIES
        if entry.action in (may | signing if entry.signs else may)
        and (entry.by is None or entry.by.intersection(roles))
        and (entry.states is None or state in entry.states)
    )


def menu(office: Office, seat: Seat, ticket: Ticket, now: datetime) -> tuple[Entry, ...]:
    """Exactly what somebody may do to a ticket at `now`, in the order of the list."""
    roles = roles_at(office.county, seat.unit, ticket)
    situation = Situation(office, seat.unit, seat.person, ticket, roles, now)
    return tuple(
        entry
        for entry in possible(ticket.state, roles)
        if entry.name not in RULES or RULES[entry.name](situation)
    )


def entry_of(office: Office, seat: Seat, ticket: Ticket, now: datetime, verb: str) -> Entry | None:
    """The line of the menu with this verb; None where it cannot be done now."""
    return next((each for each in menu(office, seat, ticket, now) if each.verb == verb), None)


_LIKELY: dict[State, tuple[str, ...]] = {
    State.PENDING_INTAKE: ("accept", "dispatch", "decline", "sign"),
    State.NEED_INFO: ("go_on", "accept", "dispatch", "decline"),
    State.DISPATCHED: ("sign", "return"),
    State.REWORK: ("sign", "return"),
    State.SIGNED: ("resolve", "return"),
    State.HANDLING: ("resolve", "return"),
    State.RETURN_PENDING: ("rule_agree", "rule_refuse"),
    State.EXTENSION_PENDING: ("grant", "deny"),
    State.PENDING_REVIEW: ("approve", "send_back", "photo"),
    State.SHELVED: ("unshelve",),
    State.RESOLVED: ("solved", "unsolved"),
    State.PENDING_CALLBACK: ("solved", "unsolved"),
    State.CALLED_BACK: ("rate", "unsolved"),
}
_BESIDE = ("exclude_yes", "part", "grant", "deny", "approve", "send_back", "sign", "supervise")
"""Of somebody who does not own it: what they were asked for, else what they are there for."""


def likely(
    office: Office, seat: Seat, ticket: Ticket, now: datetime, most: int
) -> tuple[Entry, ...]:
    """The few things of the menu that somebody will want first."""
    roles = roles_at(office.county, seat.unit, ticket)
    entries = {entry.verb: entry for entry in menu(office, seat, ticket, now)}
    first: tuple[str, ...] = _LIKELY.get(ticket.state, ())
    if Role.OWNER not in roles:
        first = (*_BESIDE, *(first if Role.CENTER in roles and ticket.state in _ANY_CENTER else ()))
    elif ticket.excluded == "asked":
        first = ("exclude_yes", *first)
    return tuple(entries[verb] for verb in first if verb in entries)[:most]


_ANY_CENTER = frozenset({State.RESOLVED, State.PENDING_CALLBACK, State.CALLED_BACK})
"""Where the county centre's call to the resident is what comes next."""
