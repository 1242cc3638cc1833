"""The learners of the corrections experiment: the shipped one, and a quick one to try orders with.

Runs in the Rasa environment (Python 3.10).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from nlu.components.features import Features, matrix
from nlu.components.heads import Strength
from nlu.components.learning import Example, learn
from nlu.components.ridge import importance_of
from nlu.components.softmax import fit_softmax

_OFTEN = 5
"""Messages in which a piece must stand for the quick learner to see it."""


@dataclass(frozen=True)
class Told:
    """What a learner says of texts: one row of shares for each, over `labels`."""

    labels: list[str]
    shares: np.ndarray
    rows: Any
    """Features as a sparse matrix, for orders that look at the text itself."""


class Shipped:
    """Exactly what `liandong nlu train` learns, with the settings of nlu/config.yml."""

    def __init__(self, root: Path, texts: Sequence[str], labels: Sequence[str]) -> None:
        from benchmarks.message_pipelines import product_pipeline

        self._own = next(c for c in product_pipeline(root) if "MessageClassifier" in c["name"])
        self._texts, self._labels = texts, labels

    def fit(self, known: Sequence[int]) -> Any:
        """A model of these messages."""
        own = self._own
        return learn(
            [Example(self._texts[i], self._labels[i]) for i in known],
            own["shares"],
            Strength(own["ridge"], own["decay"], own["balance"]),
            own["words_from"],
            own["informed"],
            own["sharpness"],
        )

    def ask(self, model: Any, asked: Sequence[int], with_rows: bool = False) -> Told:
        """What the model says of these messages."""
        texts = [self._texts[i] for i in asked]
        shares = model.probabilities(texts)[:, : len(model.intents)]
        rows = None
        if with_rows:
            features = model.features
            rows = matrix([features.row(features.read(t)) for t in texts], features.width)
        return Told(list(model.intents), shares, rows)


class Quick:
    """Logistic regression on characters, with vocabulary and rarity of all messages: seconds
    instead of minutes, so that many orders can be tried before the shipped learner confirms one."""

    def __init__(self, root: Path, texts: Sequence[str], labels: Sequence[str]) -> None:
        features = Features.fit(texts, {"lead": 1.0, "chars": 0.8})
        rows = matrix([features.row(features.read(t)) for t in texts], features.width)
        self._rows = rows[:, np.bincount(rows.indices, minlength=rows.shape[1]) >= _OFTEN].tocsr()
        self._labels = sorted(set(labels))
        self._target = np.array([self._labels.index(label) for label in labels])

    def fit(self, known: Sequence[int]) -> Any:
        """A plane through these messages."""
        x, target = self._rows[known], self._target[known]
        return fit_softmax(x, target, len(self._labels), importance_of(target, 0.5), 0.03)

    def ask(self, model: Any, asked: Sequence[int], with_rows: bool = False) -> Told:
        """What the plane says of these messages."""
        rows = self._rows[asked]
        scores = 2 * (rows @ model.weights + model.bias)
        shares = np.exp(scores - scores.max(axis=1, keepdims=True))
        return Told(self._labels, shares / shares.sum(axis=1, keepdims=True), rows)
