"""Plans of invented changes of the sample county."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

from routing.migration import Migration, migrate
from routing.migration.plan import COLUMNS
from tests.routing.speech import Tables

Record = dict[str, str]

DAY = date(2026, 7, 1)
ANZE_2021 = Path(__file__).parents[2] / "data" / "changes" / "anze_2021.csv"

FUCHENG, TANGCHENG, MABI = "141026100", "141026102", "141026200"
GAOBI, SIMIAO, FOZHAI = "141026100206", "141026100214", "141026100215"
"""高壁, 寺村 and 佛寨, all of 府城镇."""


def records(path: Path = ANZE_2021) -> list[Record]:
    """The rows of a plan file."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def division(tables: Tables, code: str) -> Record:
    return next(row for row in tables["divisions"] if row["code"] == code)


def row(tables: Tables, old: str, new: str, short_name: str = "", **cells: str) -> Record:
    """One row of a plan; without a short name the old one is kept."""
    before = division(tables, old)
    township = before["level"] == "township"
    short_name = short_name or before["short_name"]
    record = {
        "old_code": old,
        "old_name": before["short_name"],
        "new_code": new,
        "new_level": before["level"],
        "new_name": short_name if township else f"{short_name}村民委员会",
        "new_short_name": short_name,
        "new_parent_code": before["parent_code"] if township else new[:9],
        "new_urban_rural": "",
        "basis": "merged",
    }
    return record | cells


def township(tables: Tables, old: str, new: str, short_name: str) -> list[Record]:
    """A township goes to a new code, and each of its villages with it."""
    villages = [
        row(tables, each["code"], new + each["code"][9:])
        for each in tables["divisions"]
        if each["parent_code"] == old and not each["valid_to"]
    ]
    return [row(tables, old, new, short_name), *villages]


def migrated(tables: Tables, *plan: Record) -> Migration:
    return migrate(tables, plan, DAY)


def empty_plan() -> Record:
    return dict.fromkeys(COLUMNS, "")
