"""docs/explanation/metrics.md's formulas, made from the definitions themselves."""

from __future__ import annotations

from tickets.metrics import DEFINITIONS, GENERAL, Kind

_KINDS = {Kind.SHARE: "share", Kind.MINUTES: "time", Kind.COUNT: "count"}


def metrics_table() -> str:
    """One row for each metric, in the order in which they are printed."""
    lines = ["| metric | 中文 | is a | 怎么算 |", "|---|---|---|---|"]
    for each in DEFINITIONS:
        lines.append(f"| `{each.code}` | {each.name} | {_KINDS[each.kind]} | {each.formula} |")
    return "\n".join(lines)


def metrics_notes() -> str:
    """What holds for all of them."""
    return "\n".join(f"- {line}" for line in GENERAL)
