"""Measures the product's classifier on labelled messages, beside plain and stock ones.

`--train FILE --test FILE`, or `--train FILE --folds N`. Files are CSV with the columns subject,
details (may be empty) and label. Runs itself with Rasa's Python where Rasa is not importable.
"""

from __future__ import annotations

import argparse
import csv
import importlib.util
import os
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from nlu.rasa_env import rasa_environment, rasa_python  # noqa: E402

Rows = list[tuple[str, str, str]]
"""subject, details, label"""
_COLUMNS = ("subject", "details", "label")


def main() -> None:
    """Parse the command line, measure, print."""
    asked = _arguments()
    if importlib.util.find_spec("rasa") is None or importlib.util.find_spec("sklearn") is None:
        run_with_rasa(Path(__file__))
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    train = _read(asked.train)
    _refuse_lonely(train, asked.train, max(2, asked.folds or 2))
    if asked.test:
        test = _read(asked.test)
        unknown = sorted({row[2] for row in test} - {row[2] for row in train})
        if unknown:
            print(f"labels of the test file that training does not know: {', '.join(unknown)}")
        parts = [(train, test)]
    else:
        parts = _folds(train, asked.folds, asked.seed)
    for name, method, shown in _methods(asked):
        _measure(name, method, parts[:shown] if shown else parts)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.messages", description=__doc__)
    parser.add_argument("--train", type=Path, required=True, metavar="FILE")
    parser.add_argument("--test", type=Path, metavar="FILE")
    parser.add_argument("--folds", type=int, metavar="N", help="cross-validate --train")
    parser.add_argument("--seed", type=int, default=7, help="of the folds")
    parser.add_argument("--baselines", action="store_true", help="plain linear ones as well")
    parser.add_argument("--stock", action="store_true", help="Rasa's own classifiers as well")
    parser.add_argument("--without-product", action="store_true", help="the others only")
    parser.add_argument("--stock-folds", type=int, metavar="N", help="for --stock, the first N")
    parser.add_argument("--diet-epochs", type=int, default=12)
    parser.add_argument("--stock-details", type=int, default=100, help="characters of details")
    asked = parser.parse_args()
    if (asked.test is None) == (asked.folds is None):
        parser.error("give either --test FILE or --folds N")
    if asked.folds is not None and asked.folds < 2:
        parser.error("--folds must be 2 or more")
    if asked.without_product and not (asked.baselines or asked.stock):
        parser.error("--without-product needs --baselines or --stock")
    return asked


def run_with_rasa(script: Path) -> NoReturn:
    """Become the same script under Rasa's Python."""
    python = rasa_python(ROOT)
    if not python.exists():
        _refuse(f"Rasa's Python is not at {python}; name it in LIANDONG_RASA_PYTHON")
    if Path(sys.prefix).resolve() == python.parent.parent.resolve():
        _refuse(f"{python} has no rasa or no scikit-learn")
    os.execve(python, [str(python), str(script.resolve()), *sys.argv[1:]], rasa_environment())


def _read(path: Path) -> Rows:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            missing = [name for name in _COLUMNS if name not in (reader.fieldnames or ())]
            if missing:
                _refuse(f"{path} lacks the columns: {', '.join(missing)}")
            rows = [tuple((row[name] or "").strip() for name in _COLUMNS) for row in reader]
    except (OSError, UnicodeDecodeError, csv.Error) as exc:
        _refuse(f"{path} cannot be read: {exc}")
    kept = [row for row in rows if row[2] and (row[0] or row[1])]
    if len(kept) < len(rows):
        print(f"{path}: {len(rows) - len(kept)} rows without a label or without text left out")
    if not kept:
        _refuse(f"{path} holds no labelled message")
    return kept  # type: ignore[return-value]


def _refuse_lonely(rows: Rows, path: Path, least: int) -> None:
    sizes = Counter(label for _, _, label in rows)
    few = sorted(label for label, size in sizes.items() if size < least)
    if few:
        _refuse(f"{path}: fewer than {least} messages have the label {', '.join(few)}")
    if len(sizes) < 2:
        _refuse(f"{path} holds one label only")


def _refuse(sentence: str) -> NoReturn:
    print(sentence, file=sys.stderr)
    raise SystemExit(2)


def _folds(rows: Rows, folds: int, seed: int) -> list[tuple[Rows, Rows]]:
    from sklearn.model_selection import StratifiedKFold

    splitter = StratifiedKFold(folds, shuffle=True, random_state=seed)
    labels = [label for _, _, label in rows]
    return [
        ([rows[i] for i in inner], [rows[i] for i in outer])
        for inner, outer in splitter.split(labels, labels)
    ]


