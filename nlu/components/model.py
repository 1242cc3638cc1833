"""The trained text model, apart from Rasa: any server can load it from the model archive.

Stored as one npz of plain arrays and one JSON of words; nothing is pickled. Needs numpy and the
standard library only.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Dict, List, Optional, Sequence

import numpy as np

from nlu.components.calibration import UNCHANGED, calibrated, sharpened
from nlu.components.evidence import pieces
from nlu.components.features import Features, Reading, Row
from nlu.components.heads import Choice
from nlu.components.ridge import Plane

_ARRAYS, _WORDS = "model.npz", "model.json"
_TOGETHER = 32
"""Texts whose features are gathered at once: bounds the memory of a batch."""
_EVIDENCE_OF_URGENCY = 0.3


@dataclass(frozen=True)
class TextModel:
    """Classifies texts; every head is a range of columns of one matrix."""

    features: Features
    intents: Sequence[str]
    appeal_types: Sequence[str]
    plane: Plane
    """Columns: intents, appeal types, then urgent and confidential."""
    tops: np.ndarray
    """Corrections of the best intent and of the best appeal type."""
    usual: np.ndarray
    """Mean of each row of weights over the intents: what a feature adds to all alike."""
    sharpness: float = 1.0
    """Exponent of the intents' probabilities: above 1 where messages are easier than what was
    learnt from, so that certainty fits them."""

    @classmethod
    def of_heads(
        cls,
        features: Features,
        intents: Choice,
        appeal_types: Optional[Choice],
        urgent: Plane,
        confidential: Plane,
        sharpness: float = 1.0,
    ) -> "TextModel":
        """Put separately fitted heads beside each other."""
        planes = [intents.plane, *([appeal_types.plane] if appeal_types else [])]
        planes += [urgent, confidential]
        weights = np.ascontiguousarray(np.hstack([p.weights for p in planes]), dtype=np.float32)
        bias = np.concatenate([p.bias for p in planes])
        types = list(appeal_types.labels) if appeal_types else []
        tops = np.stack([intents.top, appeal_types.top if appeal_types else UNCHANGED])
        usual = weights[:, : len(intents.labels)].mean(axis=1)
        plane = Plane(weights, bias)
        return cls(features, list(intents.labels), types, plane, tops, usual, sharpness)

    def classify(
        self, texts: Sequence[str], ranking: int = 10, evidence: int = 5
    ) -> List[Dict[str, Any]]:
        """For each text: intent, ranking, margin, appeal type, urgency, secrecy and evidence."""
        found: List[Dict[str, Any]] = []
        for start in range(0, len(texts), _TOGETHER):
            readings = [self.features.read(text) for text in texts[start : start + _TOGETHER]]
            rows = [self.features.row(reading) for reading in readings]
            scores = self._scores(rows)
            shares = self._shares(scores)
            found += [
                self._verdict(*each, ranking, evidence)
                for each in zip(readings, rows, shares, strict=True)
            ]
        return found

    def probabilities(self, texts: Sequence[str]) -> np.ndarray:
        """One row for each text over `intents`, `appeal_types`, urgent and confidential."""
        parts = [
            self._shares(
                self._scores(
                    [self.features.row(self.features.read(t)) for t in texts[i : i + _TOGETHER]]
                )
            )
            for i in range(0, len(texts), _TOGETHER)
        ]
        return np.vstack(parts) if parts else np.zeros((0, len(self.plane.bias)))

    def _scores(self, rows: Sequence[Row]) -> np.ndarray:
        scores = np.tile(self.plane.bias, (len(rows), 1))
        filled = [i for i, (columns, _) in enumerate(rows) if columns]
        if filled:
            columns = np.concatenate([np.asarray(rows[i][0], dtype=np.int64) for i in filled])
            values = np.concatenate([np.asarray(rows[i][1], dtype=np.float32) for i in filled])
            starts = np.cumsum([0] + [len(rows[i][0]) for i in filled[:-1]])
            parts = self.plane.weights[columns]
            parts *= values[:, None]
            scores[filled] += np.add.reduceat(parts, starts, axis=0)
        return scores

    def _shares(self, scores: np.ndarray) -> np.ndarray:
        first, second = len(self.intents), len(self.intents) + len(self.appeal_types)
        parts = [sharpened(calibrated(scores[:, :first], self.tops[0]), self.sharpness)]
        if self.appeal_types:
            parts.append(calibrated(scores[:, first:second], self.tops[1]))
        parts.append(1 / (1 + np.exp(-np.clip(scores[:, second:], -30, 30))))
        return np.hstack(parts)

    def _verdict(
        self, reading: Reading, row: Row, shares: np.ndarray, ranking: int, evidence: int
    ) -> Dict[str, Any]:
        n, m = len(self.intents), len(self.appeal_types)
        order = np.argsort(-shares[:n], kind="stable")[: max(ranking, 2)]
        ranked = [{"name": self.intents[i], "confidence": float(shares[i])} for i in order]
        second = ranked[1]["confidence"] if len(ranked) > 1 else 0.0
        columns = np.asarray(row[0], dtype=np.int64)
        weights, values = self.plane.weights, np.asarray(row[1])
        of_best = weights[columns, order[0]] - self.usual[columns]
        verdict: Dict[str, Any] = {
            "intent": ranked[0],
            "intent_ranking": ranked[:ranking],
            "margin": float(ranked[0]["confidence"]) - float(second),
            "urgent": {"confidence": float(shares[n + m])},
            "confidential": {"confidence": float(shares[n + m + 1])},
            "evidence": self._pieces(reading, columns, of_best * values, evidence),
        }
        if m:
            top = int(np.argmax(shares[n : n + m]))
            confidence = float(shares[n + top])
            verdict["appeal_type"] = {"name": self.appeal_types[top], "confidence": confidence}
        if shares[n + m] > _EVIDENCE_OF_URGENCY:
            of_urgency = weights[columns, n + m]
            verdict["urgent_evidence"] = self._pieces(
                reading, columns, of_urgency * values, evidence
            )
        return verdict

    def _pieces(
        self, reading: Reading, columns: np.ndarray, added: np.ndarray, most: int
    ) -> List[str]:
        gains = self.features.gains(reading, columns, added)
        return pieces(reading.whole, gains, self.features.words_of, most)

    def save(self, folder: Path) -> None:
        """Write both files; `load` gives the same answers."""
        learnt = {
            "intents": list(self.intents),
            "appeal_types": list(self.appeal_types),
            "features": self.features.as_json(),
            "sharpness": self.sharpness,
        }
        np.savez(
            folder / _ARRAYS,
            idf=self.features.idf,
            weights=self.plane.weights,
            bias=self.plane.bias,
            tops=self.tops,
            usual=self.usual,
        )
        text = json.dumps(learnt, ensure_ascii=False, sort_keys=True)
        (folder / _WORDS).write_text(text, encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> "TextModel":
        """Back from `save`."""
        learnt = json.loads((folder / _WORDS).read_text(encoding="utf-8"))
        with np.load(folder / _ARRAYS, allow_pickle=False) as arrays:
            features = Features.from_json(learnt["features"], arrays["idf"])
            plane = Plane(arrays["weights"], arrays["bias"])
            tops, usual = arrays["tops"], arrays["usual"]
        names = (learnt["intents"], learnt["appeal_types"])
        return cls(features, *names, plane, tops, usual, learnt["sharpness"])
