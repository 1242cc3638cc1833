"""Who may see and do what: one function for bots, pages, API and exports."""

from __future__ import annotations

from routing.county import County
from routing.ladder import next_rung
from routing.unit_succession import present_unit
from routing.units import Cadre, Unit
from tickets.actions import Role
from tickets.ticket import Ticket

TOLD_AT_ONCE = 2
"""Rungs above the owner that hear of an emergency together with it (domain.md §6)."""


def roles_of(county: County, cadre: Cadre, ticket: Ticket) -> frozenset[Role]:
    """In which capacities a cadre may act on a ticket; none: they may not even see it."""
    return roles_at(county, cadre.unit, ticket)


def roles_at(county: County, unit: str, ticket: Ticket) -> frozenset[Role]:
    """In which capacities the people of a unit may act on a ticket.

    The owner's own people; the township centre above its groups and villages; whoever was told
    that it is late, or of an emergency, and the county centre, above everybody; who is asked to
    decide, and what is above them; a co-unit for its part. A sealed report (owner: discipline
    channel) is its officers' alone: whoever is above reports to nobody else (domain.md §5, rule 7).
    """
    sealed = county.org.discipline_channel.code
    if ticket.owner == sealed:
        return _SEALED if unit == sealed else frozenset()
    found: set[Role] = set()
    # A closed ticket keeps the owner of its time: whoever took that unit's place may see it.
    owner = present_unit(county, ticket.owner)
    center = county.org.county_center.code
    if unit in (ticket.owner, owner.code if owner else ""):
        found.add(Role.OWNER)
    if unit == center:
        found.update((Role.CENTER, Role.ABOVE))
    told = unit == ticket.told_up or unit in rungs_told_at_once(county, ticket)
    if told or _township_above(county, unit, owner):
        found.add(Role.ABOVE)
    if ticket.reviewer is not None and (
        unit in (ticket.reviewer, center)
        or _township_above(county, unit, county.org.unit(ticket.reviewer))
    ):
        found.add(Role.REVIEWER)
    if unit in ticket.co_units:
        found.add(Role.CO_UNIT)
    return frozenset(found)


def rungs_told_at_once(county: County, ticket: Ticket) -> tuple[str, ...]:
    """The units above the owner that hear of an open emergency at once, from below."""
    units: list[str] = []
    while ticket.urgent and ticket.is_open and len(units) < TOLD_AT_ONCE:
        above = next_rung(county, units[-1] if units else ticket.owner, ticket.matter)
        if above is None:
            break
        units.append(above)
    return tuple(units)


_SEALED = frozenset({Role.OWNER, Role.ABOVE, Role.REVIEWER, Role.CENTER})


def signs_for_shelving(county: County, ticket: Ticket) -> str:
    """The next unit above the owner that may put a ticket on the shelf: not every rung may see it
    before it is late."""
    unit = ticket.owner
    while (rung := next_rung(county, unit, ticket.matter)) is not None:
        unit = rung
        if Role.ABOVE in roles_at(county, unit, ticket):
            break
    return unit


def _township_above(county: County, code: str, owner: Unit | None) -> bool:
    unit = county.org.unit(code)
    return (
        unit is not None
        and owner is not None
        and unit.level == "township_center"
        and unit.township_code == owner.township_code
        and owner.level in ("linkage_group", "village_center")
    )


def may_handle(county: County, cadre: Cadre, ticket: Ticket) -> bool:
    """Whether a cadre may see a ticket and act on it in some capacity."""
    return bool(roles_of(county, cadre, ticket))


def may_read(county: County, cadre: Cadre | None, ticket: Ticket) -> bool:
    """Whether a visitor of the console may read a ticket: as their cadre may; who acts as none
    reads nothing that is sealed or confidential."""
    if cadre is not None:
        return may_handle(county, cadre, ticket)
    return not ticket.confidential and ticket.owner != county.org.discipline_channel.code


def units_seen_by(county: County, cadre: Cadre) -> tuple[str, ...]:
    """The units whose tickets a cadre sees on the work page."""
    own = county.org.unit(cadre.unit)
    if own is None:
        return ()
    sealed = county.org.discipline_channel.code
    if own.level == "county_center":
        return tuple(code for code in county.org.units if code != sealed)
    if own.level == "township_center":
        below = tuple(
            unit.code
            for unit in county.org.units.values()
            if unit.township_code == own.township_code
            and unit.level in ("linkage_group", "village_center")
        )
        return (own.code, *below)
    return (own.code,)