def _methods(asked: argparse.Namespace) -> list[tuple[str, Callable, int]]:  # type: ignore[type-arg]
    from benchmarks import message_pipelines as p

    cut, first = asked.stock_details, asked.stock_folds or 0

    def rasa(pipeline: list[dict], longest: int = 0) -> Callable:  # type: ignore[type-arg]
        def method(train: Rows, test: Rows) -> p.Answers:
            pairs = [(_text(row, longest), row[2]) for row in train]
            return p.run_rasa(pipeline, pairs, [_text(row, longest) for row in test])

        return method

    def linear(kind: str) -> Callable:  # type: ignore[type-arg]
        def method(train: Rows, test: Rows) -> p.Answers:
            pairs = [(_text(row), row[2]) for row in train]
            return p.run_linear(kind, pairs, [_text(row) for row in test])

        return method

    methods: list[tuple[str, Callable, int]] = []  # type: ignore[type-arg]
    if not asked.without_product:
        methods.append(("product's pipeline (nlu/config.yml)", rasa(p.product_pipeline(ROOT)), 0))
    if asked.baselines:
        methods.append(("character TF-IDF 1-2 and linear SVM", linear("characters"), 0))
        if importlib.util.find_spec("jieba"):
            methods.append(("jieba TF-IDF and logistic regression", linear("words"), 0))
        else:
            print("jieba is not installed in Rasa's environment: that baseline is left out")
    if asked.stock:
        noted = f"details cut at {cut} characters"
        methods.append(
            (f"Rasa logistic regression, {noted}", rasa(p.stock_regression(), cut), first)
        )
        name = f"Rasa DIET, {asked.diet_epochs} epochs, {noted}"
        methods.append((name, rasa(p.stock_diet(asked.diet_epochs), cut), first))
    return methods


def _text(row: tuple[str, str, str], longest: int = 0) -> str:
    """Subject and details as one message; an empty subject still leaves a first line."""
    details = row[1][:longest] if longest else row[1]
    return f"{row[0]}\n{details}" if details else row[0]


def _measure(name: str, method: Callable, parts: Sequence[tuple[Rows, Rows]]) -> None:  # type: ignore[type-arg]
    from tqdm import tqdm

    truth: list[str] = []
    said: list[str] = []
    confidences: list[float] = []
    learning = answering = 0.0
    for train, test in tqdm(parts, desc=name, unit="fold", file=sys.stderr):
        answers = method(train, test)
        truth += [label for _, _, label in test]
        said += answers.labels
        confidences += answers.confidences
        learning += answers.train_seconds
        answering += answers.parse_seconds
    _print(name, truth, said, confidences)
    each = 1000 * answering / len(truth)
    print(f"training {learning / len(parts):.1f} s a run, {each:.2f} ms a message in one batch")


def _print(
    name: str, truth: Sequence[str], said: Sequence[str], confidences: Sequence[float]
) -> None:
    from sklearn.metrics import accuracy_score, f1_score, precision_recall_fscore_support

    known = sorted(set(truth))
    macro = f1_score(truth, said, labels=known, average="macro", zero_division=0)
    accuracy = accuracy_score(truth, said)
    print(f"\n{name}: macro-F1 {macro:.4f}, accuracy {accuracy:.4f}, {len(truth)} messages")
    if confidences:
        print(f"expected calibration error {expected_error(truth, said, confidences):.4f}")
    table = precision_recall_fscore_support(truth, said, labels=known, zero_division=0)
    print("label\tprecision\trecall\tF1\tmessages")
    for label, precision, recall, f1, size in zip(known, *table, strict=True):
        print(f"{label}\t{precision:.3f}\t{recall:.3f}\t{f1:.3f}\t{size}")
    pairs = Counter((t, s) for t, s in zip(truth, said, strict=True) if t != s)
    print("most frequent confusions (is → taken for):")
    for (is_, taken), times in pairs.most_common(10):
        print(f"{times}\t{is_} → {taken}")


def expected_error(
    truth: Sequence[str], said: Sequence[str], confidences: Sequence[float]
) -> float:
    """Calibration error over 15 equal bins: mean distance of confidence and share of right ones."""
    bins: dict[int, list[tuple[float, bool]]] = {}
    for is_, taken, share in zip(truth, said, confidences, strict=True):
        bins.setdefault(min(14, int(share * 15)), []).append((share, is_ == taken))
    off = sum(abs(sum(s for s, _ in b) - sum(right for _, right in b)) for b in bins.values())
    return off / len(truth)


if __name__ == "__main__":
    main()
