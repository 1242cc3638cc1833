"""Renames labels in the CSV tables of the exam (must_pass.csv, several.csv), cell by cell."""

from __future__ import annotations

import re
from collections.abc import Iterator

_CELL = re.compile(r'"(?:[^"]|"")*"|[^,\r\n]*')
_END = re.compile(r"\r\n|[\r\n]")
LABEL_COLUMNS = ("value", "matters")
"""Columns that name labels; several in a cell are joined with `|`."""


def with_label_renamed(text: str, _name: str, old: str, new: str) -> str:
    """The table with `new` where a cell of a label column says `old`."""
    rows = list(_rows(text))
    if not rows:
        return text
    columns = [
        at for at, (start, end) in enumerate(rows[0]) if text[start:end].strip('"') in LABEL_COLUMNS
    ]
    for row in reversed(rows[1:]):
        for at in reversed(columns):
            if at < len(row):
                start, end = row[at]
                text = text[:start] + _renamed(text[start:end], old, new) + text[end:]
    return text


def _renamed(cell: str, old: str, new: str) -> str:
    quote = '"' if cell.startswith('"') else ""
    parts = cell.strip('"').split("|")
    renamed = [new if part.strip() == old else part for part in parts]
    return quote + "|".join(renamed) + quote if old in map(str.strip, parts) else cell


def _rows(text: str) -> Iterator[list[tuple[int, int]]]:
    """Where each cell of each row begins and ends."""
    at, row = len(text) - len(text.removeprefix("\ufeff")), list[tuple[int, int]]()
    while at < len(text):
        cell = _CELL.match(text, at)
        end = cell.end() if cell else at
        row.append((at, end))
        if text[end : end + 1] == ",":
            at = end + 1
            continue
        yield row
        row = []
        after = _END.match(text, end)
        at = after.end() if after else end + 1
    if row:
        yield row
