"""What one check of the gate found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Finding:
    """One check: whether it is passed, and why, in a sentence with its numbers."""

    check: str
    """Its code; `docs/explanation/gate.md` lists them."""
    title: str
    said: str
    passed: bool
    binding: bool = True
    """Not passed, the model must not go live; otherwise it is a hint."""
    numbers: Mapping[str, float] = field(default_factory=dict)


def passes(findings: tuple[Finding, ...]) -> bool:
    """Whether nothing that binds stands against the model."""
    return all(finding.passed for finding in findings if finding.binding)
