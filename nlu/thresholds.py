"""How certain a matter must be to go its way without a human, intent by intent. Pure.

A ticket at a wrong desk costs more than a question to a human: `WRONG_COSTS` times as much. So a
matter goes alone where, by held-out sentences, too few would go astray. An intent has a few dozen
such sentences only; what all intents show together counts like `_PRIOR` sentences of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from nlu.errors import BadThresholds

WRONG_COSTS = 5.0
"""What a wrong dispatch costs, measured in questions to a human."""
_PRIOR = 30.0
_MISWRITTEN = (AttributeError, KeyError, TypeError, ValueError)
"""What a file of another shape leads to; a text that is no UTF-8 is a ValueError, too."""
_GRID = tuple(round(0.40 + 0.02 * step, 2) for step in range(30))
_CAUTIOUS = 0.98
_AROUND = 0.06


@dataclass(frozen=True, slots=True)
class Outcome:
    """One held-out sentence that was read as a matter."""

    intent: str
    """As it was read."""
    sure: float
    """Certainty of the destination."""
    right: bool
    """Whether the destination is the right one."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """One for each intent, and one for those without held-out sentences."""

    default: float
    by_intent: Mapping[str, float]

    def of(self, intent: str) -> float:
        """What the certainty of this intent's destination must reach."""
        return self.by_intent.get(intent, self.default)


def fit(outcomes: Sequence[Outcome]) -> Thresholds:
    """The threshold of each intent at which one more sentence would cost more than it saves."""
    everything = _marginal(outcomes, lambda _sure: 0.5, 0.0)
    default = _first_safe(everything)
    overall = dict(everything)
    by_intent = {
        intent: _first_safe(
            _marginal(
                [o for o in outcomes if o.intent == intent],
                lambda sure: overall[sure],
                _PRIOR,
            )
        )
        for intent in sorted({outcome.intent for outcome in outcomes})
    }
    return Thresholds(default, by_intent)


def _marginal(
    outcomes: Sequence[Outcome], prior: Callable[[float], float], weight: float
) -> list[tuple[float, float]]:
    """For each certainty of the grid, the share that is right around it."""
    rows: list[tuple[float, float]] = []
    for sure in _GRID:
        near = [o.right for o in outcomes if abs(o.sure - sure) <= _AROUND]
        count = len(near) + weight
        share = (sum(near) + weight * prior(sure)) / count if count else 0.0
        rows.append((sure, share))
    return rows


def _first_safe(rows: Iterable[tuple[float, float]]) -> float:
    """The lowest certainty from which on dispatching is worth it all the way up."""
    needed = 1 - 1 / WRONG_COSTS
    first = _CAUTIOUS
    for sure, share in sorted(rows, reverse=True):
        if share < needed:
            break
        first = sure
    return first


def read_thresholds(file: Path) -> Thresholds | None:
    """From `nlu/thresholds.yml`; None where there is none. Raises `BadThresholds`."""
    if not file.is_file():
        return None
    try:
        found = yaml.safe_load(file.read_text(encoding="utf-8"))
        by_intent = {str(intent): float(value) for intent, value in found["by_intent"].items()}
        return Thresholds(float(found["default"]), by_intent)
    except (OSError, yaml.YAMLError, *_MISWRITTEN) as exc:
        raise BadThresholds(f"门槛文件 {file.name} 读不懂（{type(exc).__name__}）。") from exc


def write_thresholds(file: Path, found: Thresholds, model: str) -> None:
    """As a file that people can read and change."""
    lines = [
        "# 每个事项要有多大把握才自动派单(由 liandong nlu thresholds 在考题上算出)",
        f"model: {model}",
        f"default: {found.default}",
        "by_intent:",
        *(f"  {intent}: {value}" for intent, value in sorted(found.by_intent.items())),
    ]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
