"""The honest part of the inbox: every message has one lot for ever, and low lots are drawn first.

An order by worth shows what the model finds hard, so its share of right answers among corrected
messages says nothing about all messages. Messages below a lot are a simple random sample of all,
whatever else was shown in between (permanent random numbers: Ohlsson, Coordination of samples
using permanent random numbers, 1995). Pure.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b
from math import sqrt

_Z = 1.96
"""95 of 100 such intervals hold the true share."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A message of the time looked at; `right` is None until somebody said what it is."""

    lot: float
    right: bool | None


@dataclass(frozen=True, slots=True)
class Honest:
    """How often the model is right on all messages, as far as the drawn ones tell."""

    right: int
    drawn: int
    low: float
    """Wilson's interval, 95 %."""
    high: float


def lot(key: str, seed: str) -> float:
    """The message's number from 0 up to 1: the same for ever, and nothing to do with its text.

    `key` names the message (or the group of alike ones) for good; `seed` is the county's.
    """
    digest = blake2b(key.encode(), key=seed.encode()[:64], digest_size=8).digest()
    return int.from_bytes(digest, "big") / 2**64


def honest(messages: Iterable[Judged]) -> Honest | None:
    """Counts from the lowest lot up to the first message that nobody judged; None before any.

    Judged messages above that gap are left out: they are known because they were hard.
    """
    right = drawn = 0
    for message in sorted(messages, key=lambda m: m.lot):
        if message.right is None:
            break
        drawn += 1
        right += message.right
    return Honest(right, drawn, *_wilson(right, drawn)) if drawn else None


def _wilson(right: int, drawn: int) -> tuple[float, float]:
    share = right / drawn
    spread = _Z * sqrt(share * (1 - share) / drawn + _Z**2 / (4 * drawn**2))
    below = 1 + _Z**2 / drawn
    middle = share + _Z**2 / (2 * drawn)
    return max(0.0, (middle - spread) / below), min(1.0, (middle + spread) / below)
