"""A plan as a spreadsheet saves it: CSV in UTF-8, with or without a byte order mark."""

from __future__ import annotations

import csv
from pathlib import Path

from routing.errors import LiandongError


class PlanUnreadable(LiandongError):
    """方案读不出来：请在表格软件里另存为“CSV UTF-8（逗号分隔）”再试。"""


def read_plan_file(path: Path) -> list[dict[str, str]]:
    """The rows of a plan; their meaning is checked by `routing.migration`."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = [dict(row) for row in csv.DictReader(file, strict=True)]
    except (OSError, UnicodeDecodeError, csv.Error) as exc:
        raise PlanUnreadable(f"{path.name}：{PlanUnreadable.__doc__}") from exc
    # Spreadsheets leave lines of nothing but commas at the end.
    return [row for row in rows if any(cell for cell in row.values() if isinstance(cell, str))]
