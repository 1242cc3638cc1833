"""Who may see and do what: one function for bots, pages, API and exports."""

from __future__ import annotations

from routing.county import County
from routing.unit_succession import present_unit
from routing.units import Cadre, Unit
from tickets.actions import Role
from tickets.ticket import Ticket


def roles_of(county: County, cadre: Cadre, ticket: Ticket) -> frozenset[Role]:
    """In which capacities a cadre may act on a ticket; none: they may not even see it.

    The owner's own people; the township centre above its groups and villages; whoever was told
    that it is late, and the county centre, above everybody; who is asked to decide, and what is
    above them; a co-unit for its part. A sealed report (owner: discipline channel) is its
    officers' alone: whoever is above reports to nobody else (domain.md §5, rule 7).
    """
    sealed = county.org.discipline_channel.code
    if ticket.owner == sealed:
        return _SEALED if cadre.unit == sealed else frozenset()
    found: set[Role] = set()
    # A closed ticket keeps the owner of its time: whoever took that unit's place may see it.
    owner = present_unit(county, ticket.owner)
    center = county.org.county_center.code
    if cadre.unit in (ticket.owner, owner.code if owner else ""):
        found.add(Role.OWNER)
    if cadre.unit == center:
        found.update((Role.CENTER, Role.ABOVE))
    if cadre.unit == ticket.told_up or _township_above(county, cadre.unit, owner):
        found.add(Role.ABOVE)
    if ticket.reviewer is not None and (
        cadre.unit in (ticket.reviewer, center)
        or _township_above(county, cadre.unit, county.org.unit(ticket.reviewer))
    ):
        found.add(Role.REVIEWER)
    if cadre.unit in ticket.co_units:
        found.add(Role.CO_UNIT)
    return frozenset(found)


_SEALED = frozenset({Role.OWNER, Role.ABOVE, Role.REVIEWER, Role.CENTER})


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
