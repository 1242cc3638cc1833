"""Every written form under which a division can occur, in one automaton.

One county has a few hundred forms, the whole country about a million: what a form may mean is
kept as packed numbers, and objects are made for the few forms that a text holds.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from routing.aliases import LANDMARK, NEIGHBOUR, Alias
from routing.county import County
from routing.divisions import Division, DivisionTree
from routing.grids import GridRegister
from routing.organisations import Organisation
from routing.places.automaton import WordAutomaton
from routing.places.far_places import FAR_PLACES
from routing.places.finding import How
from routing.places.forms import written_forms
from routing.places.wordlike import Need, need_of

Kind = Literal["village", "township", "county", "region", "outside"]

MOST_MEANINGS = 40
"""A form with more meanings is no name by itself: something above it has to be said too."""
_KINDS: dict[str, Kind] = {
    "province": "region",
    "city": "region",
    "county": "county",
    "township": "township",
    "village": "village",
}
_FORMS = 1 << 12
"""More than the (how, confidence) pairs that there can be."""
_COUNTY_DIGITS = 6
_OLD_NAME = 0.95
"""What a name loses by belonging to a division that is no more."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One division that a written form may mean; `code` is 'outside' names' own code too.

    `via` is the ended division whose name it was, `grid` the grid of a landmark.
    """

    kind: Kind
    code: str
    township_code: str
    how: How
    confidence: float
    via: str = ""
    grid: str = ""


@dataclass(frozen=True, slots=True)
class Name:
    """A written form with everything it may mean and what it needs beside it.

    `crowd` holds the packed meanings of a form that has too many for `entries`.
    """

    word: str
    entries: tuple[Entry, ...]
    need: Need
    crowd: Sequence[int] = ()

    def of_kind(self, kind: Kind) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.entries if entry.kind == kind)


class Gazetteer:
    """All names of a tree of divisions; threads may share it.

    Codes of divisions above a county are prefixes of the codes below (33, 3302, 330282).
    """

    def __init__(
        self,
        tree: DivisionTree,
        grids: GridRegister | None = None,
        aliases: Iterable[Alias] = (),
        organisations: Iterable[Organisation] = (),
    ) -> None:
        self.tree = tree
        self._grids = grids
        self._divisions = sorted(tree.by_code.values(), key=lambda division: division.code)
        self._codes = [division.code for division in self._divisions]
        self._forms: list[tuple[How, float]] = []
        self._form_numbers: dict[tuple[How, float], int] = {}
        self._others: list[Entry] = []
        self._alias_words: list[str] = []
        found: dict[str, list[int] | int] = {}
        self._add_divisions(found)
        self._add_aliases(found, aliases)
        for organisation in organisations:
            self._add_landmark(found, organisation.name, organisation.village_code, 0.9)
        for word in FAR_PLACES:
            if word not in found:
                self._add_other(found, word, Entry("outside", "", "", "exact", 0.9))
        self._meanings: list[tuple[int, ...] | array[int] | int] = [
            _packed(meaning) for meaning in found.values()
        ]
        self._automaton = WordAutomaton(found)
        self._cached: dict[int, Name] = {}

    @classmethod
    def of_county(cls, county: County) -> Gazetteer:
        """The names of one county with its aliases and landmarks."""
        return cls(county.tree, county.grids, county.aliases, county.organisations.by_code.values())

    def hits(self, text: str) -> list[tuple[int, Name]]:
        """Every (start, name) in a plain text, overlapping ones too: leftmost, then longest."""
        found = [(start, end, number) for start, end, number in self._automaton.occurrences(text)]
        found.sort(key=lambda hit: (hit[0], -hit[1]))
        return [(start, self._name(text[start:end], number)) for start, end, number in found]

    def within(self, name: Name, prefix: str) -> Name:
        """A crowded name with only its meanings below the division `prefix`, if they are few."""
        low = bisect_left(self._codes, prefix) * _FORMS
        high = bisect_left(self._codes, prefix + ":") * _FORMS
        crowd = name.crowd
        inside = crowd[bisect_left(crowd, low) : bisect_left(crowd, high)]
        if len(inside) > MOST_MEANINGS:
            return name
        return Name(name.word, tuple(self._entries(inside)), name.need)

    def part_of_name(self, part: str, township_code: str) -> Entry | None:
        """The one village of a township whose name ends in `part` (三交 in 唐城: 北三交)."""
        fits = [v for v in self.tree.children(township_code) if v.stem.endswith(part)]
        if len(fits) != 1:
            return None
        return Entry("village", fits[0].code, township_code, "township_part", 0.9)

    def below(self, prefix: str, most: int) -> list[Division] | None:
        """Present and ended townships and villages below a code, None when more than `most`."""
        low, high = bisect_left(self._codes, prefix), bisect_left(self._codes, prefix + ":")
        if high - low > most:
            return None
        levels = ("township", "village")
        return [division for division in self._divisions[low:high] if division.level in levels]

    def alias_names(self, prefix: str) -> list[Name]:
        """The aliases of divisions below a code, for those who write them wrong too."""
        hits = ((word, self.hits(word)) for word in dict.fromkeys(self._alias_words))
        names = [name for word, found in hits for _, name in found if name.word == word]
        return [n for n in names if any(e.code.startswith(prefix) for e in n.entries)]

    def entries_of(self, division: Division, how: How, confidence: float) -> Iterator[Entry]:
        """What a form of a division means now: itself, or what took its place."""
        present = (division,) if division.is_present else self.tree.present(division.code)
        for each in present:
            township = self.tree.township_of(each.code)
            old = not division.is_present
            yield Entry(
                _KINDS[each.level],
                each.code,
                township.code if township else "",
                "old_name" if old else how,
                round(confidence * _OLD_NAME, 3) if old else confidence,
                division.code if old else "",
            )

    def _add_divisions(self, found: dict[str, list[int] | int]) -> None:
        for index, division in enumerate(self._divisions):
            for word, confidence in written_forms(division).items():
                _put(found, word, index * _FORMS + self._form("exact", confidence))

    def _add_aliases(self, found: dict[str, list[int] | int], aliases: Iterable[Alias]) -> None:
        for alias in aliases:
            if alias.source == NEIGHBOUR:
                outside = Entry("outside", alias.code, "", "alias", 1.0)
                for word in {alias.alias, alias.alias.removesuffix("县")}:
                    if len(word) > 1:
                        self._add_other(found, word, outside)
            elif alias.source == LANDMARK:
                self._add_landmark(found, alias.alias, alias.code, alias.confidence)
            elif self.tree.get(alias.code) is not None:
                index = bisect_left(self._codes, alias.code)
                form = self._form("alias", alias.confidence)
                _put(found, alias.alias, index * _FORMS + form)
                self._alias_words.append(alias.alias)
            else:
                self._add_landmark(found, alias.alias, alias.code, alias.confidence, "alias")

    def _add_landmark(
        self,
        found: dict[str, list[int] | int],
        word: str,
        code: str,
        confidence: float,
        how: How = "landmark",
    ) -> None:
        """A thing that stands in a village, or in one grid of it."""
        grids = self._grids.present(code) if self._grids is not None else ()
        places = [(grid.village_code, grid.code) for grid in grids] or [(code, "")]
        for village, grid in places:
            for division in self.tree.present(village):
                for entry in self.entries_of(division, how, confidence):
                    self._add_other(found, word, replace(entry, grid=grid))

    def _add_other(self, found: dict[str, list[int] | int], word: str, entry: Entry) -> None:
        _put(found, word, (len(self._divisions) + len(self._others)) * _FORMS)
        self._others.append(entry)

    def _form(self, how: How, confidence: float) -> int:
        # Thousandths, so that all confidences there can be have room in a form's number.
        key = (how, round(confidence, 3))
        if key not in self._form_numbers:
            self._form_numbers[key] = len(self._forms)
            self._forms.append(key)
        return self._form_numbers[key]

    def _name(self, word: str, number: int) -> Name:
        name = self._cached.get(number)
        if name is None:
            meaning = self._meanings[number]
            packed = (meaning,) if isinstance(meaning, int) else meaning
            if len(packed) > MOST_MEANINGS:
                # 朝阳 is a city and a thousand villages: the city is what the word alone may mean.
                upper = [m for m in packed if len(self._code_of(m)) <= _COUNTY_DIGITS]
                name = Name(word, tuple(self._entries(upper)), need_of(word), packed)
            else:
                entries = tuple(self._entries(packed))
                name = Name(word, entries, _need(word, entries))
            if len(self._cached) > 50_000:
                self._cached.clear()
            self._cached[number] = name
        return name

    def _code_of(self, meaning: int) -> str:
        index = meaning // _FORMS
        return self._codes[index] if index < len(self._codes) else "outside"

    def _entries(self, packed: Iterable[int]) -> list[Entry]:
        best: dict[tuple[Kind, str, str], Entry] = {}
        for meaning in packed:
            index, form = divmod(meaning, _FORMS)
            if index >= len(self._divisions):
                entries: Iterable[Entry] = (self._others[index - len(self._divisions)],)
            else:
                entries = self.entries_of(self._divisions[index], *self._forms[form])
            for entry in entries:
                key = (entry.kind, entry.code, entry.grid)
                known = best.get(key)
                if known is None or known.confidence < entry.confidence:
                    best[key] = entry
        return list(best.values())


def _put(found: dict[str, list[int] | int], word: str, meaning: int) -> None:
    known = found.get(word)
    if known is None:
        found[word] = meaning
    elif isinstance(known, int):
        found[word] = [known, meaning]
    else:
        known.append(meaning)


def _packed(meaning: list[int] | int) -> tuple[int, ...] | array[int] | int:
    if isinstance(meaning, int):
        return meaning
    ordered = sorted(meaning)
    return array("q", ordered) if len(ordered) > MOST_MEANINGS else tuple(ordered)


def _need(word: str, entries: Sequence[Entry]) -> Need:
    if all(entry.how == "landmark" for entry in entries):
        return Need.NOTHING
    bare = all(entry.kind in ("village", "outside") for entry in entries)
    return need_of(word) if bare else Need.NOTHING
