"""The office hours of a county and of its units, from its own lists of days and hours."""

from __future__ import annotations

from routing.county import County
from routing.office_slots import Season
from tickets.workdays import Workdays
from tickets.working_time import OfficeHours


def county_hours(county: County) -> OfficeHours:
    """What holds where nothing else is said."""
    return OfficeHours(
        is_workday=Workdays.of(county.special_days), seasons=county.hours.seasons_of()
    )


def unit_hours(county: County, default: OfficeHours) -> dict[str, OfficeHours]:
    """The hours of every unit that has others than `default`, by its code.

    Units with the same hours share one value, and with it the years that are laid out in it.
    """
    shared: dict[tuple[Season, ...], OfficeHours] = {default.seasons: default}
    found = {}
    for unit in county.org.units.values():
        seasons = county.hours.seasons_of(unit)
        if seasons not in shared:
            shared[seasons] = OfficeHours(is_workday=default.is_workday, seasons=seasons)
        if shared[seasons] is not default:
            found[unit.code] = shared[seasons]
    return found
