"""Nobody there is no reason to wait: what nobody can sign for climbs at once (rule 1).

An empty group, a unit whose people are all gone, a shift that nobody has: the ticket goes up the
ladder rung by rung until somebody is in charge, and its history says why.
"""

from __future__ import annotations

from routing.ladder import next_rung
from services.office import Office
from tickets import life
from tickets.clocks import ClockKind
from tickets.events import Event
from tickets.states import State
from tickets.ticket import Ticket

CLIMBS_BY: dict[State, ClockKind] = {
    State.PENDING_INTAKE: ClockKind.TRIAGE,
    State.DISPATCHED: ClockKind.SIGN,
    State.REWORK: ClockKind.SIGN,
    State.RETURN_PENDING: ClockKind.RULE,
}
"""The clock of the states in which the level above owns what nobody has signed for."""


def settled(office: Office, ticket: Ticket) -> tuple[Ticket, list[Event]]:
    """The ticket where somebody is in charge, and a hop in its history for each empty rung."""
    events: list[Event] = []
    kind = CLIMBS_BY.get(ticket.state)
    while kind is not None and ticket.person is None:
        above = next_rung(office.county, ticket.owner, ticket.matter)
        if above is None:
            break
        slots = {"unit": office.unit_name(ticket.owner)}
        ticket, event = life.climb(
            ticket,
            kind,
            to=above,
            person=office.in_charge(above),
            limits=office.limits_at(above),
            now=office.clock(),
            reason=office.wording.say("reason_nobody", slots),
        )
        events.append(event)
    return ticket, events
