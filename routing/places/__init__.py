"""From a resident's own words to ranked places with evidence."""

from __future__ import annotations

from routing.places.finder import PlaceFinder
from routing.places.finding import (
    NOWHERE,
    How,
    PlaceCandidate,
    PlaceContext,
    PlaceEvidence,
    PlaceFinding,
    PlaceLevel,
)
from routing.places.from_code import place_from_code, place_from_grid_code

__all__ = [
    "NOWHERE",
    "How",
    "PlaceCandidate",
    "PlaceContext",
    "PlaceEvidence",
    "PlaceFinder",
    "PlaceFinding",
    "PlaceLevel",
    "place_from_code",
    "place_from_grid_code",
]
