"""Finds messages that are nearly the same text, so that none stands in two parts of a split."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

_LENGTH = 4
_COMMON = 40
"""A piece in more messages than this one tells nothing, and would pair them all."""
_SHARED = 0.6


def first_of_each(texts: Sequence[str], shared: float = _SHARED) -> list[int]:
    """Indices that stay when of every set of near copies only the first is kept.

    Near copies share `shared` of their pieces of four characters (Jaccard); so do copies of copies.
    """
    pieces = [_pieces(text) for text in texts]
    holders: dict[str, list[int]] = defaultdict(list)
    for index, own in enumerate(pieces):
        for piece in own:
            holders[piece].append(index)
    leader = list(range(len(texts)))
    for index, own in enumerate(pieces):
        met = Counter(
            other
            for piece in own
            if len(holders[piece]) <= _COMMON
            for other in holders[piece]
            if other < index
        )
        for other, times in met.items():
            if times >= 0.5 * shared * min(len(own), len(pieces[other])) and _alike(
                own, pieces[other], shared
            ):
                _join(leader, index, other)
    return [index for index in range(len(texts)) if _root(leader, index) == index]


def _pieces(text: str) -> frozenset[str]:
    bare = re.sub(r"\W", "", text)
    return frozenset(
        bare[i : i + _LENGTH] for i in range(max(1, len(bare) - _LENGTH + 1))
    ) or frozenset({bare})


def _alike(one: frozenset[str], other: frozenset[str], shared: float) -> bool:
    return len(one & other) >= shared * len(one | other)


def _root(leader: list[int], index: int) -> int:
    while leader[index] != index:
        index = leader[index]
    return index


def _join(leader: list[int], one: int, other: int) -> None:
    first, second = sorted((_root(leader, one), _root(leader, other)))
    leader[second] = first
