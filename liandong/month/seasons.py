"""When residents write, and of what, by hour, weekday and month. Invented, but of a county's year.

Hours follow the day of farmers (peaks 8–10 and 19–21), matters the seasons of northern Shanxi's
south: heating from November to March, sowing and water in spring, pests in summer, floods in July
and August, harvest and straw in autumn.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

HOURS: Mapping[int, float] = {
    **dict.fromkeys(range(24), 2.0),
    **dict.fromkeys(range(6), 0.3),
    6: 1.5,
    7: 4.0,
    8: 8.0,
    9: 8.5,
    10: 6.5,
    11: 4.5,
    15: 4.0,
    16: 4.0,
    17: 3.5,
    18: 4.5,
    19: 8.0,
    20: 7.5,
    21: 4.0,
    22: 1.5,
    23: 0.6,
}
"""Messages by hour of the local day, relative to each other."""

WEEKDAYS = (1.2, 1.1, 1.05, 1.0, 1.0, 0.9, 0.75)
"""Monday to Sunday; after a weekend there is more to say."""

_COMMON = {
    "street_lamp": 4.0,
    "road": 5.0,
    "water_supply": 5.0,
    "power_supply": 4.0,
    "garbage": 4.5,
    "sewage": 2.5,
    "noise": 2.0,
    "medical_insurance": 4.0,
    "pension": 3.5,
    "low_income": 3.0,
    "elderly_care": 2.0,
    "unpaid_wages": 2.5,
    "neighbour_dispute": 3.0,
    "land_contract": 2.5,
    "house_plot": 2.5,
    "bus_service": 2.0,
    "telecom": 2.5,
    "stray_dogs": 1.5,
    "service_window": 2.0,
    "school": 2.0,
    "discipline_report": 0.9,
    "village_accounts": 1.5,
}
_RARE = {
    "fire": 0.25,
    "accident": 0.3,
    "flood_landslide": 0.15,
    "missing_person": 0.2,
    "gas_leak": 0.25,
    "poisoning_illness": 0.2,
    "electric_danger": 0.35,
    "violence": 0.3,
    "self_harm": 0.08,
}
_SEASONS: tuple[tuple[frozenset[int], Mapping[str, float]], ...] = (
    (
        frozenset({11, 12, 1, 2, 3}),
        {"heating": 9.0, "gas_supply": 3.0, "gas_leak": 3.0, "fire_hazard": 2.0, "fire": 2.0},
    ),
    (
        frozenset({3, 4, 5, 6}),
        {"irrigation": 6.0, "farm_supplies": 3.0, "farm_subsidy": 2.5, "forestry": 2.0},
    ),
    (
        frozenset({5, 6, 7, 8}),
        {"crop_pest": 6.0, "irrigation": 2.0, "medicinal_herbs": 2.5, "farm_machinery": 1.5},
    ),
    (
        frozenset({7, 8}),
        {"flood_landslide": 12.0, "geo_hazard": 5.0, "river_management": 4.0, "farm_loss": 5.0},
    ),
    (
        frozenset({9, 10, 11}),
        {"produce_sales": 4.0, "straw_burning": 6.0, "wildlife_damage": 5.0, "farm_machinery": 4.0},
    ),
    (frozenset({8, 9}), {"school": 3.0, "student_aid": 4.0}),
    (frozenset({12, 1, 2}), {"unpaid_wages": 3.0, "temporary_relief": 3.0, "road": 1.5}),
)
_SHARED: Mapping[str, float] = {
    "power_supply": 3.0,
    "water_supply": 3.0,
    "road": 1.5,
    "garbage": 1.5,
    "noise": 1.0,
    "heating": 0.4,
    "street_lamp": 1.0,
    "irrigation": 0.6,
    "flood_landslide": 0.1,
    "straw_burning": 0.5,
    "wildlife_damage": 0.5,
}
"""What several neighbours write about at once, before the season's factor."""


def factor(matter: str, month: int) -> float:
    """How much more often than in other months a matter comes up."""
    found = 1.0
    for months, factors in _SEASONS:
        if month in months:
            found *= factors.get(matter, 1.0)
    return found


def mix(matters: Iterable[str], month: int) -> dict[str, float]:
    """The weights of all matters of a catalogue in a month (1 to 12)."""
    return {
        matter: _COMMON.get(matter, _RARE.get(matter, 1.0)) * factor(matter, month)
        for matter in matters
    }


def shared_mix(matters: Iterable[str], month: int) -> dict[str, float]:
    """The weights of what a whole village notices, of the matters that the catalogue has."""
    return {m: _SHARED[m] * factor(m, month) for m in matters if m in _SHARED}


def busyness(day: date) -> float:
    """A day's share of an average day."""
    return WEEKDAYS[day.weekday()]
