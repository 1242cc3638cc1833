"""Whether people write of other things than before: the labels of a week against those before.

The measure is the Jensen–Shannon divergence in bits (Lin 1991): 0 for the same shares, 1 for
nothing in common; unlike PSI it needs no bins and bears a label that was never seen before. Chance
alone makes it positive: of two samples of n and m from the same shares with k labels it is about
(k − 1)(1/n + 1/m) / (8 ln 2), and a week is called different from three times that on. Pure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import log, log2

BEFORE = 4
"""Weeks that a week is compared with."""
_FEWEST = 30
"""Messages below which a week tells nothing."""
_CLEARLY = 3.0
_MOST_MOVED = 5


@dataclass(frozen=True, slots=True)
class WeekRead:
    """What the service read in one week, counted."""

    start: date
    """Its Monday."""
    labels: Mapping[str, int]
    """The unknown ones under an empty label."""
    margin_sum: float
    degraded: int

    @property
    def messages(self) -> int:
        """All of them."""
        return sum(self.labels.values())


@dataclass(frozen=True, slots=True)
class Moved:
    """A label whose share changed."""

    intent: str
    before: float
    now: float


@dataclass(frozen=True, slots=True)
class WeekDrift:
    """A week beside those before it. Shares are 0 to 1; None where there is too little to say."""

    start: date
    messages: int
    drift: float | None
    """Bits, 0 to 1."""
    by_chance: float | None
    """What it would be about if nothing had changed."""
    moved: tuple[Moved, ...]
    """What moved most, first."""
    margin: float | None
    """Mean distance between the two best labels."""
    degraded: float
    unknown: float

    @property
    def limit(self) -> float | None:
        """The drift, in bits, up to which it may well be chance."""
        return None if self.by_chance is None else _CLEARLY * self.by_chance

    @property
    def is_different(self) -> bool:
        """More than chance makes it."""
        return self.drift is not None and self.limit is not None and self.drift > self.limit


def drift_of(weeks: Sequence[WeekRead]) -> tuple[WeekDrift, ...]:
    """Each week against the four before it, in the order given (oldest first)."""
    return tuple(_drift(week, weeks[max(0, at - BEFORE) : at]) for at, week in enumerate(weeks))


def divergence(a: Mapping[str, int], b: Mapping[str, int]) -> float:
    """Jensen–Shannon, in bits; 0 where one of them is empty."""
    return max(0.0, sum(_terms(a, b).values()))


def _drift(week: WeekRead, before: Sequence[WeekRead]) -> WeekDrift:
    past: Counter[str] = Counter()
    for each in before:
        past.update(each.labels)
    count, earlier = week.messages, past.total()
    enough = count >= _FEWEST and earlier >= _FEWEST
    kinds = len({*week.labels, *past})
    chance = (kinds - 1) * (1 / count + 1 / earlier) / (8 * log(2)) if enough else None
    return WeekDrift(
        week.start,
        count,
        divergence(week.labels, past) if enough else None,
        chance,
        _moved(week.labels, past) if enough else (),
        week.margin_sum / count if count else None,
        week.degraded / count if count else 0.0,
        week.labels.get("", 0) / count if count else 0.0,
    )


def _moved(now: Mapping[str, int], before: Mapping[str, int]) -> tuple[Moved, ...]:
    terms = _terms(now, before)
    most = sorted(terms, key=lambda label: (-terms[label], label))[:_MOST_MOVED]
    count, earlier = sum(now.values()), sum(before.values())
    return tuple(
        Moved(label, before.get(label, 0) / earlier, now.get(label, 0) / count) for label in most
    )


def _terms(a: Mapping[str, int], b: Mapping[str, int]) -> dict[str, float]:
    """What each label adds."""
    mine, theirs = sum(a.values()), sum(b.values())
    if not mine or not theirs:
        return {}
    terms = {}
    for label in {*a, *b}:
        p, q = a.get(label, 0) / mine, b.get(label, 0) / theirs
        middle = (p + q) / 2
        terms[label] = sum(share * log2(share / middle) for share in (p, q) if share) / 2
    return terms
