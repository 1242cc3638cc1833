"""Whether a new model may go live: every check against what is in use, with its reason. Pure.

Where there is no model in use to compare with, only the absolute demands hold.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from services.learning.comparison import pairs
from services.learning.examined import Examination, Paper
from services.learning.findings import Finding
from services.learning.gate_dangers import danger_findings
from services.learning.gate_figures import figure_findings
from services.learning.gate_intents import intent_findings
from services.learning.gate_rules import GateRules

_NAMED = 5


@dataclass(frozen=True, slots=True)
class Judged:
    """Everything that the gate looks at."""

    new: Examination
    old: Examination | None
    examples: Mapping[str, int]
    """Training sentences of each intent of the new model."""
    names: Mapping[str, str]
    """What people call an intent."""


def judge(case: Judged, rules: GateRules) -> tuple[Finding, ...]:
    """Every finding, the gravest kind first."""
    both = pairs(case.old, case.new)
    return (
        *_must_pass(case.new),
        *danger_findings(case.new, case.old, both, rules),
        *intent_findings(case.new, case.old, both, case.examples, case.names, rules),
        *figure_findings(case.new, case.old, rules),
    )


def _must_pass(new: Examination) -> Iterator[Finding]:
    asked = new.of(Paper.MUST_PASS)
    wrong = [answer for answer in asked if not answer.right]
    told = "、".join(f"“{answer.text}”" for answer in wrong[:_NAMED])
    said = f"{len(asked)} 句都对" if not wrong else f"{len(asked)} 句里有 {len(wrong)} 句错：{told}"
    yield Finding(
        "must_pass",
        "一定要对的话",
        said,
        passed=not wrong,
        numbers={"wrong": len(wrong), "count": len(asked)},
    )
