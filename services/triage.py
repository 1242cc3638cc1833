"""The triage queue: who may take what, and what will happen to a case before it happens. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from routing.units import Cadre
from services.acceptance import AT, accepted, place_said
from services.case_menu import Seat, entry_of
from services.errors import Refused
from services.office import Office
from services.policy import roles_of, units_seen_by
from tickets.clocks import ClockKind
from tickets.life import GuardFailed
from tickets.moves import NotAllowed
from tickets.states import State
from tickets.ticket import Ticket

VERBS = ("accept", "dispatch", "decline", "ask")
"""What a dispatcher does in the queue; each only where the case's own menu has it."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What accepting a case as this matter, there, would do."""

    matter: str
    matter_name: str
    group: str
    place: str
    unit: str
    person: str
    """Name of whoever gets it."""
    phone: str
    sign_by: datetime | None
    close_days: int
    climbs: tuple[str, ...]
    """Why it goes higher at once, where nobody is there."""
    words: str
    """What the press carries."""


def queue_units(office: Office, cadre: Cadre) -> tuple[str, ...]:
    """The units whose untriaged tickets a dispatcher sees."""
    return units_seen_by(office.county, cadre)


def may_triage(office: Office, cadre: Cadre, ticket: Ticket, now: datetime) -> bool:
    """Whether a case belongs into somebody's queue: it waits, and its menu lets them accept it."""
    seat = Seat(cadre.unit, cadre.id)
    waits = ticket.state is State.PENDING_INTAKE
    return waits and entry_of(office, seat, ticket, now, "accept") is not None


def plan(
    office: Office, cadre: Cadre, ticket: Ticket, matter: str, place_code: str, now: datetime
) -> Plan:
    """What will happen. Raises `Refused` with the sentence's key where it cannot."""
    row = office.county.catalogue.get(matter)
    place = place_said(office, ticket, place_code) if place_code else None
    if row is None or (place_code and place is None):
        raise Refused("cadre_matter_unknown", number=ticket.number)
    roles = roles_of(office.county, cadre, ticket)
    try:
        after, events = accepted(office, ticket, row, place, actor=cadre.id, roles=roles, now=now)
    except (GuardFailed, NotAllowed) as exc:
        state = office.state_name(ticket)
        raise Refused("cadre_not_now", number=ticket.number, state=state) from exc
    sign = after.clock(ClockKind.SIGN) or after.clock(ClockKind.TRIAGE)
    return Plan(
        matter=row.matter,
        matter_name=row.name,
        group=row.group,
        place=office.place_name(after),
        unit=office.unit_name(after.owner),
        person=office.cadre_name(after.person),
        phone=office.presence(after.owner).contact if after.person else "",
        sign_by=sign.due_at if sign else None,
        close_days=office.close_days(after),
        climbs=tuple(event.text for event in events[1:] if event.text),
        words=f"{row.matter} {AT}{place_code}" if place_code else row.matter,
    )
