"""Precedents (先例): what the county centre ruled when a ticket was given back twice.

A ruling is final for its ticket (domain.md §5, rule 4) and holds for the next ones: a matter of
that township, or of the whole county, goes straight to the unit that the ruling names.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from routing.problems import Problem
from routing.table_row import TableRow, table_rows

SHEET = "precedents"


@dataclass(frozen=True, slots=True)
class Precedent:
    """One ruling."""

    matter: str
    township_code: str
    """Empty: for the whole county."""
    owner: str
    """Code of the unit that it goes to."""
    ticket: str = ""
    ruled_on: date | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Precedents:
    """All rulings of a county."""

    by_place: Mapping[tuple[str, str], Precedent]

    @classmethod
    def of(cls, rulings: Iterable[Precedent]) -> Precedents:
        """The last of several for one matter and township holds."""
        return cls({(each.matter, each.township_code): each for each in rulings})

    def find(self, matter: str, township_code: str | None) -> Precedent | None:
        """What was ruled for a matter: in this township, else for the whole county."""
        here = self.by_place.get((matter, township_code)) if township_code else None
        return here or self.by_place.get((matter, ""))


NONE = Precedents({})


def read_precedents(
    records: Iterable[Mapping[str, str]], problems: list[Problem]
) -> tuple[Precedent, ...]:
    """The rulings; every mistake is noted with its row and column."""
    return tuple(_ruling(row) for row in table_rows(SHEET, records, problems))


def _ruling(row: TableRow) -> Precedent:
    return Precedent(
        matter=row.required("matter"),
        township_code=row.text("township_code"),
        owner=row.required("owner"),
        ticket=row.text("ticket"),
        ruled_on=row.day("ruled_on"),
        reason=row.text("reason"),
    )


def check_precedents(
    rows: Sequence[Mapping[str, str]],
    units: Iterable[str],
    matters: Iterable[str],
    townships: Iterable[str],
) -> Iterator[Problem]:
    """What must hold between rulings and the rest: they name nothing that is not there."""
    known = {
        "owner": (set(units), "组织表里单位的编码"),
        "matter": (set(matters), "派单目录里的事项代码"),
        "township_code": (set(townships), "区划表里乡镇的编码"),
    }
    for number, row in enumerate(rows, 2):
        for column, (codes, what) in known.items():
            if (value := row.get(column, "")) and value not in codes:
                yield Problem(SHEET, number, column, f"“{value}”不是{what}")
