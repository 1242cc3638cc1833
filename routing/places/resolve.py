"""From readings to candidates: which place the matter is at, and how deep it is settled.

The place of a message is the place of the matter, not of the writer. Places that fit equally all
become candidates; nothing is picked among them.
"""

from __future__ import annotations

from routing.county import County
from routing.places.finding import (
    How,
    PlaceCandidate,
    PlaceContext,
    PlaceEvidence,
    PlaceFinding,
    PlaceLevel,
)
from routing.places.gazetteer import Entry
from routing.places.group_numbers import NumberMention
from routing.places.normalise import NormalText
from routing.places.readings import Reading, joined_to

_CONTEXT_SCORE = 0.5


class Resolver:
    """Resolves the readings of one text."""

    def __init__(
        self, county: County, text: NormalText, number: NumberMention | None, context: PlaceContext
    ) -> None:
        self._county = county
        self._text = text
        self._number = number
        self._context = context
        said = number.number if number is not None and number.kind == "group" else None
        self._group = said if said is not None else context.villager_group

    def resolve(self, readings: list[Reading], county_wide: bool) -> PlaceFinding:
        """The finding for all readings; `county_wide` says that 全县 or the like was said."""
        outside = next((self._said(r) for r in readings if r.kind == "outside"), None)
        villages = [r for r in readings if r.kind == "village"]
        townships = [r for r in readings if r.kind == "township"]
        if villages:
            return self._villages(villages, townships, outside)
        if townships:
            return self._townships(townships, outside)
        if county_wide or any(r.kind == "county" for r in readings):
            county = PlaceCandidate("county", score=0.9, evidence=self._county_words(readings))
            return PlaceFinding((county,), "county", False, outside, self._group)
        return self._from_context(outside)

    def _villages(
        self, villages: list[Reading], townships: list[Reading], outside: str | None
    ) -> PlaceFinding:
        chosen = _place_of_matter(villages, self._text.text)
        spoken = {entry.code for reading in townships for entry in reading.entries}
        pairs = [(reading, entry) for reading in chosen for entry in self._narrow(reading, spoken)]
        candidates = {entry.code: self._village(reading, entry) for reading, entry in pairs}
        others = {
            entry.code: self._village(reading, entry, 0.5)
            for reading in villages
            if reading not in chosen
            for entry in reading.entries
        }
        ranked = (
            *candidates.values(),
            *(c for code, c in others.items() if code not in candidates),
        )
        if len(candidates) == 1:
            return PlaceFinding(ranked, ranked[0].level, False, outside, self._group)
        same_township = len({c.township_code for c in candidates.values()}) == 1
        level: PlaceLevel = "township" if same_township else "unknown"
        return PlaceFinding(tuple(candidates.values()), level, True, outside, self._group)

    def _narrow(self, reading: Reading, spoken: set[str]) -> tuple[Entry, ...]:
        """Same names in several townships: a township that was said, then the context, decides."""
        for townships in (spoken, {self._context.township_code}):
            inside = tuple(e for e in reading.entries if e.township_code in townships)
            if inside:
                return inside
        return reading.entries

    def _townships(self, townships: list[Reading], outside: str | None) -> PlaceFinding:
        chosen = _place_of_matter(townships, self._text.text)
        codes = {entry.code for reading in chosen for entry in reading.entries}
        candidates = tuple(
            PlaceCandidate(
                "township",
                code,
                villager_group=self._group,
                score=chosen[0].score,
                evidence=tuple(self._words(r) for r in chosen if code in r.codes),
            )
            for code in sorted(codes)
        )
        if len(candidates) == 1:
            return PlaceFinding(candidates, "township", False, outside, self._group)
        return PlaceFinding(candidates, "unknown", True, outside, self._group)

    def _from_context(self, outside: str | None) -> PlaceFinding:
        context = self._context
        grid = self._county.grids.get(context.grid_code or "")
        village_code = grid.village_code if grid else context.village_code
        if village_code is None or outside or self._county.tree.township_of(village_code) is None:
            return PlaceFinding((), "unknown", False, outside, self._group)
        evidence = (PlaceEvidence("", 0, 0, "context"),)
        numbered = self._number is not None
        fixed = grid.code if grid is not None and not numbered else None
        candidate = self._deepest(village_code, _CONTEXT_SCORE, evidence, fixed)
        # A bare "三组" answers the question for the grid of a village that is already settled.
        settled = context.answering and numbered and candidate.grid_code is not None
        level: PlaceLevel = candidate.level if settled else "unknown"
        return PlaceFinding((candidate,), level, False, None, self._group)

    def _village(self, reading: Reading, entry: Entry, weight: float = 1.0) -> PlaceCandidate:
        evidence = PlaceEvidence(*self._text.written(reading.start, reading.end), how=entry.how)
        return self._deepest(entry.code, reading.score * weight, (evidence,), None)

    def _deepest(
        self,
        village_code: str,
        score: float,
        evidence: tuple[PlaceEvidence, ...],
        grid_code: str | None,
    ) -> PlaceCandidate:
        """The village, or the grid in it that a group or grid number names."""
        grids, number = self._county.grids, self._number
        township = self._county.tree.township_of(village_code)
        if number is not None and number.kind == "grid":
            grid = grids.numbered(village_code, number.number)
        else:
            grid = grids.of_group(village_code, self._group) if self._group is not None else None
        found = grid.code if grid is not None else grid_code
        if number is not None and grid is not None:
            how: How = "grid_number" if number.kind == "grid" else "group_number"
            words = self._text.written(number.start, number.end)
            evidence = (*evidence, PlaceEvidence(*words, how=how))
        return PlaceCandidate(
            "grid" if found else "village",
            township.code if township else None,
            village_code,
            found,
            self._group,
            round(score, 3),
            evidence,
        )

    def _words(self, reading: Reading) -> PlaceEvidence:
        return PlaceEvidence(*self._text.written(reading.start, reading.end), how=reading.how)

    def _said(self, reading: Reading) -> str:
        return self._text.text[reading.start : reading.end]

    def _county_words(self, readings: list[Reading]) -> tuple[PlaceEvidence, ...]:
        return tuple(self._words(r) for r in readings if r.kind == "county")


def _place_of_matter(readings: list[Reading], text: str) -> list[Reading]:
    """The readings that say where the matter is: not the writer's home if another is named.

    Two names joined by 和 or 到 (the bridge between two villages) fit equally; else the first
    one counts, because the first matter of a message is its main one.
    """
    away = [reading for reading in readings if not reading.home] or readings
    first = away[0]
    joined: list[Reading] = [first]
    for reading in away[1:]:
        if not joined_to(text, joined[-1], reading.start):
            break
        joined.append(reading)
    return joined + [r for r in away if r not in joined and r.codes == first.codes]
