"""What `liandong check` found, for people and for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.markup import escape
from rich.table import Table

from routing.checks import TOPICS, Finding
from routing.county import County


def tables(findings: Sequence[Finding]) -> Iterator[Table]:
    """A table for each topic that has findings: problems red, notes yellow."""
    for topic, heading in TOPICS.items():
        found = [each for each in findings if each.topic == topic]
        if not found:
            continue
        table = Table(title=heading, title_justify="left", title_style="bold", show_lines=False)
        table.add_column("", no_wrap=True)
        table.add_column("查出什么", overflow="fold", ratio=3)
        table.add_column("怎么改", overflow="fold", ratio=2)
        for each in sorted(found, key=lambda each: not each.is_problem):
            mark = "[red]✗[/red]" if each.is_problem else "[yellow]![/yellow]"
            table.add_row(mark, escape(each.what), escape(each.mend))
        yield table


def document(
    county: County, findings: Sequence[Finding], refused: Sequence[str], *, is_sample: bool
) -> dict[str, object]:
    """The JSON of `check --json`; its keys are documented and stay.

    `refused` is what an import would say against the catalogue that is looked at.
    """
    problems = [each for each in findings if each.is_problem]
    return {
        "county": county.name,
        "is_sample": is_sample,
        "ok": not problems and not refused,
        "matters": len(county.catalogue.rows),
        "townships": len(county.tree.townships),
        "units": len(county.org.units),
        "grids": len(county.grids.grids),
        "problems": [_entry(each) for each in problems],
        "notes": [_entry(each) for each in findings if not each.is_problem],
        "import_would_refuse": list(refused),
    }


def _entry(finding: Finding) -> dict[str, str]:
    return {
        "topic": finding.topic,
        "code": finding.code,
        "what": finding.what,
        "mend": finding.mend,
    }
