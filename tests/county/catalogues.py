"""Catalogues to try, as the files that an admin hands in."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

from liandong.catalogue_file import COLUMNS
from tests.county.books import SAMPLE

Rows = list[dict[str, str]]


def edited(matter: str, **cells: str) -> Rows:
    """The sample catalogue with other cells in one row."""
    rows = [row | cells if row["matter"] == matter else row for row in SAMPLE["catalogue"]]
    assert rows != SAMPLE["catalogue"]
    return rows


def without(matter: str) -> Rows:
    """The sample catalogue without one row."""
    rows = [row for row in SAMPLE["catalogue"] if row["matter"] != matter]
    assert len(rows) == len(SAMPLE["catalogue"]) - 1
    return rows


def csv_file(path: Path, rows: Rows, columns: Sequence[str] = COLUMNS) -> Path:
    """A CSV file as a spreadsheet saves it."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, columns, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    return path
