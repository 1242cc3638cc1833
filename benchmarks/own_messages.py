"""Cross-validates the product's classifier on its own training blocks (nlu/data).

All heads: intent, appeal type, urgent, confidential. Also time of an answer, size of the weights,
memory of the measuring process. Runs itself with Rasa's Python, like `messages.py`.
"""

from __future__ import annotations

import argparse
import importlib.util
import re
import resource
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.messages import expected_error, run_with_rasa  # noqa: E402

_MARKED = re.compile(r"\[([^\]]*)\](?:\([^)]*\)|\{[^}]*\})")
"""An entity in Rasa's notation."""


def main() -> None:
    """Parse the command line, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.own_messages", description=__doc__)
    parser.add_argument("--data", type=Path, default=ROOT / "nlu" / "data", metavar="FOLDER")
    parser.add_argument("--folds", type=int, default=5, metavar="N")
    parser.add_argument("--seed", type=int, default=7, help="of the folds")
    asked = parser.parse_args()
    if importlib.util.find_spec("rasa") is None or importlib.util.find_spec("sklearn") is None:
        run_with_rasa(Path(__file__))
    _measure(asked.data, asked.folds, asked.seed)


def _measure(folder: Path, folds: int, seed: int) -> None:
    import numpy as np
    from sklearn.model_selection import StratifiedKFold
    from tqdm import tqdm

    from benchmarks.message_pipelines import product_pipeline
    from nlu.components.heads import Strength
    from nlu.components.learning import learn

    own = next(c for c in product_pipeline(ROOT) if "MessageClassifier" in c["name"])
    examples = _examples(folder, own)
    names = [example.intent for example in examples]
    splitter = StratifiedKFold(folds, shuffle=True, random_state=seed)
    told: list[Any] = []
    shares: list[Any] = []
    seconds = 0.0
    for inner, outer in tqdm(list(splitter.split(names, names)), unit="fold", file=sys.stderr):
        began = time.monotonic()
        strength = Strength(own["ridge"], own["decay"], own["balance"])
        learnt = [examples[i] for i in inner]
        model = learn(learnt, own["shares"], strength, own["words_from"], own["informed"])
        seconds += time.monotonic() - began
        held = [examples[i] for i in outer]
        told += held
        shares.append(model.probabilities([example.text for example in held]))
    all_shares = np.vstack(shares)
    print(f"{len(told)} messages, {len(model.intents)} intents, {folds} folds, seed {seed}")
    n, m = len(model.intents), len(model.appeal_types)
    _print_choice("intent", model.intents, [e.intent for e in told], all_shares[:, :n])
    typed = [i for i, example in enumerate(told) if example.appeal_type]
    kinds = [told[i].appeal_type for i in typed]
    _print_choice("appeal type", model.appeal_types, kinds, all_shares[typed][:, n : n + m])
    _print_binary("urgent", [e.urgent for e in told], all_shares[:, n + m])
    _print_binary("confidential", [e.confidential for e in told], all_shares[:, n + m + 1])
    _print_cost(model, "".join(example.text for example in told[:100]), seconds / folds)


def _examples(folder: Path, own: dict[str, Any]) -> list[Any]:
    import yaml

    from nlu.components.learning import Example

    found = []
    for file in sorted(folder.glob("*.yml")):
        for block in yaml.safe_load(file.read_text(encoding="utf-8"))["nlu"]:
            if "intent" not in block:
                continue
            name, said = block["intent"], block.get("metadata") or {}
            urgent = name in own["urgent_intents"] or bool(said.get("urgent"))
            secret = name in own["confidential_intents"] or bool(said.get("confidential"))
            texts = [
                _MARKED.sub(r"\1", line.strip()[2:]) for line in block["examples"].splitlines()
            ]
            found += [
                Example(text, name, said.get("appeal_type"), urgent, secret)
                for text in texts
                if text
            ]
    return found


def _print_choice(name: str, labels: Any, truth: Any, shares: Any) -> None:
    import numpy as np

    target = np.array([labels.index(label) for label in truth])
    order = np.argsort(-shares, axis=1)
    said = [labels[i] for i in order[:, 0]]
    error = expected_error(truth, said, shares.max(axis=1).tolist())
    right = (order[:, 0] == target).mean()
    second = (order[:, :2] == target[:, None]).any(axis=1).mean()
    loss = -np.log(np.maximum(shares[np.arange(len(target)), target], 1e-12)).mean()
    print(f"{name}: accuracy {right:.4f}, top-2 {second:.4f}, ECE {error:.4f}, NLL {loss:.4f}")


def _print_binary(name: str, truth: Any, shares: Any) -> None:
    import numpy as np
    from sklearn.metrics import average_precision_score, roc_auc_score

    yes = np.array(truth)
    bins = np.minimum((shares * 15).astype(int), 14)
    off = sum(abs((shares - yes)[bins == b].sum()) for b in range(15)) / len(yes)
    precision, area = average_precision_score(yes, shares), roc_auc_score(yes, shares)
    print(f"{name}: {yes.sum()} positive, average precision {precision:.4f}", end=", ")
    print(f"AUC {area:.4f}, ECE {off:.4f}")
    for least in (0.1, 0.3, 0.5):
        told = shares >= least
        print(f"  from {least}: precision {yes[told].mean():.3f}, recall {told[yes].mean():.3f}")


def _print_cost(model: Any, text: str, seconds: float) -> None:
    for length in (30, 1000):
        times = []
        for _ in range(100):
            began = time.perf_counter()
            model.classify([text[:length]])
            times.append(time.perf_counter() - began)
        print(f"{length} characters: {sorted(times)[50] * 1000:.2f} ms, the middle of 100")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    size = model.plane.weights.nbytes / 2**20
    print(f"training {seconds:.0f} s a fold, weights {size:.0f} MB, peak memory {peak:.0f} MB")


if __name__ == "__main__":
    main()
