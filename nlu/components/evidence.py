"""Turns what single features added into words that a person can read.

The gain of each feature that spoke most is spread over the characters where it stands; words
whose characters gained are joined with neighbours that gained as well.
"""

from __future__ import annotations

from typing import Callable, Iterable, List, Sequence, Tuple

Span = Tuple[int, int]
Gain = Tuple[str, float, int]
"""A piece of the text, what it added, and where the part of the text ends in which it counts."""

_JOINED = 0.4
"""Of the best word's gain for each character, what a neighbour needs to be joined."""
_WORTH = 0.15
"""Of the best piece's gain, what a piece needs to be told at all."""
_LONGEST = 8
_HEARD = 0.3
"""Of the best character's gain, what a stretch between signs needs to be looked at."""


def pieces(
    text: str,
    gains: Iterable[Gain],
    words_of: Callable[[str, Callable[[int, int], bool]], List[Span]],
    most: int,
) -> List[str]:
    """At most `most` pieces of the text, each once, what spoke most first.

    `words_of(text, wanted)` cuts those stretches of the text into words that are wanted.
    """
    by_char = [0.0] * len(text)
    for piece, gain, end in gains:
        spans = _standing(piece, text, end)
        for start in spans:
            for i in range(start, start + len(piece)):
                by_char[i] += gain / (len(spans) * len(piece))
    enough = max(by_char, default=0.0) * _HEARD
    words = words_of(text, lambda start, end: max(by_char[start:end]) > enough)
    told = [(s, e, sum(by_char[s:e])) for s, e in words if text[s].isalpha()]
    best = max((gain / (end - start) for start, end, gain in told), default=0.0)
    if best <= 0:
        return []
    totals: "dict[str, float]" = {}
    for start, end, gain in _joined(told, best * _JOINED):
        totals[text[start:end]] = totals.get(text[start:end], 0.0) + gain
    ordered = sorted(totals.items(), key=lambda item: (-item[1], item[0]))
    return [piece for piece, gain in ordered[:most] if gain >= _WORTH * ordered[0][1]]


def _standing(piece: str, text: str, end: int) -> List[int]:
    found, at = [], text.find(piece, 0, end)
    while at >= 0:
        found.append(at)
        at = text.find(piece, at + 1, end)
    return found


def _joined(words: Sequence[Tuple[int, int, float]], enough: float) -> List[Tuple[int, int, float]]:
    merged: List[Tuple[int, int, float]] = []
    for start, end, gain in words:
        strong = gain / (end - start) >= enough
        if gain <= 0:
            continue
        if merged and strong:
            begun, ended, so_far = merged[-1]
            if ended == start and end - begun <= _LONGEST and so_far / (ended - begun) >= enough:
                merged[-1] = (begun, end, so_far + gain)
                continue
        merged.append((start, end, gain))
    return merged
