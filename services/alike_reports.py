"""Tickets as they are compared with each other: for the +1 offer and for hot spots."""

from __future__ import annotations

from routing.hot.report import Report
from routing.places import PlaceFinding
from services.intake import Matter
from services.office import Office
from tickets.ticket import Ticket


def report_of(office: Office, ticket: Ticket) -> Report:
    """A ticket as a report."""
    return Report(
        number=ticket.number,
        text=ticket.text,
        at=ticket.created_at,
        matter=office.county.catalogue.root(ticket.matter),
        group=ticket.group,
        township=ticket.township,
        village=ticket.village,
        villager_group=ticket.villager_group,
        grid=ticket.grid,
        reporter=ticket.reporter,
        urgent=ticket.urgent,
        confidential=ticket.confidential,
        place_words=_names_of(office, ticket.township, ticket.village),
        place_name=office.place_name(ticket),
        matter_name=ticket.matter_name,
    )


def report_of_matter(office: Office, matter: Matter) -> Report:
    """A message that is no ticket yet."""
    understanding, place = matter.understanding, matter.place
    row = office.county.catalogue.get(understanding.matter)
    return Report(
        number="",
        text=matter.text,
        at=office.clock(),
        matter=office.county.catalogue.root(understanding.matter),
        group=row.group if row else None,
        township=place.township_code,
        village=place.village_code,
        villager_group=place.villager_group,
        grid=place.grid_code,
        reporter=matter.address.key,
        urgent=understanding.urgent,
        confidential=understanding.confidential,
        place_words=(*_said(place), *_names_of(office, place.township_code, place.village_code)),
        matter_name=row.name if row else "",
    )


def _said(place: PlaceFinding) -> tuple[str, ...]:
    """The resident's own words for the place."""
    best = place.best
    return tuple(evidence.span for evidence in best.evidence) if best else ()


def _names_of(office: Office, *codes: str | None) -> tuple[str, ...]:
    found = [office.county.tree.get(code) for code in codes if code]
    names = [name for each in found if each for name in (each.spoken_name, each.short_name)]
    return tuple(dict.fromkeys(names))
