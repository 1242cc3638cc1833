"""How much two messages say the same, by what they name and the characters they share. Pure.

Places are compared by their codes and not here, so their names are taken out first, with numbers
and with filler. What is left counts by its rarity: a character 2 to 6, a pair of characters 2 to 6,
a thing or a trouble that both name 18, be it in different words. Residents write ten characters or
five hundred about one thing, so the share is taken of both texts together (Dice) and of the shorter
one (overlap); the measure is the root of their product. What other measures reach stands in
docs/explanation/hot-spots.md.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import sqrt

from routing.hot.aspects import Aspect, aspects_in
from routing.hot.concepts import concepts_in
from routing.hot.filler import FILLER
from routing.hot.numbered import NUMBERED, Things, things_in
from routing.hot.rarity import rarity
from routing.places.normalise import normalise

_CONCEPT = 18
_WORD = 6
"""A word of Latin letters."""
_REMEMBERED = 8_192
"""Messages whose words are kept: some 6 kB for each of 30 characters."""
_RUNS = re.compile(r"[一-鿿]+|[a-z]{2,}")
_UNITS = re.compile(r"(?:自然)?村委会|(?:村|镇|乡)(?!\w)")


@dataclass(frozen=True, slots=True)
class Said:
    """A message as it is compared."""

    runs: tuple[str, ...]
    """What is left of it, in its order."""
    singles: frozenset[str]
    pairs: frozenset[str]
    """Pairs of characters, and words of Latin letters."""
    concepts: frozenset[str]
    things: Things
    aspects: frozenset[Aspect]

    literal_weight: int
    """About seven for each character of content."""

    @property
    def weight(self) -> int:
        """The same with what it names."""
        return self.literal_weight + _CONCEPT * len(self.concepts)


@lru_cache(maxsize=_REMEMBERED)
def read(text: str, place_words: tuple[str, ...] = ()) -> Said:
    """A message without the words for its place, read for comparing."""
    plain = _plain(text)
    bare = plain
    for word in sorted(filter(None, map(_plain, place_words)), key=len, reverse=True):
        bare = bare.replace(word, " ")
    bare = FILLER.sub(" ", _UNITS.sub(" ", NUMBERED.sub(" ", bare)))
    runs = tuple(_RUNS.findall(bare))
    singles = frozenset(char for run in runs if not run.isascii() for char in run)
    pairs = frozenset(sys.intern(pair) for run in runs for pair in _pairs(run))
    return Said(
        runs=runs,
        singles=singles,
        pairs=pairs,
        literal_weight=_weight(singles, pairs),
        concepts=concepts_in(plain),
        things=things_in(plain),
        aspects=aspects_in(plain),
    )


def similarity(a: Said, b: Said, *, by_name: bool = True) -> float:
    """0 to 1: 1 for the same words, 0 without a common pair or thing.

    Single characters alone prove nothing.

    Without `by_name` only what was written counts, not the names of things and troubles.
    """
    if a.pairs.isdisjoint(b.pairs) and (not by_name or a.concepts.isdisjoint(b.concepts)):
        return 0.0
    shared = _weight(a.singles & b.singles, a.pairs & b.pairs)
    first, second = a.literal_weight, b.literal_weight
    if by_name:
        shared += _CONCEPT * len(a.concepts & b.concepts)
        first, second = a.weight, b.weight
    return shared * sqrt(2 / ((first + second) * min(first, second)))


def shared_words(a: Said, b: Said) -> Iterator[str]:
    """What both say, as words of the first: 路 + 灯 + 不亮 is 路灯不亮 where both have it so."""
    for run in a.runs:
        word = ""
        for first, second in pairwise(run):
            if first + second in b.pairs:
                word = word + second if word else first + second
            elif word:
                yield word
                word = ""
        if word:
            yield word
    yield from sorted(a.concepts & b.concepts)


def _weight(singles: Iterable[str], pairs: Iterable[str]) -> int:
    characters = 2 * sum(map(rarity, singles))
    return characters + sum(map(_weight_of_pair, pairs))


@lru_cache(maxsize=65_536)
def _weight_of_pair(pair: str) -> int:
    return _WORD if pair.isascii() else rarity(pair[0]) + rarity(pair[1])


def _pairs(run: str) -> Iterable[str]:
    return (run,) if run.isascii() else map("".join, pairwise(run))


def _plain(text: str) -> str:
    """Folded in width, case and script; a space stays a break."""
    plain = normalise(text)
    return plain.after(0, len(plain.text))
