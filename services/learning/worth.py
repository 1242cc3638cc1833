"""What a correction of a message is worth, so that the inbox shows the best first. Pure.

A correction is worth what the model would otherwise go on getting wrong: how likely it is wrong
here, times how many messages are like this one. How likely follows from the margin between the
two best labels (margin sampling: Scheffer et al. 2001; Settles, Active Learning, 2012), and from
whoever disagrees with the model (query by committee: Seung et al. 1992). A batch of the least
certain ones would be the same question thirty times, so every further message of one pair of
labels counts less (batch diversity, the concern of BADGE: Ash et al. 2020, for which the pair
stands in here: no vectors leave the model's server).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import exp, log2

from services.learning.lots import lot

_DOUBT, _STEEP = 2.1, 5.0
"""Logit of "the model is wrong" at margin 0, and what a margin of 1 takes from it; these and the
next two are fitted on the held-out sentences by `python -m benchmarks.doubt`."""
_KEYWORDS_DIFFER, _KEYWORDS_AGREE = 0.1, -0.8
"""Added to that logit: word lists that agree calm more than others that differ alarm."""
_DESK_DIFFERS, _DESK_AGREES = 0.95, 0.05
"""Shares of wrong answers once a desk has decided about the message: set, not measured."""
_UNREAD_WRONG = 0.45
"""Share of wrong answers of the word lists alone, where the model was not there."""
FADING = 0.97
"""What is left of the worth with every message of the same pair above. Better late than plain
margin; between 0.9 and 0.97 nothing can be told (docs/explanation/retraining.md)."""
_UNSURE = 0.4
"""Below this margin people are told that the model hesitates: more than half are wrong there."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A message, or alike messages shown as one, that could be corrected."""

    key: str
    """Names it for good: its lot is drawn from it."""
    best: str
    """The model's answer; the keywords' where it was not there."""
    second: str = ""
    margin: float = 0.0
    """Confidence of the best minus that of the second, 0 to 1."""
    keywords: str = ""
    """What the word lists say; empty where they know no word of it."""
    desk: str = ""
    """What a desk decided; empty where nobody did."""
    alike: int = 1
    """Messages that it stands for."""
    degraded: bool = False
    """Read by keywords only, because the model was not there."""

    @property
    def pair(self) -> tuple[str, str]:
        """Both labels between which the model hesitates, in either order."""
        return (min(self.best, self.second), max(self.best, self.second))


@dataclass(frozen=True, slots=True)
class Worth:
    """Expected number of messages that the model would get wrong, and why in a few words."""

    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Placed:
    """A candidate at its place in the inbox."""

    candidate: Candidate
    worth: Worth
    drawn: bool
    """Its lot came up: it stands here by chance, not by worth."""

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why it stands here, in Chinese; never empty."""
        return (*self.worth.reasons, *(("随机抽查",) if self.drawn else ())) or ("按顺序看",)


def worth_of(candidate: Candidate) -> Worth:
    """What correcting it is worth by itself, whatever else is shown."""
    many = 1 + log2(
        max(1, candidate.alike)
    )  # set, not measured: twelve alike teach less than twelve
    return Worth(wrong_share(candidate) * many, _reasons(candidate))


def wrong_share(candidate: Candidate) -> float:
    """How likely the model's answer is wrong, 0 to 1."""
    if candidate.desk:
        return _DESK_AGREES if candidate.desk == candidate.best else _DESK_DIFFERS
    if candidate.degraded:
        return _UNREAD_WRONG
    logit = _DOUBT - _STEEP * candidate.margin
    if candidate.keywords:
        logit += _KEYWORDS_AGREE if candidate.keywords == candidate.best else _KEYWORDS_DIFFER
    return _logistic(logit)


def ordered(
    candidates: Iterable[Candidate], seed: str, every: int = 5, fading: float = FADING
) -> list[Placed]:
    """The best first, varied, with a marked random sample among them.

    Each `every`-th place belongs to the next lot; where that message stands above already, the
    place goes to the next best, so that the sample (`lots.honest`) is exactly the lowest lots.
    0 leaves the sample out. The same candidates and seed always give the same order.
    """
    if every < 0 or every == 1:
        raise ValueError("every is 0, or 2 and more")
    by_worth = _varied(candidates, fading)
    lots = sorted(range(len(by_worth)), key=lambda i: lot(by_worth[i][0].key, seed))
    order: dict[int, bool] = {}
    best, lowest = iter(range(len(by_worth))), iter(lots)
    while len(order) < len(by_worth):
        drawn = next(lowest) if every and (len(order) + 1) % every == 0 else None
        if drawn is not None and drawn not in order:
            order[drawn] = True
        else:
            order[next(i for i in best if i not in order)] = False
    return [Placed(*by_worth[i], drawn) for i, drawn in order.items()]


def _varied(candidates: Iterable[Candidate], fading: float) -> Sequence[tuple[Candidate, Worth]]:
    """By worth, each faded by its rank within its pair of labels."""
    pairs: dict[tuple[str, str], list[tuple[Candidate, Worth]]] = defaultdict(list)
    for candidate in candidates:
        pairs[candidate.pair].append((candidate, worth_of(candidate)))
    faded: list[tuple[float, str, tuple[Candidate, Worth]]] = []
    for of_pair in pairs.values():
        of_pair.sort(key=lambda found: (-found[1].score, found[0].key))
        faded += [
            (-found[1].score * fading**rank, found[0].key, found)
            for rank, found in enumerate(of_pair)
        ]
    return [found for *_, found in sorted(faded, key=lambda each: each[:2])]


def _reasons(candidate: Candidate) -> tuple[str, ...]:
    said = []
    if candidate.degraded:
        said.append("当时模型没在用")
    elif candidate.margin < _UNSURE:
        said.append("模型拿不准")
    if candidate.desk and candidate.desk != candidate.best:
        said.append("和派单员的决定不同")
    if candidate.keywords and candidate.keywords != candidate.best:
        said.append("和关键词不同")
    if candidate.alike > 1:
        said.append(f"{candidate.alike} 条差不多的")
    return tuple(said)


def _logistic(logit: float) -> float:
    return 1 / (1 + exp(-logit))
