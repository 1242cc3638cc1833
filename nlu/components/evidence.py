"""Turns what single features added into words that a person can read.

Every feature's share is spread over the characters it covers; words whose characters gained are
joined with neighbours that gained as well.
"""

from __future__ import annotations

from typing import List, Mapping, Sequence, Tuple

Span = Tuple[int, int]

_JOINED = 0.4
"""Of the best word's gain for each character, what a neighbour needs to be joined."""
_WORTH = 0.15
"""Of the best piece's gain, what a piece needs to be told at all."""
_LONGEST = 8


def pieces(
    text: str,
    words: Sequence[Span],
    places: Mapping[int, Sequence[Span]],
    gains: Mapping[int, float],
    most: int,
) -> List[str]:
    """At most `most` pieces of the text, each once, what spoke most first.

    `places` says where each column's pieces stand, `gains` what each column added.
    """
    by_char = [0.0] * len(text)
    for column, spans in places.items():
        gain = gains.get(column, 0.0)
        for start, end in spans:
            for i in range(start, end):
                by_char[i] += gain / (len(spans) * (end - start))
    told = [(s, e, sum(by_char[s:e])) for s, e in words if text[s].isalpha()]
    best = max((gain / (end - start) for start, end, gain in told), default=0.0)
    if best <= 0:
        return []
    totals: "dict[str, float]" = {}
    for start, end, gain in _joined(told, best * _JOINED):
        totals[text[start:end]] = totals.get(text[start:end], 0.0) + gain
    ordered = sorted(totals.items(), key=lambda item: (-item[1], item[0]))
    return [piece for piece, gain in ordered[:most] if gain >= _WORTH * ordered[0][1]]


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
