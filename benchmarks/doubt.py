"""How likely the model is wrong, by its margin and by whether the word lists agree.

Reads the held-out sentences (nlu/golden) with a trained model and with the word lists, counts, and
fits the logit that services/learning/worth.py orders the inbox by.
"""

from __future__ import annotations

import argparse
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np

from nlu.components.lean_server import archived_model
from nlu.dataset import read_dataset
from nlu.keywords import KeywordClassifier

ROOT = Path(__file__).resolve().parents[1]
_SAID = ("agree", "silent", "differ")
_BINS = (0.0, 0.1, 0.2, 0.4, 0.6, 0.8, 1.01)


@dataclass(frozen=True, slots=True)
class _Read:
    margin: float
    keywords: str
    """Whether they agree with the model: one of `_SAID`."""
    wrong: bool
    keywords_wrong: bool


def main() -> None:
    """Parse the command line, read, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.doubt", description=__doc__)
    parser.add_argument("--model", type=Path, required=True, metavar="MODEL.tar.gz")
    asked = parser.parse_args()
    read = _readings(asked.model)
    print(f"{len(read)} sentences, {sum(r.wrong for r in read)} wrong", end=", ")
    print(f"the word lists alone {sum(r.keywords_wrong for r in read)}")
    _print_table(read)
    _print_fit("margin and word lists", read, ("margin", "agree", "differ"))
    _print_fit("margin only", read, ("margin",))


def _readings(archive: Path) -> list[_Read]:
    examples = read_dataset(ROOT / "nlu" / "golden").examples
    keywords = KeywordClassifier.load(ROOT / "nlu" / "keywords", {e.intent for e in examples})
    verdicts = archived_model(archive).classify([e.text for e in examples], ranking=2, evidence=0)
    read = []
    for example, verdict in zip(examples, verdicts, strict=True):
        best = verdict["intent"]["name"]
        ranking = keywords.classify(example.text).ranking
        said = "silent" if not ranking else "agree" if ranking[0].label == best else "differ"
        missed = not ranking or ranking[0].label != example.intent
        read.append(_Read(verdict["margin"], said, best != example.intent, missed))
    return read


def _print_table(read: list[_Read]) -> None:
    print("margin\t" + "\t".join(f"{said}: wrong / of" for said in _SAID))
    counted = Counter((_bin(r.margin), r.keywords, r.wrong) for r in read)
    for low, high in pairwise(_BINS):
        cells = []
        for said in _SAID:
            wrong = counted[(low, said, True)]
            cells.append(f"{wrong} / {wrong + counted[(low, said, False)]}")
        print(f"{low:.1f} to {min(high, 1):.1f}\t" + "\t".join(cells))


def _bin(margin: float) -> float:
    return max(low for low in _BINS[:-1] if low <= max(margin, 0))


def _print_fit(name: str, read: list[_Read], columns: tuple[str, ...]) -> None:
    values = {
        "margin": [r.margin for r in read],
        "agree": [r.keywords == "agree" for r in read],
        "differ": [r.keywords == "differ" for r in read],
    }
    x = np.column_stack([np.ones(len(read)), *(np.array(values[c], float) for c in columns)])
    wrong = np.array([r.wrong for r in read], float)
    weights, loss = _fit(x, wrong)
    told = ", ".join(f"{c} {w:+.2f}" for c, w in zip(("logit", *columns), weights, strict=True))
    print(f"{name}: {told}; log loss {loss:.4f}")


def _fit(x: np.ndarray, wrong: np.ndarray) -> tuple[np.ndarray, float]:
    """Logistic regression by Newton's method."""
    weights = np.zeros(x.shape[1])
    for _ in range(25):
        share = 1 / (1 + np.exp(-(x @ weights)))
        bend = x.T @ (x * (share * (1 - share))[:, None])
        weights += np.linalg.solve(bend, x.T @ (wrong - share))
    share = np.clip(1 / (1 + np.exp(-(x @ weights))), 1e-9, 1 - 1e-9)
    loss = -(wrong * np.log(share) + (1 - wrong) * np.log(1 - share)).mean()
    return weights, float(loss)


if __name__ == "__main__":
    main()
