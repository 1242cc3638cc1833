"""The gate's report as a page: what binds first, then what changed, with examples. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from console.learning.times import moment_text
from services.learning.comparison import Figure, IntentChange, Sample
from services.learning.findings import Finding
from services.learning.gate_report import DataChange, GateReport


@dataclass(frozen=True, slots=True)
class ReportPage:
    """Parts in the order in which they are read."""

    passed: bool
    verdict: str
    at: str
    candidate: str
    active: str
    against: tuple[Finding, ...]
    """What keeps it from going live."""
    hints: tuple[Finding, ...]
    """What wants a look but binds nobody."""
    fine: tuple[Finding, ...]
    figures: tuple[Figure, ...]
    worse: tuple[Sample, ...]
    better: tuple[Sample, ...]
    lost_dangers: tuple[Sample, ...]
    found_dangers: tuple[Sample, ...]
    lost: tuple[IntentChange, ...]
    won: tuple[IntentChange, ...]
    changes: DataChange


def report_page(report: GateReport, now: datetime) -> ReportPage:
    """The report, sorted for reading."""
    return ReportPage(
        passed=report.passed,
        verdict=report.verdict,
        at=moment_text(datetime.fromisoformat(report.at), now),
        candidate=report.candidate,
        active=report.active,
        against=tuple(f for f in report.findings if f.binding and not f.passed),
        hints=tuple(f for f in report.findings if not f.binding and not f.passed),
        fine=tuple(f for f in report.findings if f.passed),
        figures=report.figures,
        worse=report.worse,
        better=report.better,
        lost_dangers=report.lost_dangers,
        found_dangers=report.found_dangers,
        lost=_by_balance(row for row in report.intents if row.won < row.lost),
        won=_by_balance(row for row in report.intents if row.won >= row.lost),
        changes=report.changes,
    )


def _by_balance(rows: Iterable[IntentChange]) -> tuple[IntentChange, ...]:
    return tuple(sorted(rows, key=lambda row: -abs(row.won - row.lost)))
