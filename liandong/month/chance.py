"""Chance that repeats itself: one seed and one name give one stream of draws.

Everybody draws from a stream of their own, so that one more draw of one person changes nobody
else's month.
"""

from __future__ import annotations

import math
import random
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import TypeVar

T = TypeVar("T")

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"


class Chance:
    """Draws of one kind or person."""

    def __init__(self, seed: int, name: str) -> None:
        """The stream `name` of a run's seed."""
        # A played month needs repetition, not secrecy.
        self._random = random.Random(f"{seed}/{name}")  # noqa: S311

    def happens(self, probability: float) -> bool:
        """True so often."""
        return self._random.random() < probability

    def between(self, low: float, high: float) -> float:
        """Evenly between two numbers."""
        return self._random.uniform(low, high)

    def whole(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        return self._random.randint(low, high)

    def one_of(self, choices: Sequence[T]) -> T:
        """Each as likely as the other."""
        return self._random.choice(choices)

    def some_of(self, choices: Sequence[T], count: int) -> list[T]:
        """So many different ones, or all when there are fewer."""
        return self._random.sample(choices, min(count, len(choices)))

    def weighted(self, weights: Mapping[T, float]) -> T:
        """Each in proportion to its weight."""
        return self._random.choices(list(weights), weights=list(weights.values()))[0]

    def after(self, median_minutes: float, spread: float = 0.8) -> timedelta:
        """A waiting time with this median, seldom far longer (log-normal, whole seconds)."""
        drawn = self._random.lognormvariate(math.log(median_minutes), spread)
        return timedelta(seconds=max(1, round(drawn * 60)))

    def count(self, mean: float) -> int:
        """How many of what happens so often on average (Poisson)."""
        bound, product, number = math.exp(-mean), 1.0, -1
        while product > bound:
            product *= self._random.random()
            number += 1
        return number

    def word(self, length: int = 16) -> str:
        """Letters and digits."""
        return "".join(self._random.choices(_LETTERS, k=length))
