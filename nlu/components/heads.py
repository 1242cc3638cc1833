"""The learnt decisions: one of several labels, and yes or no, with probabilities."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, List, Optional, Sequence

import numpy as np

from nlu.components.calibration import UNCHANGED, best_line, best_shares, fit_top
from nlu.components.ridge import (
    Plane,
    folds_of,
    importance_of,
    out_of_fold,
    signs,
    solve,
)
from nlu.components.softmax import fit_bayes, fit_softmax

_FOLDS = 5
_ENOUGH = 2_000
"""Held-out examples that settle three factors; folds beyond them are not fitted."""
_NEVER = -20.0
_SOFTMAX = 1
"""Its place among the learners."""


@dataclass(frozen=True)
class Choice:
    """One of several labels: `calibrated(scores, top)` gives the probabilities."""

    labels: Sequence[str]
    plane: Plane
    top: np.ndarray
    """How sure the best label really is: see `calibration.fit_top`."""


@dataclass(frozen=True)
class Strength:
    """How strongly the learners are pulled towards zero, and how far rare labels are raised."""

    ridge: float = 0.21
    decay: float = 0.03
    balance: float = 0.5


def fit_choice(x: Any, names: Sequence[str], keys: np.ndarray, strength: Strength) -> Choice:
    """Three linear learners, mixed as makes held-out examples most likely.

    `keys`: see `ridge.folds_of`.
    """
    labels = sorted(set(names))
    index = {label: i for i, label in enumerate(labels)}
    target = np.array([index[name] for name in names])
    if len(labels) == 1:
        nothing = Plane(np.zeros((x.shape[1], 1), np.float32), np.zeros(1))
        return Choice(labels, nothing, UNCHANGED)
    fold = folds_of(target, keys, _FOLDS)
    near: Optional[Plane] = None
    held = [np.zeros((len(target), len(labels))) for _ in range(3)]
    told = np.zeros(len(target), dtype=bool)
    for number in range(_FOLDS):
        inner, outer = np.flatnonzero(fold != number), np.flatnonzero(fold == number)
        if len(inner) == 0 or len(outer) == 0 or told.sum() >= _ENOUGH:
            continue
        told[outer] = True
        fitted = _planes(x[inner], target[inner], len(labels), strength, near)
        near = fitted[_SOFTMAX]
        for scores, plane in zip(held, fitted, strict=True):
            scores[outer] = x[outer] @ plane.weights + plane.bias
    scored = [scores[told] for scores in held]
    shares = best_shares(scored, target[told])
    top = fit_top(np.tensordot(shares, np.stack(scored), axes=1), target[told])
    planes = _planes(x, target, len(labels), strength, near)
    weights = sum(share * plane.weights for share, plane in zip(shares, planes, strict=True))
    bias = sum(share * plane.bias for share, plane in zip(shares, planes, strict=True))
    return Choice(labels, Plane(np.ascontiguousarray(weights, dtype=np.float32), bias), top)


def fit_binary(
    x: Any, yes: np.ndarray, strata: np.ndarray, keys: np.ndarray, strength: Strength
) -> Plane:
    """One column of scores whose logistic is the probability of yes.

    The rare side is raised while fitting; the line through held-out scores undoes the shift.
    `strata` are the intents, over which the folds are spread; `keys`: see `ridge.folds_of`.
    """
    if not yes.any() or yes.all():
        sign = 1.0 if yes.any() else -1.0
        return Plane(np.zeros((x.shape[1], 1), np.float32), np.array([-_NEVER * sign]))
    targets = np.where(yes, 1.0, -1.0)[:, None]
    importance = importance_of(yes.astype(int), strength.balance)
    fold = folds_of(strata * 2 + yes, keys, _FOLDS)
    scores = out_of_fold(x, targets, fold, importance, strength.ridge)[:, 0]
    factor, offset = best_line(scores, yes)
    plane = solve(x, targets, importance, strength.ridge)
    weights = np.ascontiguousarray(factor * plane.weights, dtype=np.float32)
    return Plane(weights, factor * plane.bias + offset)


def _planes(
    x: Any, target: np.ndarray, labels: int, strength: Strength, near: Optional[Plane]
) -> List[Plane]:
    importance = importance_of(target, strength.balance)
    return [
        solve(x, signs(target, labels), importance, strength.ridge),
        fit_softmax(x, target, labels, importance, strength.decay, near),
        fit_bayes(x, target, labels),
    ]
