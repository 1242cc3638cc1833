"""Orders in which the corrections experiment shows the messages of the pool.

Each gets what the model says of the pool and gives the pool's positions, the next first. `inbox`
is the product's own order (services.learning.worth) and nothing else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np

from benchmarks.correction_learners import Told
from services.learning.worth import Candidate, ordered, worth_of


@dataclass(frozen=True)
class Next:
    """Positions in the pool; `drawn` of them by chance."""

    order: list[int]
    drawn: frozenset[int] = frozenset()


_NEAR = 20
"""Neighbours that make a message typical."""

Order = Callable[[Told, list[int], str, int], Next]
"""(what the model says, message numbers of the pool, seed, how many are wanted)."""


def _inbox(told: Told, pool: list[int], seed: str, wanted: int, every: int, fading: float) -> Next:
    placed = ordered(_candidates(told, pool), seed, every, fading)
    at = [int(p.candidate.key) for p in placed]
    drawn = {int(p.candidate.key) for p in placed if p.drawn}
    position = {number: i for i, number in enumerate(pool)}
    return Next([position[n] for n in at], frozenset(position[n] for n in drawn))


def _candidates(told: Told, pool: list[int]) -> list[Candidate]:
    top = np.argsort(-told.shares, axis=1, kind="stable")[:, :2]
    return [
        Candidate(
            key=str(number),
            best=told.labels[best],
            second=told.labels[second],
            margin=float(shares[best] - shares[second]),
        )
        for number, (best, second), shares in zip(pool, top, told.shares, strict=True)
    ]


def _margin(told: Told, pool: list[int], seed: str, wanted: int) -> Next:
    two = -np.sort(-told.shares, axis=1)[:, :2]
    return Next(np.argsort(two[:, 0] - two[:, 1], kind="stable").tolist())


def _entropy(told: Told, pool: list[int], seed: str, wanted: int) -> Next:
    shares = np.maximum(told.shares, 1e-12)
    return Next(np.argsort((shares * np.log(shares)).sum(axis=1), kind="stable").tolist())


def _badge(told: Told, pool: list[int], seed: str, wanted: int) -> Next:
    """k-means++ over the gradients of the last layer, (shares - best) ⊗ features (Ash 2020)."""
    rng = np.random.RandomState(int(seed))
    off = told.shares.copy()
    off[np.arange(len(pool)), off.argmax(axis=1)] -= 1
    length = (off**2).sum(axis=1) * np.asarray(told.rows.multiply(told.rows).sum(axis=1))[:, 0]
    chosen = [int(length.argmax())]
    far = np.full(len(pool), np.inf)
    while len(chosen) < min(wanted, len(pool)):
        last = chosen[-1]
        alike = (off @ off[last]) * np.asarray((told.rows @ told.rows[last].T).todense())[:, 0]
        far = np.minimum(far, np.maximum(length + length[last] - 2 * alike, 0))
        far[chosen] = 0
        chosen.append(int(rng.choice(len(pool), p=far / far.sum())))
    return Next(chosen)


def _dense(told: Told, pool: list[int], seed: str, wanted: int, fading: float) -> Next:
    """The inbox's worth times how like others a message is (information density: Settles 2008)."""
    sketch = told.rows @ np.random.RandomState(7).standard_normal((told.rows.shape[1], 256))
    sketch /= np.maximum(np.linalg.norm(sketch, axis=1, keepdims=True), 1e-9)
    near = np.partition(sketch @ sketch.T, -_NEAR, axis=1)[:, -_NEAR:].mean(axis=1)
    found = _candidates(told, pool)
    score = np.array([worth_of(c).score for c in found]) * near
    rank: Counter[tuple[str, str]] = Counter()
    faded = np.zeros(len(pool))
    for at in np.argsort(-score, kind="stable"):
        faded[at] = score[at] * fading ** rank[found[at].pair]
        rank[found[at].pair] += 1
    return Next(np.argsort(-faded, kind="stable").tolist())


ORDERS: dict[str, Order] = {
    "inbox": partial(_inbox, every=5, fading=0.97),
    "without sample": partial(_inbox, every=0, fading=0.97),
    "margin": _margin,
    "entropy": _entropy,
    "badge": _badge,
    "dense": partial(_dense, fading=0.97),
    "sample 10": partial(_inbox, every=10, fading=0.97),
    "sample 3": partial(_inbox, every=3, fading=0.97),
    **{f"fading {f}": partial(_inbox, every=0, fading=f) for f in (0.9, 0.95, 0.98, 0.99, 0.995)},
}
"""Besides `random`, which needs no model."""
BY_TEXT = ("badge", "dense")
"""Those that look at the text as well."""
