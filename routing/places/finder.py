"""The search for a place in a resident's words: exact names first, then likeness, then context."""

from __future__ import annotations

import re
from functools import lru_cache

from routing.county import County
from routing.divisions import DivisionTree
from routing.grids import GridRegister
from routing.places.cues import COUNTY_WIDE
from routing.places.finding import PlaceContext, PlaceFinding
from routing.places.forms import written_forms
from routing.places.gazetteer import Gazetteer, Name
from routing.places.group_numbers import find_numbers
from routing.places.misspelt import read_misspelt
from routing.places.normalise import normalise
from routing.places.readings import Reading, read_names
from routing.places.resolve import Resolver
from routing.places.spelling import Speller
from routing.places.wordlike import need_of

# A place is named early or not at all; a pasted book must not hold up the others.
MOST_CHARACTERS = 2_000
_COMMON_VILLAGE = re.compile(
    r"[^\u4e00-\u9fff]$|[,的了在到是有和跟全各每本外进出同邻隔壁农山乡回来去我俺咱们他你这那个几一二三四五六七八九十整驻包]$"
)
SURE_BESIDE_EXACT = 0.74
"""Beside a name that is written right, a misspelt one must at least sound right."""
_NO_CONTEXT = PlaceContext()
_LARGEST_AREA = 3_000
"""Divisions among which a misspelt name is looked for; in more of them everything is like it."""


class PlaceFinder:
    """Finds places in text. Build once and share, also between threads."""

    def __init__(self, gazetteer: Gazetteer, grids: GridRegister) -> None:
        self._tree = gazetteer.tree
        self._grids = grids
        self._gazetteer = gazetteer
        self._spellers = lru_cache(maxsize=64)(self._speller)
        self._speller_of_all = self._spellers("")

    @classmethod
    def of(cls, county: County) -> PlaceFinder:
        """A finder for one county with its grids, aliases and landmarks."""
        return cls(Gazetteer.of_county(county), county.grids)

    @classmethod
    def of_tree(cls, tree: DivisionTree) -> PlaceFinder:
        """A finder for any tree of divisions, without grids: a province, the country."""
        return cls(Gazetteer(tree), GridRegister.of(()))

    def find(self, text: str, context: PlaceContext | None = None) -> PlaceFinding:
        """The places that `text` (its first 2,000 characters) may mean, ranked, with evidence."""
        context = context or _NO_CONTEXT
        plain = normalise(text[:MOST_CHARACTERS])
        if not plain.text:
            return Resolver(self._tree, self._grids, plain, [], context).resolve([], False)
        readings = read_names(self._gazetteer, plain, context.answering)
        if not _settled(readings, plain.text):
            deepest = max(
                (e.code for r in readings for e in r.entries if e.kind == "county"),
                key=len,
                default="",
            )
            speller = self._speller_of_all or self._spellers(deepest)
            if speller is not None:
                near = read_misspelt(speller, plain, readings, context.answering)
                if any(r.kind == "village" for r in readings):
                    near = [r for r in near if not r.unsure and r.score >= SURE_BESIDE_EXACT]
                covered = {i for reading in near for i in range(reading.start, reading.end)}
                kept = [reading for reading in readings if reading.start not in covered]
                readings = sorted([*kept, *near], key=lambda reading: reading.start)
        numbers = find_numbers(plain.text)
        resolver = Resolver(self._tree, self._grids, plain, numbers, context)
        return resolver.resolve(readings, COUNTY_WIDE.search(plain.text) is not None)

    def _speller(self, prefix: str) -> Speller | None:
        """The names of the area below a code, None when it is too large."""
        divisions = self._gazetteer.below(prefix, _LARGEST_AREA)
        if divisions is None:
            return None
        found: dict[str, Name] = {}
        for division in divisions:
            for word, confidence in written_forms(division).items():
                entries = tuple(self._gazetteer.entries_of(division, "pinyin", confidence))
                known = found.get(word)
                found[word] = Name(
                    word, (*(known.entries if known else ()), *entries), need_of(word)
                )
        for alias in self._gazetteer.alias_names(prefix):
            found.setdefault(alias.word, alias)
        return Speller(found.values())


def _settled(readings: list[Reading], text: str) -> bool:
    """Whether the exact names explain the message: a village, and no 村 that they leave open."""
    if not any(r.kind == "village" and not r.role.away and not r.unsure for r in readings):
        return False
    if any(reading.is_tail(text) for reading in readings):
        return False
    position = text.find("村", 1)
    while position > 0:
        covered = any(r.start <= position < r.end or r.end == position for r in readings)
        if not covered and not _COMMON_VILLAGE.search(text, max(0, position - 2), position):
            return False
        position = text.find("村", position + 1)
    return True
