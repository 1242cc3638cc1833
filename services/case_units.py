"""Which unit may get a ticket from whom, in the sentence that refuses; the row's co-units."""

from __future__ import annotations

from routing.county import County
from routing.units import Unit
from tickets.ticket import Ticket

_COUNTY_LEVELS = ("county_unit", "county_center", "discipline_channel")
_HANDS_ON_ONLY = ("linkage_group", "village_center")


def is_desk(county: County, unit: str) -> bool:
    """Whether the people of a unit give tickets to others: groups and villages give them back."""
    own = county.org.unit(unit)
    return own is not None and own.level not in _HANDS_ON_ONLY


def too_low(county: County, ticket: Ticket, unit: Unit) -> bool:
    """Whether a unit is below the lowest level that may own the matter (domain.md §5, rule 6)."""
    row = county.catalogue.get(ticket.matter)
    from_sealed = ticket.owner == county.org.discipline_channel.code
    lowest = row.min_level if row and not from_sealed else "village"
    at_village = unit.level == "village_center"
    return (lowest == "county" and unit.level not in _COUNTY_LEVELS) or (
        (lowest == "township" or ticket.confidential) and at_village
    )


def refusal(
    county: County, ticket: Ticket, actor: str, unit: Unit | None, *, by_desk: bool = True
) -> str:
    """The key of the sentence that refuses an owner, empty when it is right.

    `actor` is the unit of whoever gives it; `by_desk`: it is given (派单, 改派), not ruled on.
    """
    if by_desk and not is_desk(county, actor):
        return "cadre_not_yours"  # whose it is not, gives it back (退单)
    if unit is None:
        return "cadre_unit_unknown"
    if unit.code == ticket.owner and by_desk:
        return "cadre_same_unit"
    return "cadre_unit_unknown" if too_low(county, ticket, unit) else ""


def catalogue_co_units(county: County, ticket: Ticket, lead: str) -> tuple[str, ...]:
    """The co-units that the matter's row names, without the lead unit and whose part is open."""
    row = county.catalogue.get(ticket.matter)
    named = [county.org.county_unit(name) for name in (row.co_units if row else ())]
    taken = {lead, *ticket.co_units}
    return tuple(unit.code for unit in named if unit is not None and unit.code not in taken)
