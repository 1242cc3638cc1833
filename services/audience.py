"""Which units have a live card of a ticket: who owns it, decides, helps, or was told. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from routing.county import County
from services.policy import roles_at, rungs_told_at_once
from tickets.states import ANSWERED, State
from tickets.ticket import Ticket

_DECIDED = frozenset({State.EXTENSION_PENDING, State.PENDING_REVIEW})


def audience(county: County, ticket: Ticket, further: Sequence[str] = ()) -> tuple[str, ...]:
    """The units, the owner first, each once; none that may not see the ticket.

    For an emergency three levels at once (domain.md §6), also when the writer must not be named:
    no card names them. `further` are units that have to know of one change.
    """
    units = [ticket.owner, *rungs_told_at_once(county, ticket)]
    if ticket.reviewer is not None and ticket.state in _DECIDED:
        units.append(ticket.reviewer)
    if ticket.told_up is not None and ticket.is_open and ticket.state not in ANSWERED:
        units.append(ticket.told_up)
    units += ticket.co_units
    if ticket.excluded == "asked":
        units.append(county.org.county_center.code)
    seen = dict.fromkeys((*units, *further))
    return tuple(unit for unit in seen if unit == ticket.owner or roles_at(county, unit, ticket))
