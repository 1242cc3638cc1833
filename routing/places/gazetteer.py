"""Every written form under which a division can occur, and every way it can sound."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Literal

from routing.county import County
from routing.divisions import Division
from routing.places.automaton import WordAutomaton
from routing.places.finding import How
from routing.places.numerals import DIGITS
from routing.places.sound import rough_sounds
from routing.places.wordlike import Need, need_of

Kind = Literal["village", "township", "county", "outside"]

_TO_DIGIT = str.maketrans({numeral: str(value) for numeral, value in DIGITS.items()})


@dataclass(frozen=True, slots=True)
class Entry:
    """One division that a written form may mean; `code` is 'outside' names' own code too."""

    kind: Kind
    code: str
    township_code: str
    how: How
    confidence: float


@dataclass(frozen=True, slots=True)
class Name:
    """A written form with everything it may mean and what it needs beside it."""

    word: str
    entries: tuple[Entry, ...]
    need: Need

    def of_kind(self, kind: Kind) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.entries if entry.kind == kind)


class Gazetteer:
    """All names of a county. Built once; only read afterwards, so threads may share it."""

    def __init__(self, county: County) -> None:
        found: dict[str, list[Entry]] = defaultdict(list)
        for division in county.tree.by_code.values():
            township = county.tree.township_of(division.code)
            for word, confidence in _forms(division):
                found[word].append(_entry(division, township, "exact", confidence))
        for alias in county.aliases:
            target = county.tree.get(alias.code)
            if target is None:
                found[alias.alias].append(Entry("outside", alias.code, "", "alias", 1.0))
                continue
            township = county.tree.township_of(target.code)
            found[alias.alias].append(_entry(target, township, "alias", alias.confidence))
        self.names: dict[str, Name] = {
            word: Name(word, tuple(entries), _need(word, entries))
            for word, entries in found.items()
        }
        self._automaton = WordAutomaton(self.names)
        self._by_sound: dict[tuple[str, ...], list[Name]] = defaultdict(list)
        for name in self.names.values():
            if any(entry.kind in ("village", "township") for entry in name.entries):
                self._by_sound[rough_sounds(name.word)].append(name)
        self.longest = max((len(key) for key in self._by_sound), default=0)
        self._villages = {
            township.code: county.tree.children(township.code) for township in county.tree.townships
        }

    def occurrences(self, text: str) -> list[tuple[int, Name]]:
        """The names in a plain text without overlaps: leftmost first, then longest."""
        found = sorted(self._automaton.occurrences(text), key=lambda hit: (hit[0], -len(hit[1])))
        kept: list[tuple[int, Name]] = []
        free_from = 0
        for start, word in found:
            if start >= free_from:
                kept.append((start, self.names[word]))
                free_from = start + len(word)
        return kept

    def sounding_like(self, sounds: tuple[str, ...]) -> list[Name]:
        """The names whose rough sounds are these."""
        return self._by_sound.get(sounds, [])

    def part_of_name(self, part: str, township_code: str) -> Entry | None:
        """The one village of a township whose name ends in `part` (三交 in 唐城: 北三交)."""
        fits = [v for v in self._villages.get(township_code, ()) if v.stem.endswith(part)]
        if len(fits) != 1:
            return None
        return Entry("village", fits[0].code, township_code, "township_part", 0.9)


def _forms(division: Division) -> list[tuple[str, float]]:
    forms = {division.name: 1.0, division.short_name: 1.0}
    if division.stem != division.short_name:
        forms[division.stem] = 0.95
    for form, confidence in list(forms.items()):
        forms.setdefault(form.translate(_TO_DIGIT), confidence)
    return list(forms.items())


def _entry(division: Division, township: Division | None, how: How, confidence: float) -> Entry:
    return Entry(division.level, division.code, township.code if township else "", how, confidence)


def _need(word: str, entries: list[Entry]) -> Need:
    villages_only = all(entry.kind == "village" for entry in entries)
    return need_of(word) if villages_only else Need.NOTHING
