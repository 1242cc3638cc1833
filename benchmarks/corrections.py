"""How fast quality rises with corrections: the inbox's order against random order.

`--train FILE.csv` (subject, details, label). For each seed: a fifth is held out for the test, a
start is known, the rest is the pool. An order shows messages of the pool, each gets its true
label; after every round the model learns anew from everything known, and the order is made anew.
Results go to results/corrections.json after every run and are not made twice; `--table` and
`python -m benchmarks.corrections_figure` show them. Runs itself with Rasa's Python.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.messages import run_with_rasa  # noqa: E402

STARTS, ALL = ("half", "small"), "all"
_TEST, _HALF, _EACH = 0.2, 0.5, 60
"""Shares of all messages in the test and in the start `half`; messages of each label in `small`."""


def main() -> None:
    """Parse the command line, run what is missing."""
    asked = _arguments()
    if importlib.util.find_spec("rasa") is None or importlib.util.find_spec("sklearn") is None:
        os.environ.setdefault("OMP_NUM_THREADS", "1")
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
        run_with_rasa(Path(__file__))
    _run(asked)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.corrections", description=__doc__)
    parser.add_argument("--train", type=Path, required=True, metavar="FILE")
    parser.add_argument("--seeds", type=int, default=5, metavar="N")
    parser.add_argument("--first-seed", type=int, default=1, metavar="N")
    parser.add_argument("--starts", nargs="+", choices=STARTS, default=list(STARTS))
    parser.add_argument("--orders", nargs="*", default=["inbox"], help="besides random")
    parser.add_argument("--rounds", type=int, nargs="+", default=[100, 300, 600, 1000])
    parser.add_argument("--details", type=int, default=60, help="characters of them; 0: all")
    parser.add_argument("--quick", action="store_true", help="a quick learner, to try orders")
    parser.add_argument("--without-all", action="store_true", help="leave out the whole pool")
    parser.add_argument(
        "--results", type=Path, default=ROOT / "results" / "corrections.json", metavar="FILE"
    )
    asked = parser.parse_args()
    if asked.seeds < 1 or asked.rounds != sorted(set(asked.rounds)) or asked.rounds[0] < 1:
        parser.error("--seeds must be 1 or more, and --rounds must rise")
    return asked


def _run(asked: argparse.Namespace) -> None:
    from tqdm import tqdm

    from benchmarks.correction_learners import Quick, Shipped
    from benchmarks.messages import _read, _text
    from benchmarks.near_copies import first_of_each

    rows = _read(asked.train)
    texts = [_text(row) for row in rows]
    kept = first_of_each(texts)
    print(f"{len(rows)} messages, {len(rows) - len(kept)} near copies of others left out")
    texts, labels = [_text(rows[i], asked.details) for i in kept], [rows[i][2] for i in kept]
    learner = _Remembering((Quick if asked.quick else Shipped)(ROOT, texts, labels))
    book = _Book(asked.results)
    common = {"learner": "quick" if asked.quick else "shipped", "details": asked.details}
    for seed, start, order in tqdm(_plans(asked), unit="run", file=sys.stderr):
        where = {**common, "seed": seed, "start": start, "order": order}
        if book.has(where):
            continue
        split = _Split(labels, seed, start)
        began = time.monotonic()
        points = list(_points(learner, labels, split, order, asked.rounds))
        book.add({**where, "seconds": round(time.monotonic() - began), "points": points})


def _plans(asked: argparse.Namespace) -> list[tuple[int, str, str]]:
    seeds = range(asked.first_seed, asked.first_seed + asked.seeds)
    plans = []
    for seed in seeds:
        orders = ["start", "random", *asked.orders]
        plans += [(seed, start, order) for start in asked.starts for order in orders]
        plans += [] if asked.without_all else [(seed, ALL, ALL)]
    return plans


class _Remembering:
    """Keeps the model of the last start, from which every order begins."""

    def __init__(self, learner: Any) -> None:
        self._learner = learner
        self._known: list[int] = []
        self._model: Any = None
        self.ask = learner.ask

    def fit(self, known: list[int], start: bool = False) -> Any:
        if not start:
            return self._learner.fit(sorted(known))
        if self._known != sorted(known):
            self._known, self._model = sorted(known), self._learner.fit(sorted(known))
        return self._model


class _Book:
    """Runs as JSON, written whole after each."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._runs: list[dict[str, Any]] = json.loads(path.read_text()) if path.exists() else []

    def has(self, where: dict[str, Any]) -> bool:
        return any(where.items() <= run.items() for run in self._runs)

    def add(self, run: dict[str, Any]) -> None:
        self._runs.append(run)
        self._path.parent.mkdir(parents=True, exist_ok=True)
        beside = self._path.with_suffix(".part")
        beside.write_text(json.dumps(self._runs, ensure_ascii=False, indent=1))
        beside.replace(self._path)


