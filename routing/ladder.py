"""The rungs that a ticket climbs when nobody acts: every unit has a next one, up to the county.

The ladder is read from the organisation and the catalogue, so that a climb needs no table of its
own and ends for certain (a test walks it from every unit).
"""

from __future__ import annotations

from routing.county import County
from routing.unit_succession import present_unit
from routing.units import Unit


def next_rung(county: County, unit_code: str, matter: str | None) -> str | None:
    """The code of the unit above `unit_code` for this matter; None at the top.

    Village centre -> linkage group of the matter -> township centre -> lead county unit -> county
    centre. The discipline channel has no next rung: a sealed report never leaves it. The unit of an
    ended division climbs from the unit that took its place; an unknown one to the county centre,
    because a ticket must not be stuck with nobody.
    """
    unit = present_unit(county, unit_code)
    if unit is None:
        return county.org.county_center.code
    if unit.level in ("county_center", "discipline_channel"):
        return None
    if unit.level == "village_center":
        return _above_village(county, unit, matter)
    if unit.level == "linkage_group":
        return _code(county.org.township_center(unit.township_code)) or _top(county)
    if unit.level == "township_center":
        return _lead_unit(county, matter) or _top(county)
    return _top(county)


def _above_village(county: County, unit: Unit, matter: str | None) -> str:
    row = county.catalogue.get(matter)
    group = county.org.linkage_group(unit.township_code, row.group) if row else None
    center = county.org.township_center(unit.township_code)
    return _code(group) or _code(center) or _top(county)


def _lead_unit(county: County, matter: str | None) -> str | None:
    row = county.catalogue.get(matter)
    unit = county.org.county_unit(row.lead_unit) if row else None
    # A matter that is not sealed must not climb into the sealed channel.
    return unit.code if unit is not None and unit.level == "county_unit" else None


def _code(unit: Unit | None) -> str | None:
    return unit.code if unit else None


def _top(county: County) -> str:
    return county.org.county_center.code
