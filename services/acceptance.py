"""受理: what becomes of a ticket when a human says what it is, and where. Pure, so that a page can
show the outcome before anybody presses the key."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from routing.catalogue import CatalogueRow
from routing.decide import decide
from routing.places import PlaceFinding, place_from_code
from services.intake import known_place, located, request_of
from services.office import Office
from services.placing import settled
from services.reading import remembered
from tickets import life
from tickets.actions import Role
from tickets.events import Event
from tickets.ticket import Ticket

AT = "@"
"""Before the code of a place, in the words of an acceptance: `street_lamp @141026100206`."""


def place_said(office: Office, ticket: Ticket, code: str) -> PlaceFinding | None:
    """The place that somebody chose for a ticket, with the villager group that its words name;
    None for what is no place, or several."""
    place = place_from_code(office.county, code)
    best = place.best
    if best is None:
        return None
    group = ticket.villager_group if best.village_code == ticket.village else None
    for found in office.finder.find(ticket.text).candidates:
        if found.village_code == best.village_code:
            group = group or found.villager_group
    chosen = replace(best, villager_group=group if best.village_code else None)
    return replace(place, candidates=(chosen,))


def accepted(
    office: Office,
    ticket: Ticket,
    row: CatalogueRow,
    place: PlaceFinding | None,
    *,
    actor: str,
    roles: Collection[Role],
    now: datetime,
) -> tuple[Ticket, list[Event]]:
    """The ticket with the catalogue's owner, and what is written into its history.

    `place`: the desk knows better where it is; None: what the ticket says. Raises `GuardFailed`
    and `NotAllowed`.
    """
    reason = row.name
    if place is not None:
        ticket = located(replace(ticket, villager_group=None), place)
        reason = f"{row.name}，{office.place_name(ticket)}"
    ticket = replace(
        ticket,
        matter=row.matter,
        matter_name=row.name,
        kind="appeal",
        complex=row.urgency == "complex",
    )
    request = replace(
        request_of(remembered(ticket), place or known_place(office, ticket)),
        matter_confidence=1.0,
        destination_confidence=None,
        threshold=None,
        urgent=ticket.urgent,
        confidential=ticket.confidential,
        places_asked=9,
    )
    decision = decide(office.county, request, now)
    changed, event = life.accept(
        replace(ticket, group=decision.group, county_unit=decision.county_unit),
        owner=decision.owner_unit,
        person=office.in_charge(decision.owner_unit),
        limits=office.limits_at(decision.owner_unit),
        now=now,
        actor=actor,
        roles=roles,
        reason=reason,
    )
    changed, hops = settled(office, changed)
    return changed, [event, *hops]
