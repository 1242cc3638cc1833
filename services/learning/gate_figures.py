"""The gate's checks of certainty, of what goes without a human, of speed and size. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from services.learning.comparison import alone_right, ece
from services.learning.examined import Examination
from services.learning.findings import Finding
from services.learning.gate_rules import GateRules

_MEGABYTE = 1024 * 1024


def figure_findings(
    new: Examination, old: Examination | None, rules: GateRules
) -> Iterator[Finding]:
    """Calibration, dispatch without a human, speed, size."""
    yield _calibration(new, old, rules)
    yield _alone(new, old, rules)
    yield _speed(new, old, rules)
    yield _size(new, old, rules)


def _calibration(new: Examination, old: Examination | None, rules: GateRules) -> Finding:
    found = ece(new)
    most = max(rules.calibration_bound, ece(old) + rules.calibration_slack if old else 0.0)
    return Finding(
        "calibration",
        "把握靠得住",
        f"说有几分把握和实际对几分，平均差 {found:.3f}，最多 {most:.3f}",
        passed=found <= most,
        numbers={"error": found, "most": most},
    )


def _alone(new: Examination, old: Examination | None, rules: GateRules) -> Finding:
    found = alone_right(new)
    needed = alone_right(old).share - rules.alone_slack if old else 0.0
    said = f"不用人就派出的，派对 {found}"
    return Finding(
        "alone_right",
        "自动派单派得对",
        said + (f"，至少要 {needed:.1%}" if old else ""),
        passed=found.share >= needed,
        numbers={"share": found.share, "needed": needed},
    )


def _speed(new: Examination, old: Examination | None, rules: GateRules) -> Finding:
    most = rules.speed_factor * old.p99_ms + rules.speed_slack_ms if old else float("inf")
    said = f"最慢的百分之一要 {new.p99_ms:.1f} 毫秒"
    return Finding(
        "speed",
        "读得快",
        said + (f"，现用模型 {old.p99_ms:.1f} 毫秒，最多 {most:.1f}" if old else ""),
        passed=new.p99_ms <= most,
        numbers={"p50_ms": new.p50_ms, "p99_ms": new.p99_ms},
    )


def _size(new: Examination, old: Examination | None, rules: GateRules) -> Finding:
    slack = rules.size_slack_mb * _MEGABYTE
    most = rules.size_factor * old.size + slack if old else float("inf")
    said = f"模型文件 {new.size / _MEGABYTE:.1f} MB"
    return Finding(
        "size",
        "不占地方",
        said + (f"，最多 {most / _MEGABYTE:.1f} MB" if old else ""),
        passed=new.size <= most,
        numbers={"bytes": new.size},
    )
