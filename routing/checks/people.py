"""Whether anybody at all stands behind a unit."""

from __future__ import annotations

from routing.county import County


def has_people(county: County, unit: str) -> bool:
    """A unit has people of its own, or people of others take its shifts."""
    return bool(county.org.staff(unit) or county.roster.of_unit(unit))
