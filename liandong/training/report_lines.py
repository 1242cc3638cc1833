"""The gate's report and a comparison on a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from services.learning.comparison import Comparison, Figure, IntentChange, Sample
from services.learning.findings import Finding
from services.learning.gate_report import GateReport

_MOST_INTENTS = 20
_TENDENCY = {None: "", True: "变好", False: "变差"}


def report_lines(report: GateReport) -> RenderableType:
    """Verdict, checks, figures, what changed."""
    colour = "green" if report.passed else "red"
    return Group(
        Text(report.verdict, style=f"bold {colour}"),
        Text(f"新模型 {report.candidate}，现用 {report.active or '没有'}", style="dim"),
        _findings(report.findings),
        *_compared(report.figures, report.intents, report.worse, report.better),
        *_dangers(report),
    )


def comparison_lines(old: str, new: str, found: Comparison) -> RenderableType:
    """Two models side by side, without a verdict."""
    head = Text(f"{old} → {new}", style="bold")
    return Group(head, *_compared(found.figures, found.intents, found.worse, found.better))


def _compared(
    figures: Sequence[Figure],
    intents: Sequence[IntentChange],
    worse: Sequence[Sample],
    better: Sequence[Sample],
) -> Iterable[RenderableType]:
    table = Table("", "原来", "现在", "", title="数字", title_justify="left", box=None)
    for figure in figures:
        style = "red" if figure.better is False else None
        row = (figure.title, figure.old, figure.new, _TENDENCY[figure.better])
        table.add_row(*map(Text, row), style=style)
    yield table
    if intents:
        yield _intents(intents)
    for title, samples in (("变错的例子", worse), ("变对的例子", better)):
        if samples:
            yield _samples(title, samples)


def _findings(findings: Sequence[Finding]) -> Table:
    table = Table("", "检查", "结果", title="一项一项看", title_justify="left", box=None)
    for finding in sorted(findings, key=lambda f: (f.passed, not f.binding)):
        mark = "✓" if finding.passed else ("✗" if finding.binding else "!")
        style = None if finding.passed or not finding.binding else "red"
        table.add_row(Text(mark), Text(finding.title), Text(finding.said), style=style)
    return table


def _intents(rows: Sequence[IntentChange]) -> Table:
    head = ("意图", "考题", "原来对", "现在对", "变对", "变错")
    table = Table(*head, title="变了的意图", title_justify="left", box=None)
    for row in rows[:_MOST_INTENTS]:
        numbers = (row.count, row.old_right, row.new_right, row.won, row.lost)
        table.add_row(Text(row.name), *map(str, numbers))
    if len(rows) > _MOST_INTENTS:
        table.add_row(f"……另有 {len(rows) - _MOST_INTENTS} 个")
    return table


def _samples(title: str, samples: Sequence[Sample]) -> Table:
    head = ("考题里的话", "应该是", "原来说", "现在说")
    table = Table(*head, title=title, title_justify="left", box=None)
    for sample in samples:
        table.add_row(*map(Text, (sample.text, sample.wanted, sample.old, sample.new)))
    return table


def _dangers(report: GateReport) -> Iterable[RenderableType]:
    for title, samples in (
        ("丢了的险情", report.lost_dangers),
        ("新听出的险情", report.found_dangers),
    ):
        if samples:
            yield Text(title, style="bold")
            for sample in samples:
                yield Text(f"  {sample.text}")