class _Split:
    """Message numbers: the test is the same for both starts of a seed."""

    def __init__(self, labels: Sequence[str], seed: int, start: str) -> None:
        import numpy as np

        rng = np.random.RandomState(seed)
        self.seed = seed
        self.test: list[int] = []
        self.start: list[int] = []
        self.pool: list[int] = []
        for label in sorted(set(labels)):
            own = rng.permutation([i for i, name in enumerate(labels) if name == label]).tolist()
            tests = round(_TEST * len(own))
            known = tests + (round(_HALF * len(own)) if start == "half" else _EACH)
            self.test += own[:tests]
            self.start += own[tests:known]
            self.pool += own[known:]
        self.pool = rng.permutation(self.pool).tolist()


def _points(
    learner: Any, labels: Sequence[str], split: _Split, order: str, rounds: Sequence[int]
) -> Iterator[dict[str, Any]]:
    """Figures after each round; `start` and `all` (start and pool together) are one point."""
    known, pool = list(split.start), list(split.pool)
    if order in ("start", ALL):
        known += pool if order == ALL else []
        model = learner.fit(known, start=order == "start")
        yield _figures(learner, model, labels, split.test, len(known) - len(split.start))
        return
    model = None if order == "random" else learner.fit(known, start=True)
    for done, upto in zip([0, *rounds[:-1]], rounds, strict=True):
        shown, found = _shown(learner, model, labels, split, order, pool, upto - done)
        known += shown
        pool = [i for i in pool if i not in set(shown)]
        model = learner.fit(known)
        yield {**_figures(learner, model, labels, split.test, upto), **found}


def _shown(
    learner: Any,
    model: Any,
    labels: Sequence[str],
    split: _Split,
    order: str,
    pool: list[int],
    wanted: int,
) -> tuple[list[int], dict[str, int]]:
    """The next of the pool, and how many of them (and of the drawn ones) the model had wrong."""
    from benchmarks.correction_orders import BY_TEXT, ORDERS

    if order == "random":
        return pool[:wanted], {"shown": wanted}
    told = learner.ask(model, pool, with_rows=order in BY_TEXT)
    found = ORDERS[order](told, pool, str(split.seed), wanted)
    best = told.shares.argmax(axis=1)
    chosen = set(found.order[:wanted])
    wrong = {i for i in chosen if told.labels[best[i]] != labels[pool[i]]}
    told_of = {
        "shown": len(chosen),
        "wrong": len(wrong),
        "drawn": len(found.drawn & chosen),
        "drawn_wrong": len(found.drawn & wrong),
    }
    return [pool[i] for i in found.order[:wanted]], told_of


def _figures(
    learner: Any, model: Any, labels: Sequence[str], test: list[int], corrections: int
) -> dict[str, Any]:
    from sklearn.metrics import accuracy_score, f1_score

    told = learner.ask(model, test)
    said = [told.labels[i] for i in told.shares.argmax(axis=1)]
    truth = [labels[i] for i in test]
    return {
        "corrections": corrections,
        "macro_f1": round(float(f1_score(truth, said, average="macro")), 5),
        "accuracy": round(float(accuracy_score(truth, said)), 5),
    }


if __name__ == "__main__":
    main()
