"""Learns from the training texts which runs of characters are words, and cuts texts by them.

A unigram model over runs of two to four characters, fitted by hard expectation maximisation. It
needs no dictionary and no memory for one, knows the county's own words, and reads text from which
stop words were removed like any other. Standard library only.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from typing import Callable, Dict, List, Mapping, Sequence, Tuple

_RUN = re.compile(r"[\u4e00-\u9fff]+|[a-z0]+|[^\u4e00-\u9fffa-z0\s]")
_LONGEST = 4
_ROUNDS = 4
_MOST_CANDIDATES = 60_000
_UNKNOWN = 20.0
"""Cost of a character that was never seen."""

Costs = Mapping[str, float]
"""word -> minus the logarithm of its share."""


def learn_words(texts: Sequence[str], rarest: int = 4) -> Dict[str, float]:
    """The words of normalised texts, those that occur `rarest` times and more, with their costs."""
    runs: "Counter[str]" = Counter()
    for text in texts:
        runs.update(run for run, _ in _runs(text) if _is_han(run))
    seen: "Counter[str]" = Counter()
    for run, times in runs.items():
        for n in range(1, _LONGEST + 1):
            for i in range(len(run) - n + 1):
                seen[run[i : i + n]] += times
    several = [(-times * len(w), w) for w, times in seen.items() if len(w) > 1 and times >= rarest]
    shares = {word: float(seen[word]) for _, word in sorted(several)[:_MOST_CANDIDATES]}
    single = sorted(char for char in seen if len(char) == 1)
    shares.update((char, float(seen[char])) for char in single)
    for _ in range(_ROUNDS):
        used: "Counter[str]" = Counter()
        costs = _costs(shares)
        for run, times in runs.items():
            for start, end in _cut_run(run, costs):
                used[run[start:end]] += times
        shares = {w: float(n) for w, n in used.items() if len(w) == 1 or n >= rarest}
        for char in single:
            shares.setdefault(char, 0.5)
    return {word: round(cost, 4) for word, cost in sorted(_costs(shares).items())}


def cut(
    text: str, costs: Costs, wanted: Callable[[int, int], bool] = lambda start, end: True
) -> List[Tuple[int, int]]:
    """Start and end of each word of a normalised text; blanks belong to none.

    Only in runs that are `wanted`: cutting is what takes time in a long text.
    """
    spans: List[Tuple[int, int]] = []
    for run, at in _runs(text):
        if not wanted(at, at + len(run)):
            continue
        if _is_han(run):
            spans += [(at + start, at + end) for start, end in _cut_run(run, costs)]
        else:
            spans.append((at, at + len(run)))
    return spans


def _runs(text: str) -> List[Tuple[str, int]]:
    return [(found.group(), found.start()) for found in _RUN.finditer(text)]


def _is_han(run: str) -> bool:
    return "\u4e00" <= run[0] <= "\u9fff"


def _costs(shares: Mapping[str, float]) -> Dict[str, float]:
    total = sum(shares.values())
    return {word: -math.log(share / total) for word, share in shares.items()}


def _cut_run(run: str, costs: Costs) -> List[Tuple[int, int]]:
    """The cheapest way through a run of characters."""
    length = len(run)
    best = [0.0] + [math.inf] * length
    came_from = [0] * (length + 1)
    for start in range(length):
        so_far = best[start]
        for end in range(start + 1, min(start + _LONGEST, length) + 1):
            cost = costs.get(run[start:end])
            if cost is None:
                if end > start + 1:
                    continue
                cost = _UNKNOWN
            if so_far + cost < best[end]:
                best[end] = so_far + cost
                came_from[end] = start
    spans, end = [], length
    while end:
        spans.append((came_from[end], end))
        end = came_from[end]
    return spans[::-1]
