"""What the import tells in the terminal: mistakes to mend, what would change, what is lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from rich.markup import escape
from rich.table import Table

from liandong.workbook.changes import Change, ChangeKind
from liandong.workbook.columns import SHEETS
from liandong.workbook.losses import Losses
from liandong.workbook.mistakes import Mistake

FIRST = 20
_MARKS = {ChangeKind.ADDED: "+", ChangeKind.REMOVED: "−", ChangeKind.CHANGED: "~"}
_COLOURS = {ChangeKind.ADDED: "green", ChangeKind.REMOVED: "red", ChangeKind.CHANGED: "yellow"}


def mistakes_table(mistakes: Sequence[Mistake]) -> Table:
    """Every mistake where Excel shows it."""
    table = Table(show_lines=False, highlight=False)
    for header in ("工作表", "行", "列", "怎么改"):
        table.add_column(header, no_wrap=header != "怎么改", overflow="fold")
    for each in mistakes:
        row = str(each.row) if each.row else "整张表"
        column = f"{each.letter} {each.header}".strip()
        table.add_row(*map(escape, (each.sheet, row, column, each.mend)))
    return table


def counts_table(changes: Sequence[Change]) -> Table:
    """How many rows of each sheet are new, gone or different."""
    table = Table(highlight=False)
    table.add_column("工作表")
    for kind in ChangeKind:
        table.add_column(kind.value, justify="right", style=_COLOURS[kind])
    found = Counter((each.sheet, each.kind) for each in changes)
    for sheet in SHEETS:
        table.add_row(sheet.title, *(str(found[sheet.title, kind]) for kind in ChangeKind))
    return table


def change_lines(changes: Sequence[Change], *, show_all: bool) -> Iterator[str]:
    """A line of markup for each change; without `show_all` the first of each sheet and kind."""
    for sheet in SHEETS:
        for kind in ChangeKind:
            lines = [c.line for c in changes if c.sheet == sheet.title and c.kind is kind]
            for line in lines if show_all else lines[:FIRST]:
                yield f"[{_COLOURS[kind]}]{_MARKS[kind]} {escape(line)}[/]"
            if not show_all and len(lines) > FIRST:
                rest = len(lines) - FIRST
                yield f"  …… {sheet.title}还有 {rest} 处{kind.value}，加 --all 全部列出"


def summary(changes: Sequence[Change]) -> str:
    """One line for the county's history: 网格 +1 ~2；人员 ~1."""
    found = Counter((each.sheet, each.kind) for each in changes)
    parts = []
    for sheet in SHEETS:
        counts = [
            f"{_MARKS[kind]}{found[sheet.title, kind]}"
            for kind in ChangeKind
            if found[sheet.title, kind]
        ]
        if counts:
            parts.append(" ".join((sheet.title, *counts)))
    return "；".join(parts)


def loss_lines(losses: Losses, *, show_all: bool) -> Iterator[str]:
    """A line of markup for everything that must not or should not vanish."""
    for colour, lines in (("bold red", losses.refused), ("bold yellow", losses.doubtful)):
        for line in lines if show_all else lines[:FIRST]:
            yield f"[{colour}]! {escape(line)}[/]"
        if not show_all and len(lines) > FIRST:
            yield f"  …… 还有 {len(lines) - FIRST} 处，加 --all 全部列出"
