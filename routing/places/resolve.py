"""From readings to candidates: which place the matter is at, and how deep it is settled.

The place of a message is the place of the matter, not of the writer. Places that fit equally all
become candidates; nothing is picked among them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from routing.divisions import DivisionTree
from routing.grids import GridRegister
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
from routing.places.readings import JOINT, Reading
from routing.places.weighing import Mention, weigh

_CONTEXT_SCORES: dict[How, float] = {"pin": 0.6, "qr_code": 0.55, "last_confirmed": 0.5}
_DIRECTION = re.compile(
    r"(?<![不没])(?<!不是)([东西南北])[边面头](?:那个|的那个|那一个|那头|的)?(?![^,。]{0,3}不是)"
)
_MOST_CANDIDATES = 8


class Resolver:
    """Resolves the readings of one text."""

    def __init__(
        self,
        tree: DivisionTree,
        grids: GridRegister,
        text: NormalText,
        numbers: list[NumberMention],
        context: PlaceContext,
    ) -> None:
        self._tree = tree
        self._grids = grids
        self._text = text
        self._numbers = numbers
        self._context = context
        self._choose_number(next(iter(numbers), None))

    def resolve(self, readings: list[Reading], county_wide: bool) -> PlaceFinding:
        """The finding for all readings; `county_wide` says that 全县 or the like was said."""
        mentions = weigh(readings, self._text.text)
        inside = [m for m in mentions if m.reading.kind in ("village", "township")]
        outside = next((m for m in mentions if m.reading.kind == "outside"), None)
        whole = [r for r in readings if r.kind == "county"]
        if outside is not None and outside.reading.role.away:
            # 去临汾的车: on the way there is not there.
            role = outside.reading.role
            outside = None if whole or county_wide or role.bound or role.home else outside
        if outside is not None and (not inside or inside[0].total < outside.total):
            return self._outside(outside, inside)
        if inside:
            return self._places(inside, readings)
        if county_wide or whole:
            county = PlaceCandidate("county", score=0.9, evidence=self._county_words(readings))
            return PlaceFinding((county,), "county", False, None, self._group)
        return self._from_context()

    def _choose_number(self, number: NumberMention | None) -> None:
        self._number = number
        said = number.number if number is not None and number.kind == "group" else None
        self._group = said if said is not None else self._context.villager_group

    def _number_of(self, chosen: list[Reading], readings: list[Reading]) -> NumberMention | None:
        """The number that belongs to the place: not the 三组 of another village in the text."""
        mine = [n for n in self._numbers if any(self._beside(r, n) for r in chosen)]
        villages = [r for r in readings if r.kind == "village"]
        free = [n for n in self._numbers if not any(self._beside(r, n) for r in villages)]
        return next(iter((*mine, *free)), None)

    def _beside(self, reading: Reading, number: NumberMention) -> bool:
        return reading.end <= number.start and (
            JOINT.fullmatch(self._text.text, reading.end, number.start) is not None
        )

    def _outside(self, outside: Mention, inside: list[Mention]) -> PlaceFinding:
        """The matter is in another county; a place inside is only where the writer is from."""
        others = tuple(
            self._candidate(m.reading, entry, 0.5)
            for m in inside
            for entry in m.reading.entries[:_MOST_CANDIDATES]
        )
        said = self._said(outside.reading)
        code = outside.reading.entries[0].code
        return PlaceFinding(others, "unknown", False, said, self._group, code)

    def _places(self, mentions: list[Mention], readings: list[Reading]) -> PlaceFinding:
        best = mentions[0]
        chosen = [best, *(m for m in mentions[1:] if m.fits_equally_with(best))]
        said = [r for r in readings if any(m.reading.codes <= r.codes for m in chosen)]
        self._choose_number(self._number_of(said, readings))
        spoken = {e.code for r in readings if r.kind == "township" for e in r.entries}
        found: dict[str, PlaceCandidate] = {}
        for mention in chosen:
            for entry in self._narrow(mention.reading, spoken):
                candidate = self._candidate(mention.reading, entry, mention.certainty)
                found.setdefault(entry.code, candidate)
        candidates = self._by_direction(list(found.values()))[:_MOST_CANDIDATES]
        # The number belongs to the place that was chosen; what else was named has its own, or none.
        group = self._group
        self._choose_number(None)
        others: dict[str, PlaceCandidate] = {}
        for mention in mentions:
            if mention not in chosen:
                for entry in mention.reading.entries[:_MOST_CANDIDATES]:
                    if entry.code not in found:
                        others.setdefault(entry.code, self._candidate(mention.reading, entry, 0.5))
        unsure = all(m.reading.unsure for m in chosen)
        beside = any(m.reading.adjacent for m in chosen)
        if len(candidates) == 1 and not unsure:
            ranked = (*candidates, *others.values())
            return PlaceFinding(ranked, candidates[0].level, False, None, group)
        same_township = len({c.township_code for c in candidates}) == 1
        level: PlaceLevel = "township" if same_township and (not unsure or beside) else "unknown"
        return PlaceFinding(tuple(candidates), level, True, None, group)

    def _narrow(self, reading: Reading, spoken: set[str]) -> tuple[Entry, ...]:
        """Same names in several townships: a township that was said, then the context, decides."""
        for townships in (spoken, {self._context.township_code}):
            inside = tuple(e for e in reading.entries if e.township_code in townships)
            if inside:
                return inside
        return reading.entries

    def _by_direction(self, candidates: list[PlaceCandidate]) -> list[PlaceCandidate]:
        """洪驿东边那个 is 东洪驿 where 东洪驿 and 西洪驿 are the candidates."""
        said = _DIRECTION.findall(self._text.text)
        if len(candidates) < 2 or len(said) != 1:
            return candidates
        fits = [
            c
            for c in candidates
            if (village := self._tree.get(c.village_code or "")) is not None
            and village.short_name.startswith(said[0])
        ]
        return fits if len(fits) == 1 else candidates

    def _candidate(self, reading: Reading, entry: Entry, certainty: float) -> PlaceCandidate:
        how = entry.how
        evidence = (PlaceEvidence(*self._text.written(reading.start, reading.end), how=how),)
        score = round(reading.score * certainty, 3)
        if entry.kind == "township":
            return PlaceCandidate(
                "township", entry.code, villager_group=self._group, score=score, evidence=evidence
            )
        return self._deepest(entry.code, score, evidence, entry.grid or None, entry.via)

    def _from_context(self) -> PlaceFinding:
        """What is known besides the words: candidates to confirm, never an answer."""
        priors = list(self._priors())
        if not priors and (near := self._near_townships()):
            return PlaceFinding(near, "unknown", False, None, self._group)
        if not priors:
            return PlaceFinding((), "unknown", False, None, self._group)
        numbered = self._number is not None
        candidates: dict[str, PlaceCandidate] = {}
        for village_code, grid_code, how in priors:
            evidence = (PlaceEvidence("", 0, 0, how),)
            fixed = None if numbered else grid_code
            score = _CONTEXT_SCORES.get(how, 0.5)
            candidate = self._deepest(village_code, score, evidence, fixed, "")
            candidates.setdefault(candidate.code or "", candidate)
        ranked = tuple(candidates.values())
        # A bare "三组" answers the question for the grid of a village that is already settled.
        first = ranked[0]
        answers = self._context.answering and numbered and first.grid_code is not None
        level: PlaceLevel = first.level if answers else "unknown"
        return PlaceFinding(ranked[:1] if answers else ranked, level, False, None, self._group)

    def _near_townships(self) -> tuple[PlaceCandidate, ...]:
        """Townships whose centres are near a point: a hint which buttons come first."""
        evidence = (PlaceEvidence("", 0, 0, "pin"),)
        near = [self._tree.get(code) for code in self._context.pins]
        return tuple(
            PlaceCandidate("township", each.code, score=0.4, evidence=evidence)
            for each in near
            if each is not None and each.level == "township" and each.is_present
        )

    def _priors(self) -> Iterable[tuple[str, str | None, How]]:
        context = self._context
        given: list[tuple[str | None, How]] = [
            *((code, "pin") for code in context.pins),
            (context.grid_code, "qr_code"),
            (context.confirmed, "last_confirmed"),
            (context.village_code, "last_confirmed"),
        ]
        for code, how in given:
            for grid in self._grids.present(code or ""):
                yield grid.village_code, grid.code, how
            for division in self._tree.present(code or ""):
                if division.level == "village":
                    yield division.code, None, how

    def _deepest(
        self,
        village_code: str,
        score: float,
        evidence: tuple[PlaceEvidence, ...],
        grid_code: str | None,
        via: str,
    ) -> PlaceCandidate:
        """The village, or the grid in it that a group or grid number names."""
        number = self._number
        township = self._tree.township_of(village_code)
        numbered = self._numbered(village_code, via)
        found = numbered or grid_code
        if number is not None and numbered is not None:
            how: How = "grid_number" if number.kind == "grid" else "group_number"
            words = self._text.written(number.start, number.end)
            evidence = (*evidence, PlaceEvidence(*words, how=how))
        return PlaceCandidate(
            "grid" if found else "village",
            township.code if township else None,
            village_code,
            found,
            self._group,
            score,
            evidence,
        )

    def _numbered(self, village_code: str, via: str) -> str | None:
        """The code of the grid that the number names; in a merged village by its old name."""
        number = self._number
        if number is not None and number.kind == "grid":
            grid = self._grids.numbered(village_code, number.number)
            return grid.code if grid else None
        if self._group is None:
            return None
        if via:
            for old in self._grids.ended_of(via, self._group):
                present = self._grids.present(old.code)
                if len(present) == 1 and present[0].village_code == village_code:
                    return present[0].code
        grid = self._grids.of_group(village_code, self._group)
        return grid.code if grid else None

    def _said(self, reading: Reading) -> str:
        return self._text.text[reading.start : reading.end]

    def _county_words(self, readings: list[Reading]) -> tuple[PlaceEvidence, ...]:
        return tuple(
            PlaceEvidence(*self._text.written(r.start, r.end), how=r.how)
            for r in readings
            if r.kind == "county"
        )
