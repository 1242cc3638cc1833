"""What belongs to one story: a matter, what caused it and what comes of it.

A broken road, the dust, the old people who fall: one matter. So a matter that usually follows
from another, or that people tell to show how they live, needs more than a comma to stand alone.
"""

from __future__ import annotations

import re

from nlu.signals.plain import plain_of

_FOLLOWS: dict[str, str] = {
    "road": "dust accident bus_service traffic_order produce_sales flood_landslide farm_machinery",
    "bridge": "road bus_service produce_sales farm_machinery flood_landslide",
    "street_lamp": "accident traffic_order",
    "water_supply": "toilet sewage livestock irrigation",
    "power_supply": "water_supply irrigation heating telecom broadcast_tv electric_danger",
    "electric_danger": "power_supply",
    "sewage": "toilet air_pollution garbage water_pollution road flood_landslide",
    "garbage": "air_pollution water_pollution stray_dogs sewage",
    "toilet": "sewage air_pollution garbage",
    "water_pollution": "air_pollution irrigation crop_pest livestock",
    "air_pollution": "crop_pest dust straw_burning fire livestock",
    "dust": "air_pollution crop_pest road",
    "noise": "unsafe_house mining construction_quality",
    "mining": "unsafe_house water_supply geo_hazard farmland_protection crop_pest water_pollution",
    "flood_landslide": "road bridge power_supply water_supply telecom unsafe_house farm_loss",
    "river_management": "flood_landslide farmland_protection",
    "geo_hazard": "flood_landslide unsafe_house relocation",
    "unsafe_house": "flood_landslide house_plot housing geo_hazard",
    "fire": "fire_hazard power_supply temporary_relief",
    "fire_hazard": "fire electric_danger",
    "irrigation": "farm_loss crop_pest",
    "farm_loss": "loans farm_supplies temporary_relief",
    "farm_supplies": "farm_loss crop_pest consumer_rights",
    "wildlife_damage": "land_compensation",
    "straw_burning": "air_pollution fire urban_order",
    "tourism": "road land_compensation",
    "house_plot": "unsafe_house housing marriage_funeral",
    "illegal_building": "neighbour_dispute house_plot produce_sales",
    "neighbour_dispute": "house_plot illegal_building violence sewage boundary_dispute",
    "boundary_dispute": "neighbour_dispute tree_felling land_contract violence",
    "land_contract": "boundary_dispute property_certificate tree_felling",
    "collective_income": "household_register village_election village_accounts",
    "village_accounts": "collective_income",
    "construction_quality": "culture_sports farmland_project accident housing",
    "housing": "loans consumer_rights",
    "unpaid_wages": "student_aid consumer_rights",
    "work_injury": "medical_insurance labour_dispute",
    "food_drug_safety": "poisoning_illness clinic",
    "public_order": "violence neighbour_dispute",
    "school": "student_aid bus_service",
    "discipline_report": "collective_income village_accounts low_income tree_felling",
}
_PAIRS = frozenset(
    frozenset((matter, other)) for matter, others in _FOLLOWS.items() for other in others.split()
)
_BACKGROUND = frozenset(
    "school clinic loans accident elderly_care child_welfare poisoning_illness missing_person "
    "service_window vaccination self_harm fire violence flood_landslide land_compensation "
    "medical_dispute medical_insurance animal_disease temporary_relief student_aid fraud "
    "employment housing work_injury".split()
)


def same_story(matter: str, other: str) -> bool:
    """One of them is often told as the cause or the consequence of the other."""
    return matter == other or frozenset((matter, other)) in _PAIRS


def is_background(matter: str) -> bool:
    """People tell it to show how hard things are, whatever it is that they want."""
    return matter in _BACKGROUND


_ASKS = re.compile(
    r"能不能|可不可以|能否|咋[办弄领算]|怎么|哪儿?[领办买卖换补查]|[想要]问|请问|想(?:申请|办|批|找)|申请|"
    r"要投诉|给(?:修|办|装|查|看|换|解决|个|安)|啥时候|什么时候|[吗不没]$|多少钱|缓缓"
)
_ADDS = re.compile(r"[也又还]")
_TELLS = re.compile(
    r"^(?:村里|镇上|县里|老板|店家|店主|物业|公司|医院|学校|人家|他们?|她们?|说是).{0,4}(?:说|讲|答复)|"
    r"^[问跟找给].{1,8}(?:说|问|反映|电话|报).{0,8}(?:不管|没人|不通|不听|没用|归|推)|说归|"
    r"没人管|不管事|电话.{0,3}(?:打不通|不接|没人接)|打电话.{0,4}(?:不通|不接|没人)|^[问找]"
)
_LONG = 8
"""Characters from which a clause may say something of its own beside a story."""


def asks(words: str) -> bool:
    """The clause wants something done or answered."""
    return bool(_ASKS.search(plain_of(words)))


def adds(words: str) -> bool:
    """The clause goes on to one more thing: 也, 又, 还."""
    return len(words) >= _LONG and bool(_ADDS.search(plain_of(words)))


def tells_of_refusal(words: str) -> bool:
    """Nobody came, nobody answered, others said this or that: adds nothing to be done."""
    return bool(_TELLS.search(plain_of(words)))
