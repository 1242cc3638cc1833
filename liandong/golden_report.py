"""The figures of an examination as Markdown: a headline table, then intents and confusions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from nlu.evaluate import (
    Case,
    Share,
    by_intent,
    calibration_error,
    confusions,
    headline,
    recall_and_precision,
    share,
)

_PAIRS = 40
_WORDS = {
    "kind": "kind of message",
    "intent": "intent (matter or kind)",
    "matter": "matter, of the appeals",
    "matter_in_top_three": "matter among the top three",
    "group": "linkage group, of the appeals",
    "appeal_type": "appeal type",
    "dispatched_alone": "dispatched without a human, of the appeals",
    "dispatched_alone_right": "of these at the right unit",
}


@dataclass(frozen=True, slots=True)
class Examination:
    """Everything that was read."""

    model: str
    cases: Sequence[Case]
    emergencies: Sequence[Case]
    sealed: Sequence[Case]
    counted: Sequence[tuple[int, Case]]
    """Sentences with the number of matters that they hold."""
    latency_ms: float


def report_of(found: Examination) -> str:
    """The whole report; the part before the first `##` is the summary."""
    lines = [
        f"Model `{found.model}`, {len(found.cases)} held-out sentences.",
        "",
        "| figure | share (right/of) |",
        "|---|---|",
        *(f"| {_WORDS[key]} | {value} |" for key, value in headline(found.cases).items()),
        *(f"| {name} | {value} |" for name, value in _marks(found)),
        f"| expected calibration error | {calibration_error(found.cases):.3f} |",
        "",
        "## By intent, the worst first",
        "",
        "| intent | sentences | precision | recall | F1 |",
        "|---|---|---|---|---|",
        *(
            f"| `{row.intent}` | {row.count} | {row.precision.value:.2f} | "
            f"{row.recall.value:.2f} | {row.f1:.2f} |"
            for row in by_intent(found.cases)
        ),
        "",
        "## Most frequent confusions",
        "",
        "| is | taken for | times |",
        "|---|---|---|",
        *(f"| `{a}` | `{b}` | {n} |" for a, b, n in confusions(found.cases)[:_PAIRS]),
    ]
    return "\n".join(lines) + "\n"


def _marks(found: Examination) -> Iterable[tuple[str, Share]]:
    dangers = [*found.cases, *found.emergencies]
    for name, cases in (("emergency set", found.emergencies), ("all sentences", dangers)):
        recall, precision = recall_and_precision(
            cases, lambda c: c.found.urgent, lambda c: c.expected.urgent
        )
        yield f"danger now: recall, {name}", recall
        yield f"danger now: precision, {name}", precision
    recall, precision = recall_and_precision(
        [*found.cases, *found.sealed],
        lambda c: c.found.confidential,
        lambda c: c.expected.confidential,
    )
    yield "confidential: recall", recall
    yield "confidential: precision", precision
    yield (
        "number of matters",
        share(
            (case for _, case in found.counted),
            lambda case: case.found.n_matters == dict(_by_text(found))[case.text],
        ),
    )
    several = [case for number, case in found.counted if number > 1]
    yield "several matters seen", share(several, lambda case: case.found.n_matters > 1)


def _by_text(found: Examination) -> list[tuple[str, int]]:
    return [(case.text, number) for number, case in found.counted]
