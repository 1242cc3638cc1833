"""One message as the service would read it: the flat row that outputs use (domain.md §9)."""

from __future__ import annotations

from dataclasses import dataclass, fields

from routing.decide import decide
from routing.decision import Decision
from routing.places import PlaceFinding
from services.dialogue import cleaned
from services.intake import request_of
from services.office import Office
from services.understanding import Understanding


@dataclass(frozen=True, slots=True)
class Reading:
    """The columns of `liandong classify`, in the words of domain.md §9."""

    pred_kind: str
    pred_appeal_type: str
    pred_matter: str
    pred_group: str
    pred_county_unit: str
    pred_urgent: int
    pred_confidential: int
    pred_township: str
    pred_village: str
    pred_villager_group: str
    pred_location_level: str
    pred_n_matters: int
    pred_confidence: float
    pred_degraded: int


COLUMNS = tuple(field.name for field in fields(Reading))


@dataclass(frozen=True, slots=True)
class Read:
    """A message with everything that was found out about it."""

    understanding: Understanding
    place: PlaceFinding
    decision: Decision


def read(office: Office, text: str, understanding: Understanding) -> Read:
    """Place and decision for an understood message."""
    place = office.finder.find(cleaned(text))
    decision = decide(office.county, request_of(understanding, place, text=text), office.clock())
    return Read(understanding, place, decision)


def flat(office: Office, found: Read) -> Reading:
    """The row for the outputs."""
    understanding, place = found.understanding, found.place
    carries_matter = understanding.matter is not None
    tree = office.county.tree
    township = tree.get(place.township_code) if place.township_code else None
    village = tree.get(place.village_code) if place.village_code else None
    group = place.villager_group
    return Reading(
        pred_kind=understanding.kind,
        pred_appeal_type=understanding.appeal_type or "",
        pred_matter=understanding.matter or "",
        pred_group=(found.decision.group or "") if carries_matter else "",
        pred_county_unit=(found.decision.county_unit or "") if carries_matter else "",
        pred_urgent=int(understanding.urgent),
        pred_confidential=int(understanding.confidential),
        pred_township=township.short_name if township else "",
        pred_village=village.short_name if village else "",
        pred_villager_group="" if group is None else str(group),
        pred_location_level=place.level,
        pred_n_matters=understanding.n_matters,
        pred_confidence=round(understanding.confidence, 4),
        pred_degraded=int(understanding.degraded),
    )
