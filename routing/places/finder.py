"""The search for a place in a resident's words: exact names first, then sounds, then context."""

from __future__ import annotations

from routing.county import County
from routing.places.cues import COUNTY_WIDE
from routing.places.finding import PlaceContext, PlaceFinding
from routing.places.gazetteer import Gazetteer
from routing.places.group_numbers import find_number
from routing.places.normalise import normalise
from routing.places.readings import read_names
from routing.places.resolve import Resolver
from routing.places.sound_readings import read_sounds

# A place is named early or not at all; a pasted book must not hold up the others.
MOST_CHARACTERS = 2_000
_NO_CONTEXT = PlaceContext()


class PlaceFinder:
    """Finds places of one county in text. Build once and share: it is only read afterwards."""

    def __init__(self, county: County) -> None:
        self._county = county
        self._gazetteer = Gazetteer(county)

    def find(self, text: str, context: PlaceContext | None = None) -> PlaceFinding:
        """The places that `text` (its first 2,000 characters) may mean, ranked, with evidence."""
        context = context or _NO_CONTEXT
        plain = normalise(text[:MOST_CHARACTERS])
        if not plain.text:
            resolver = Resolver(self._county, plain, None, context)
            return resolver.resolve([], False)
        readings = read_names(self._gazetteer, plain, context.answering)
        if not any(reading.kind == "village" for reading in readings):
            heard = read_sounds(self._gazetteer, plain, readings, context.answering)
            readings = sorted([*readings, *heard], key=lambda reading: reading.start)
        resolver = Resolver(self._county, plain, find_number(plain.text), context)
        return resolver.resolve(readings, COUNTY_WIDE.search(plain.text) is not None)
