"""How far one occurrence of a matter reaches: one person, one spot, a whole net. Data.

Two neighbours who both ask for low income have two matters; two neighbours without water have
one. The codes are those of the shipped catalogue; a matter that is not listed (a county's own)
counts as personal, which asks for the most evidence.
"""

from __future__ import annotations

from enum import IntEnum


class Reach(IntEnum):
    """Whom one occurrence of a matter concerns."""

    PERSONAL = 0
    """One household: its papers, its money, its plot."""
    COMMON = 1
    """Everybody at a spot: a road, a lamp, a factory's smoke."""
    WIDE = 2
    """A net or something that spreads: it does not end at the village."""


COMMON = frozenset(
    "road bridge street_lamp garbage sewage toilet water_pollution air_pollution dust noise "
    "bus_service traffic_order property_parking urban_order river_management construction_quality "
    "safety_hazard fire_hazard geo_hazard fire accident electric_danger gas_leak violence mining "
    "irrigation grazing straw_burning tree_felling forestry farmland_project stray_dogs heritage "
    "illegal_building culture_sports tourism public_order village_accounts village_election "
    "broadcast_tv express_post food_drug_safety".split()
)
WIDE = frozenset(
    "water_supply power_supply gas_supply heating telecom flood_landslide animal_disease crop_pest "
    "wildlife_damage farm_loss poisoning_illness vaccination".split()
)


def reach_of(matter: str | None) -> Reach:
    """The reach of a matter by its code; personal where it is not known."""
    if matter in WIDE:
        return Reach.WIDE
    return Reach.COMMON if matter in COMMON else Reach.PERSONAL
