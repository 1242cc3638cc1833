"""One message as the service would read it: the flat row that outputs use (domain.md §9)."""

from __future__ import annotations

from dataclasses import dataclass, fields

from routing.decide import decide
from routing.decision import Decision
from routing.places import PlaceFinding
from services.conversation import Conversation
from services.dialogue import cleaned
from services.intake import request_of
from services.messages import Address, BotName
from services.office import Office
from services.split import places_of
from services.understanding import Part, Understanding


@dataclass(frozen=True, slots=True)
class Reading:
    """The columns of `liandong classify`, in the words of domain.md §9."""

    pred_kind: str
    pred_appeal_type: str
    pred_matter: str
    pred_group: str
    """All groups of a message with several matters, joined by `|`; the rest is of the first."""
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


_NOBODY = Address("none", BotName.RESIDENTS, "")

COLUMNS = tuple(field.name for field in fields(Reading))


@dataclass(frozen=True, slots=True)
class Read:
    """A message with everything that was found out about it; of several matters about the first."""

    understanding: Understanding
    place: PlaceFinding
    decision: Decision
    parts: tuple[tuple[Part, PlaceFinding, Decision], ...] = ()
    """Each matter of a message with several, with its place and where it goes."""


def read(office: Office, text: str, understanding: Understanding) -> Read:
    """Place and decision for an understood message."""
    said = cleaned(text)
    if not understanding.parts:
        place = office.finder.find(said)
        return Read(understanding, place, _decided(office, said, understanding, place))
    places = places_of(office, Conversation(_NOBODY), said, understanding.parts)
    parts = tuple(
        (part, place, _decided(office, part.text, part.understanding, place))
        for part, place in zip(understanding.parts, places, strict=True)
    )
    return Read(understanding, parts[0][1], parts[0][2], parts)


def _decided(
    office: Office, text: str, understanding: Understanding, place: PlaceFinding
) -> Decision:
    return decide(office.county, request_of(understanding, place, text=text), office.clock())


def _groups(found: Read) -> str:
    """The groups of all matters, each once, in the order in which they were told."""
    every = [(part.understanding.matter, decision) for part, _, decision in found.parts]
    every = every or [(found.understanding.matter, found.decision)]
    groups = (decision.group for matter, decision in every if matter is not None)
    return "|".join(dict.fromkeys(group for group in groups if group))


def flat(office: Office, found: Read) -> Reading:
    """The row for the outputs."""
    whole, place = found.understanding, found.place
    first = whole.first
    tree = office.county.tree
    township = tree.get(place.township_code) if place.township_code else None
    village = tree.get(place.village_code) if place.village_code else None
    group = place.villager_group
    return Reading(
        pred_kind=whole.kind,
        pred_appeal_type=first.appeal_type or "",
        pred_matter=first.matter or "",
        pred_group=_groups(found),
        pred_county_unit=(found.decision.county_unit or "") if first.matter is not None else "",
        pred_urgent=int(whole.urgent),
        pred_confidential=int(whole.confidential),
        pred_township=township.short_name if township else "",
        pred_village=village.short_name if village else "",
        pred_villager_group="" if group is None else str(group),
        pred_location_level=place.level,
        pred_n_matters=whole.n_matters,
        pred_confidence=round(first.confidence, 4),
        pred_degraded=int(whole.degraded),
    )
