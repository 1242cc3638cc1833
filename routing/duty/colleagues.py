"""Who may stand in for whom: people of one unit, and those who share its shifts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from routing.units import Cadre

if TYPE_CHECKING:
    from routing.county import County


def colleagues(county: County, cadre: Cadre) -> tuple[Cadre, ...]:
    """Everybody of the cadre's own unit, then everybody in a roster in which the cadre stands.

    A township's night officers sit the nights of its groups too: they may take each other's shifts
    and those of the groups' people.
    """
    units = county.roster.units_with(cadre.id)
    found = {each.id: each for each in county.org.by_rank(cadre.unit)}
    for unit in (cadre.unit, *units):
        for post in county.roster.of_unit(unit):
            for person in (post.cadre, post.deputy):
                other = county.org.cadre(person)
                if other is not None:
                    found.setdefault(other.id, other)
    found.pop(cadre.id, None)
    return tuple(found.values())
