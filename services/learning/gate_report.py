"""What the gate says of a model, for people: the verdict in one sentence and everything behind it.

Stored as JSON with the model (`services.learning.gate_report_json`), shown as a page and as a PDF.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from services.learning.comparison import (
    Comparison,
    Figure,
    IntentChange,
    Sample,
    compare,
    pairs,
    sample,
)
from services.learning.examined import Examination
from services.learning.findings import Finding, passes
from services.learning.gate import Judged, judge
from services.learning.gate_rules import GateRules


@dataclass(frozen=True, slots=True)
class IntentSentences:
    """How one intent's training sentences differ from those of the model in use."""

    name: str
    added: int
    removed: int


@dataclass(frozen=True, slots=True)
class DataChange:
    """What the new model learnt that the one in use did not, and the reverse."""

    known: bool
    """False where nobody knows what the model in use learnt from."""
    added: int = 0
    removed: int = 0
    intents: tuple[IntentSentences, ...] = ()
    """The most changed first."""
    samples: tuple[tuple[str, str], ...] = ()
    """(intent's name, sentence), some of the added ones."""


@dataclass(frozen=True, slots=True)
class GateReport:
    """One examination's outcome."""

    candidate: str
    active: str
    """What it was compared with; empty: nothing."""
    at: str
    """ISO 8601, UTC."""
    passed: bool
    verdict: str
    findings: tuple[Finding, ...]
    figures: tuple[Figure, ...]
    intents: tuple[IntentChange, ...]
    """Those with a sentence that came out otherwise, the worst first."""
    better: tuple[Sample, ...]
    worse: tuple[Sample, ...]
    lost_dangers: tuple[Sample, ...]
    """Dangers that only the model in use sees."""
    found_dangers: tuple[Sample, ...]
    """Dangers that only the new one sees."""
    changes: DataChange


def report_of(case: Judged, rules: GateRules, changes: DataChange, at: str) -> GateReport:
    """The gate's word on a model."""
    findings = judge(case, rules)
    found = compare(case.old, case.new, case.names, rules.shown)
    dangers = [pair for pair in pairs(case.old, case.new) if pair[1].danger]
    return GateReport(
        candidate=case.new.model,
        active=case.old.model if case.old else "",
        at=at,
        passed=passes(findings),
        verdict=_verdict(findings, found, case.old),
        findings=findings,
        figures=found.figures,
        intents=found.intents,
        better=found.better,
        worse=found.worse,
        lost_dangers=tuple(
            sample(p, case.names) for p in dangers if p[0].urgent and not p[1].urgent
        )[: rules.shown],
        found_dangers=tuple(
            sample(p, case.names) for p in dangers if p[1].urgent and not p[0].urgent
        )[: rules.shown],
        changes=changes,
    )


def _verdict(findings: Sequence[Finding], found: Comparison, old: Examination | None) -> str:
    against = [finding for finding in findings if finding.binding and not finding.passed]
    if against:
        reasons = "、".join(f"“{finding.title}”" for finding in against)
        return f"不可以上线：{len(against)} 项没过，{reasons}。现用的模型照常工作。"
    if old is None:
        return "可以上线：各项都过了。没有现用的模型可比。"
    won, lost = sum(row.won for row in found.intents), sum(row.lost for row in found.intents)
    return f"可以上线：各项都过了。和现用的比，{won} 句考题变对，{lost} 句变错。"
