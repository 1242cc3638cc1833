"""One linear decision over sparse features, with probabilities that were fitted held-out.

Training mixes a linear SVM (sharp) with a multinomial naive Bayes (calm on rare n-grams): both
are linear, so the mixture is one matrix again, and any decision can be explained by adding up.
The scale of each comes from out-of-fold scores, hence the softmax is a usable confidence.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Dict, List, Sequence, Tuple

import numpy as np

from nlu.components.features import Row

_FOLDS = 8
_SEED = 20260


@dataclass(frozen=True)
class LinearHead:
    """Scores = row · weights + bias; probabilities = softmax of the scores."""

    labels: Sequence[str]
    weights: np.ndarray  # columns × labels, float32
    bias: np.ndarray

    def probabilities(self, row: Row) -> np.ndarray:
        """One probability per label."""
        columns, values = row
        scores = self.bias.astype(np.float64)
        if columns:
            scores = scores + np.asarray(values, dtype=np.float32) @ self.weights[columns]
        scores = np.exp(scores - scores.max())
        return scores / scores.sum()

    def contributions(self, row: Row, label: int) -> List[Tuple[int, float]]:
        """What each column added for a label beyond its mean over all labels, best first."""
        columns, values = row
        if not columns:
            return []
        picked = self.weights[columns]
        gains = np.asarray(values) * (picked[:, label] - picked.mean(axis=1))
        order = np.argsort(-gains, kind="stable")
        return [(columns[i], float(gains[i])) for i in order if gains[i] > 0]


def train_head(x, y: Sequence[str], share_of_bayes: float = 0.5) -> LinearHead:  # type: ignore
    """Fit on a sparse matrix. The same data always gives the same head."""
    labels = sorted(set(y))
    index = {label: i for i, label in enumerate(labels)}
    target = np.array([index[label] for label in y])
    svm_scores, bayes_scores = _out_of_fold(x, target, len(labels))
    svm_scale = _best_scale(svm_scores, target) * (1 - share_of_bayes)
    bayes_scale = _best_scale(bayes_scores, target) * share_of_bayes
    scale = _best_scale(svm_scores * svm_scale + bayes_scores * bayes_scale, target)
    svm, bayes = _fit(x, target)
    svm_weights, svm_bias = _svm_plane(svm, len(labels))
    weights = scale * (svm_scale * svm_weights + bayes_scale * bayes.feature_log_prob_)
    bias = scale * (svm_scale * svm_bias + bayes_scale * bayes.class_log_prior_)
    return LinearHead(labels, np.ascontiguousarray(weights.T, dtype=np.float32), bias)


def _fit(x, target):  # type: ignore[no-untyped-def]
    from sklearn.naive_bayes import MultinomialNB
    from sklearn.svm import LinearSVC

    svm = LinearSVC(C=1.0, random_state=_SEED, max_iter=5000).fit(x, target)
    return svm, MultinomialNB(alpha=0.05).fit(x, target)


def _svm_plane(svm, labels: int):  # type: ignore[no-untyped-def]
    if labels == 2:  # scikit-learn keeps one plane for two labels
        return np.vstack([-svm.coef_, svm.coef_]) / 2, np.array(
            [-svm.intercept_[0], svm.intercept_[0]]
        ) / 2
    return svm.coef_, svm.intercept_


def _out_of_fold(x, target: np.ndarray, labels: int):  # type: ignore[no-untyped-def]
    from sklearn.model_selection import StratifiedKFold

    svm_scores = np.zeros((len(target), labels))
    bayes_scores = np.zeros((len(target), labels))
    smallest = int(np.bincount(target).min())
    folds = max(2, min(_FOLDS, smallest))
    splitter = StratifiedKFold(folds, shuffle=True, random_state=_SEED)
    for inner, outer in splitter.split(x, target):
        svm, bayes = _fit(x[inner], target[inner])
        weights, bias = _svm_plane(svm, labels)
        svm_scores[outer] = x[outer] @ weights.T + bias
        bayes_scores[outer] = x[outer] @ bayes.feature_log_prob_.T + bayes.class_log_prior_
    return svm_scores, bayes_scores


def _best_scale(scores: np.ndarray, target: np.ndarray) -> float:
    from scipy.optimize import minimize_scalar

    def loss(log_scale: float) -> float:
        scaled = scores * np.exp(log_scale)
        scaled = scaled - scaled.max(axis=1, keepdims=True)
        normal = np.log(np.exp(scaled).sum(axis=1))
        return float((normal - scaled[np.arange(len(target)), target]).mean())

    found = minimize_scalar(loss, bounds=(-3.0, 4.5), method="bounded")
    return float(np.exp(found.x))


def as_arrays(head: LinearHead, prefix: str) -> Dict[str, np.ndarray]:
    """Plain arrays for storage."""
    return {
        prefix + "labels": np.array(list(head.labels)),
        prefix + "weights": head.weights,
        prefix + "bias": head.bias,
    }


def from_arrays(arrays, prefix: str) -> LinearHead:  # type: ignore[no-untyped-def]
    """The head back from `as_arrays`."""
    return LinearHead(
        [str(label) for label in arrays[prefix + "labels"]],
        arrays[prefix + "weights"],
        arrays[prefix + "bias"],
    )
