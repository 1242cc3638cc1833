"""The question that routing answers and the answer it gives, with its reasons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from routing.catalogue import MinLevel
from routing.places.finding import NOWHERE, PlaceCandidate, PlaceFinding

Action = Literal["dispatch", "ask_place", "triage"]
AskLevel = Literal["township", "village", "grid"]


@dataclass(frozen=True, slots=True)
class RoutingRequest:
    """What is understood of one matter.

    `kind`, `matter` and `appeal_type` are the words of the domain, `matter_confidence` is 0..1,
    `degraded` says that keywords stood in for the model, `places_asked` counts how often the
    resident was already asked for the place of this matter. `destination_confidence` is the share
    of all matters together that go to the same unit (None: the matter's), `threshold` what it must
    reach to be dispatched without a human (None: the default).
    """

    kind: str
    matter: str | None
    matter_confidence: float
    place: PlaceFinding = NOWHERE
    appeal_type: str | None = None
    urgent: bool = False
    confidential: bool = False
    degraded: bool = False
    places_asked: int = 0
    destination_confidence: float | None = None
    threshold: float | None = None
    text: str = ""
    """The words themselves: whether a shopkeeper writes."""


@dataclass(frozen=True, slots=True)
class Ask:
    """A question for the place: the level asked for and the codes to offer as buttons."""

    level: AskLevel
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """One step of the explanation: a stable code and a Chinese sentence for people."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Decision:
    """Where a matter goes, and why.

    `owner_unit` is set for every action: while the resident is asked, the ticket already lies
    with the triage unit that gets it if no answer comes (an open ticket always has an owner).
    `group` and `county_unit` come from the catalogue row and are None without one (an urgent matter
    without one is `emergency`); they say whose matter it is, `owner_unit` who has it now: a cow in
    danger is `agriculture` and lies with the emergency group. `place` is the
    settled place. `ask` may be filled beside a dispatch: an urgent matter goes out at once and
    the place is asked for at the same time. `min_level` is the lowest level that may ever own it.
    """

    action: Action
    owner_unit: str
    group: str | None
    county_unit: str | None
    place: PlaceCandidate | None
    ask: Ask | None
    urgent: bool
    confidential: bool
    min_level: MinLevel
    reasons: tuple[Reason, ...]
