"""Fits linear decisions by ridge regression on signs, and scores examples held out.

All labels share the features, so they are solved together by conjugate gradients: no matrix of
examples by examples, no randomness.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

_MOST_STEPS = 500
_PRECISION = 1e-3


@dataclass(frozen=True)
class Plane:
    """Scores = rows · weights + bias, one column for each label."""

    weights: np.ndarray
    bias: np.ndarray


def solve(x: Any, targets: np.ndarray, importance: np.ndarray, ridge: float) -> Plane:
    """Least squares with `ridge` on the weights; `importance` of each row is positive.

    Works on the dual problem (K + ridge/importance) a = targets, whose size is the number of
    rows; the bias is one more feature of constant 1.
    """
    penalty = (ridge / importance)[:, None]
    dual = np.zeros(targets.shape, dtype=np.float64)
    rest = targets.astype(np.float64)
    step_to = rest.copy()
    squared = (rest * rest).sum(axis=0)
    enough = _PRECISION**2 * np.maximum(squared, 1e-12)
    x64, back = x.astype(np.float64), x.T.astype(np.float64).tocsr()
    for _ in range(_MOST_STEPS):
        applied = x64 @ (back @ step_to) + step_to.sum(axis=0) + penalty * step_to
        curvature = (step_to * applied).sum(axis=0)
        length = np.where(curvature > 0, squared / np.maximum(curvature, 1e-30), 0.0)
        dual += length * step_to
        rest -= length * applied
        now = (rest * rest).sum(axis=0)
        if (now <= enough).all():
            break
        step_to = rest + (now / np.maximum(squared, 1e-30)) * step_to
        squared = now
    return Plane(back @ dual, dual.sum(axis=0))


def signs(target: np.ndarray, labels: int) -> np.ndarray:
    """+1 at an example's own label, -1 elsewhere."""
    grid = np.full((len(target), labels), -1.0)
    grid[np.arange(len(target)), target] = 1.0
    return grid


def importance_of(target: np.ndarray, balance: float) -> np.ndarray:
    """Weight of each example: rarer labels count more, fully so with `balance` 1; mean 1."""
    sizes = np.bincount(target)
    weights = (1.0 / sizes[target]) ** balance
    return weights / weights.mean()


def out_of_fold(
    x: Any,
    targets: np.ndarray,
    fold: np.ndarray,
    importance: np.ndarray,
    ridge: float,
) -> np.ndarray:
    """Scores of each row by a plane that never saw it."""
    scores = np.zeros(targets.shape)
    for held in np.unique(fold):
        inner, outer = np.flatnonzero(fold != held), np.flatnonzero(fold == held)
        if len(inner):
            plane = solve(x[inner], targets[inner], importance[inner], ridge)
            scores[outer] = x[outer] @ plane.weights + plane.bias
    return scores


def folds_of(strata: np.ndarray, keys: np.ndarray, folds: int) -> np.ndarray:
    """A fold for each row, every stratum spread evenly.

    `keys` are numbers that depend on nothing but each row itself: a row more changes no fold
    outside its stratum.
    """
    order = np.lexsort((keys, strata))
    fold = np.empty(len(strata), dtype=np.int64)
    _, begins = np.unique(np.asarray(strata)[order], return_index=True)
    for rows in np.split(order, begins[1:]):
        fold[rows] = (keys[rows[0]] + np.arange(len(rows))) % folds
    return fold
