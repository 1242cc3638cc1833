"""How far a written word is from a name, and which names of an area are near enough to ask.

Characters that sound or look alike cost little, any other costs a whole mistake; one character too
many, too few or changed with its neighbour costs half a mistake.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from routing.places.automaton import WordAutomaton
from routing.places.gazetteer import Entry, Name
from routing.places.shape import look_alike, looks_similar
from routing.places.sound import near, rough, rough_key, sound_character, syllable, syllables
from routing.places.wordlike import Need

SAME_SOUND = 0.15
ROUGH_SOUND = 0.25
ALIKE = 0.3
NEAR_SOUND = 0.4
SIMILAR = 0.42
OTHER = 1.0
SLIP = 0.5
"""One character missing, doubled, added or swapped."""
_MOST_READINGS = 4
_LONGEST = 7
_WORDS_KEPT = 8192


@lru_cache(maxsize=65_536)
def substitution(written: str, meant: str) -> float:
    """What it costs to take one character for another, 0 for the same up to 1."""
    if written == meant:
        return 0.0
    heard, sounds = syllables(written), syllables(meant)
    if not set(heard).isdisjoint(sounds):
        return SAME_SOUND
    rough_heard = {rough(sound) for sound in heard}
    rough_sounds = {rough(sound) for sound in sounds}
    if not rough_heard.isdisjoint(rough_sounds):
        return ROUGH_SOUND
    if look_alike(written, meant):
        return ALIKE
    if looks_similar(written, meant):
        return SIMILAR
    if any(near(one, other) for one in rough_heard for other in rough_sounds):
        return NEAR_SOUND
    return OTHER


def distance(written: str, meant: str) -> float:
    """The cheapest way from a written word to a name (restricted Damerau-Levenshtein)."""
    if len(written) == len(meant) == 2:
        # Two thirds of all comparisons, and no slip is cheaper here than a change of places.
        straight = substitution(written[0], meant[0]) + substitution(written[1], meant[1])
        return min(straight, SLIP if written == meant[::-1] else OTHER)
    rows = [[SLIP * column for column in range(len(meant) + 1)]]
    for i, char in enumerate(written, 1):
        row = [SLIP * i]
        for j, target in enumerate(meant, 1):
            best = min(
                rows[i - 1][j - 1] + substitution(char, target),
                rows[i - 1][j] + SLIP,
                row[j - 1] + SLIP,
            )
            if i > 1 and j > 1 and char == meant[j - 2] and written[i - 2] == target:
                best = min(best, rows[i - 2][j - 2] + SLIP)
            row.append(best)
        rows.append(row)
    return rows[-1][-1]


class Sounding(NamedTuple):
    """What the names of one sound mean."""

    seats: tuple[Entry, ...]
    villages: tuple[Entry, ...]
    """Empty where a name ends in 村: 进村 and 四村 sound like such names."""
    is_wordlike: bool


class Speller:
    """The names of one area by their sounds. Built once; only read afterwards."""

    def __init__(self, names: Iterable[Name]) -> None:
        by_sound: dict[str, list[Name]] = defaultdict(list)
        self._by_part: dict[str, list[Name]] = defaultdict(list)
        self._by_rest: dict[tuple[str, str], list[Name]] = defaultdict(list)
        self._by_letters: dict[str, list[Name]] = defaultdict(list)
        for name in names:
            if len(name.word) > _LONGEST:
                continue
            for key in _keys(name.word):
                by_sound[key].append(name)
                for part in _parts(key):
                    if name not in self._by_part[part]:
                        self._by_part[part].append(name)
            for i in range(len(name.word)):
                self._by_rest[name.word[:i], name.word[i + 1 :]].append(name)
            self._by_letters["".join(syllable(char) for char in name.word)].append(name)
        self._by_sound = dict(by_sound)
        self._sounding = [_sounding(each) for each in by_sound.values()]
        self._automaton = WordAutomaton(by_sound)
        self._longest = max((len(key) for key in by_sound), default=0)
        # The same few words stand before 村 in most messages.
        self._nearest = lru_cache(maxsize=_WORDS_KEPT)(self._find_near)

    def sounding(self, text: str) -> Iterator[tuple[int, int, Sounding]]:
        """Every (start, end, what it is) where a text sounds like names, the longest first."""
        found = sorted(self._automaton.occurrences(rough_key(text)), key=lambda f: f[0] - f[1])
        return ((start, end, self._sounding[number]) for start, end, number in found)

    def in_letters(self, left: str, letters: str, right: str) -> list[Name]:
        """The names of which `letters` are the pinyin (gaobi) or, between characters of the name,
        one character's syllable or its first letter (高bi, 高b)."""
        if not left and not right:
            return self._by_letters.get(letters, [])
        return [
            name
            for name in self._by_rest.get((left, right), ())
            if letters in syllables(name.word[len(left)])
            or (len(letters) == 1 and syllable(name.word[len(left)]).startswith(letters))
        ]

    def near(self, word: str) -> tuple[tuple[float, Name], ...]:
        """Names that differ from `word` in at most one character's sound, with their distance."""
        return self._nearest(word) if 1 < len(word) <= self._longest + 1 else ()

    def _find_near(self, word: str) -> tuple[tuple[float, Name], ...]:
        key = rough_key(word)
        found = {id(name): name for name in self._by_sound.get(key, ())}
        for part in _parts(key):
            for source in (self._by_part, self._by_sound):
                for name in source.get(part, ()):
                    found[id(name)] = name
        for name in self._by_part.get(key, ()):
            found[id(name)] = name
        ranked = [(distance(word, name.word), name) for name in found.values()]
        # What is further off is no mistake in writing any more.
        near = (each for each in ranked if each[0] <= OTHER)
        return tuple(sorted(near, key=lambda each: each[0]))


def _sounding(names: list[Name]) -> Sounding:
    heard = [
        replace(entry, how="pinyin")
        for name in names
        for entry in name.entries
        if entry.kind in ("township", "village")
    ]
    strict = any(name.word.endswith("村") for name in names)
    villages = {e.code: e for e in heard if e.kind == "village" and not strict}
    return Sounding(
        tuple(entry for entry in heard if entry.kind == "township"),
        tuple(villages.values()),
        any(name.need is not Need.NOTHING for name in names),
    )


def _keys(word: str) -> set[str]:
    readings = [
        list(dict.fromkeys(sound_character(rough(s)) for s in syllables(char)))[:2] for char in word
    ]
    return {"".join(key) for key in list(product(*readings))[:_MOST_READINGS]}


def _parts(key: str) -> set[str]:
    """The key with one sound left out, with a mark that keeps its place for short names."""
    if len(key) < 2:
        return set()
    if len(key) == 2:
        return {"_" + key[1], key[0] + "_"}
    return {key[:i] + key[i + 1 :] for i in range(len(key))}
