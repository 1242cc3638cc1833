"""Figures over held-out sentences: how often what is decided about a message is right. Pure.

Every share has its count beside it; the words are those of domain.md §9 and the annotation guide.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from services.understanding import Understanding

_BINS = 10
APPEAL = "appeal"


@dataclass(frozen=True, slots=True)
class Expected:
    """What a careful person says of one sentence; None where it is not labelled."""

    kind: str
    matter: str | None = None
    group: str | None = None
    destination: str | None = None
    """The unit that has the ticket first."""
    appeal_type: str | None = None
    urgent: bool | None = None
    confidential: bool | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """One sentence with both readings; `goes_to` (a unit) and `alone` are the decision on it."""

    text: str
    expected: Expected
    found: Understanding
    group: str | None
    goes_to: str | None
    alone: bool
    """Dispatched without a human's triage."""


@dataclass(frozen=True, slots=True)
class Share:
    """`right` of `count`."""

    right: int
    count: int

    @property
    def value(self) -> float:
        """Between 0 and 1; 0 of nothing is 0."""
        return self.right / self.count if self.count else 0.0

    def __str__(self) -> str:
        return f"{self.value:.3f} ({self.right}/{self.count})"


def share(cases: Iterable[Case], right: Callable[[Case], bool]) -> Share:
    """How many of the cases are right."""
    outcomes = [right(case) for case in cases]
    return Share(sum(outcomes), len(outcomes))


def label_of(found: Understanding) -> str:
    """The intent that an understanding amounts to."""
    return found.matter or APPEAL if found.kind == APPEAL else found.kind


def wanted_label(expected: Expected) -> str:
    """The intent that a label stands for."""
    return expected.matter or APPEAL if expected.kind == APPEAL else expected.kind


def headline(cases: Sequence[Case]) -> dict[str, Share]:
    """The figures that the product is judged by, over cases whose expectation says them."""
    matters = [case for case in cases if case.expected.kind == APPEAL]
    typed = [case for case in matters if case.expected.appeal_type]
    alone = [case for case in matters if case.alone]
    return {
        "kind": share(cases, lambda c: c.found.kind == c.expected.kind),
        "intent": share(cases, lambda c: label_of(c.found) == wanted_label(c.expected)),
        "matter": share(matters, lambda c: c.found.matter == c.expected.matter),
        "matter_in_top_three": share(
            matters, lambda c: c.expected.matter in {g.label for g in c.found.ranking}
        ),
        "group": share(matters, lambda c: c.group == c.expected.group),
        "appeal_type": share(typed, lambda c: c.found.appeal_type == c.expected.appeal_type),
        "dispatched_alone": Share(len(alone), len(matters)),
        "dispatched_alone_right": share(alone, lambda c: c.goes_to == c.expected.destination),
    }


def recall_and_precision(
    cases: Iterable[Case], said: Callable[[Case], bool], true: Callable[[Case], bool | None]
) -> tuple[Share, Share]:
    """Of the true ones how many are said; of those said how many are true (unlabelled: neither)."""
    labelled = [case for case in cases if true(case) is not None]
    hits = sum(said(case) and bool(true(case)) for case in labelled)
    return (
        Share(hits, sum(bool(true(case)) for case in labelled)),
        Share(hits, sum(said(case) for case in labelled)),
    )


def calibration_error(cases: Sequence[Case]) -> float:
    """Expected calibration error of the confidence in the label, ten bins of equal width."""
    if not cases:
        return 0.0
    bins: dict[int, list[tuple[float, bool]]] = {}
    for case in cases:
        sure = case.found.confidence
        right = label_of(case.found) == wanted_label(case.expected)
        bins.setdefault(min(int(sure * _BINS), _BINS - 1), []).append((sure, right))
    gaps = (
        abs(sum(s for s, _ in found) - sum(right for _, right in found)) for found in bins.values()
    )
    return sum(gaps) / len(cases)


@dataclass(frozen=True, slots=True)
class IntentFigures:
    """One intent: how many sentences it has, and precision and recall over all cases."""

    intent: str
    count: int
    precision: Share
    recall: Share

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision.value + self.recall.value
        return 2 * self.precision.value * self.recall.value / both if both else 0.0


def by_intent(cases: Sequence[Case]) -> list[IntentFigures]:
    """One row for each intent that is expected, the worst first."""
    wanted = Counter(wanted_label(case.expected) for case in cases)
    said = Counter(label_of(case.found) for case in cases)
    hits = Counter(
        label_of(case.found)
        for case in cases
        if label_of(case.found) == wanted_label(case.expected)
    )
    rows = [
        IntentFigures(intent, count, Share(hits[intent], said[intent]), Share(hits[intent], count))
        for intent, count in wanted.items()
    ]
    return sorted(rows, key=lambda row: (row.f1, row.intent))


def confusions(cases: Sequence[Case]) -> list[tuple[str, str, int]]:
    """Pairs (wanted, said) that differ, most frequent first."""
    pairs: Counter[tuple[str, str]] = Counter()
    for case in cases:
        pair = (wanted_label(case.expected), label_of(case.found))
        if pair[0] != pair[1]:
            pairs[pair] += 1
    return [(a, b, n) for (a, b), n in sorted(pairs.items(), key=lambda i: (-i[1], i[0]))]
