"""Makes scores probabilities: everything here is fitted on scores of examples held out.

A softmax whose temperature makes held-out examples most likely is still far off where labels are
many: a few hopeless texts decide the temperature. So the best label's probability is corrected
once more, by three numbers, and the others share what is left.
"""

from __future__ import annotations

from typing import Sequence, Tuple

import numpy as np

UNCHANGED = np.array([0.0, 1.0, 1.0])
"""A correction that changes nothing."""
_SMALLEST = 1e-6


def calibrated(scores: np.ndarray, top: np.ndarray) -> np.ndarray:
    """Softmax of each row, its best label corrected by `top`; the order of labels stays."""
    shares = softmax(scores)
    if shares.shape[1] < 2:
        return shares
    rows, best = np.arange(len(shares)), shares.argmax(axis=1)
    first = np.clip(shares[rows, best], _SMALLEST, 1 - _SMALLEST)
    shares[rows, best] = -1.0
    second = shares.max(axis=1)
    rest = 1 - first
    sure = np.maximum(_corrected(first, top), second / (rest + second))
    shares *= ((1 - sure) / np.maximum(1 - first, _SMALLEST))[:, None]
    shares[rows, best] = 0.0
    shares[rows, best] = 1 - shares.sum(axis=1)
    return shares


def sharpened(shares: np.ndarray, exponent: float) -> np.ndarray:
    """Each row of probabilities raised to a power; the order of labels stays."""
    if exponent == 1.0:
        return shares
    raised = shares**exponent
    return np.asarray(raised / raised.sum(axis=1, keepdims=True))


def fit_top(scores: np.ndarray, target: np.ndarray) -> np.ndarray:
    """Three numbers of a beta calibration: how often the best label was right at its share."""
    from scipy.optimize import minimize

    shares = softmax(scores)
    first = np.clip(shares.max(axis=1), _SMALLEST, 1 - _SMALLEST)
    right = shares.argmax(axis=1) == target
    if right.all() or not right.any():
        return UNCHANGED

    def loss(top: np.ndarray) -> float:
        sure = np.clip(_corrected(first, top), 1e-9, 1 - 1e-9)
        return float(-np.log(np.where(right, sure, 1 - sure)).mean())

    bounds = [(-9.0, 9.0), (0.0, 9.0), (0.0, 9.0)]
    return np.asarray(minimize(loss, UNCHANGED, bounds=bounds, method="L-BFGS-B").x)


def softmax(scores: np.ndarray) -> np.ndarray:
    """Row by row."""
    grown = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(grown / grown.sum(axis=1, keepdims=True))


def best_shares(scores: Sequence[np.ndarray], target: np.ndarray) -> np.ndarray:
    """The factor of each learner, none negative, that makes the softmax most likely."""
    from scipy.optimize import minimize

    rows = np.arange(len(target))
    stacked = np.stack(scores)
    spread = np.maximum(stacked.std(axis=(1, 2)), 1e-9)
    stacked = stacked / spread[:, None, None]

    def loss_and_slope(shares: np.ndarray):  # type: ignore[no-untyped-def]
        mixed = np.tensordot(shares, stacked, axes=1)
        mixed -= mixed.max(axis=1, keepdims=True)
        grown = np.exp(mixed)
        total = grown.sum(axis=1, keepdims=True)
        loss = float((np.log(total[:, 0]) - mixed[rows, target]).mean())
        off = grown / total
        off[rows, target] -= 1
        return loss, (stacked * off).sum(axis=(1, 2)) / len(target)

    start = np.ones(len(scores))
    bounds = [(0.0, 50.0)] * len(scores)
    found = minimize(loss_and_slope, start, jac=True, method="L-BFGS-B", bounds=bounds)
    return np.asarray(found.x / spread)


def best_line(scores: np.ndarray, yes: np.ndarray) -> Tuple[float, float]:
    """Factor and offset that make the logistic of one score most likely (Platt's way)."""
    from scipy.optimize import minimize

    sign = np.where(yes, 1.0, -1.0)

    def loss(line: np.ndarray) -> float:
        return float(np.logaddexp(0.0, -sign * (line[0] * scores + line[1])).mean())

    found = minimize(loss, np.array([3.0, 0.0]), method="Nelder-Mead")
    return max(0.0, float(found.x[0])), float(found.x[1])


def _corrected(share: np.ndarray, top: np.ndarray) -> np.ndarray:
    odds = top[0] + top[1] * np.log(share) - top[2] * np.log(1 - share)
    return np.asarray(1 / (1 + np.exp(-odds)))
