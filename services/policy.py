"""Who may see and do what: one function for bots, pages, API and exports."""

from __future__ import annotations

from routing.county import County
from routing.unit_succession import present_unit
from routing.units import Cadre
from tickets.ticket import Ticket


def may_handle(county: County, cadre: Cadre, ticket: Ticket) -> bool:
    """Whether a cadre may see a ticket and act on it.

    The owner's own people; the township centre for its groups and villages; the county centre
    for everything. A sealed report (owner: discipline channel) is seen by its officers alone.
    """
    if ticket.owner == county.org.discipline_channel.code:
        return cadre.unit == ticket.owner
    # A closed ticket keeps the owner of its time: whoever took that unit's place may see it.
    owner = present_unit(county, ticket.owner)
    if cadre.unit in (ticket.owner, owner.code if owner else "", county.org.county_center.code):
        return True
    unit = county.org.unit(cadre.unit)
    return (
        unit is not None
        and owner is not None
        and unit.level == "township_center"
        and unit.township_code == owner.township_code
        and owner.level in ("linkage_group", "village_center")
    )


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
