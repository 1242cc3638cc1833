"""A county that is small enough to write and read in a moment, and workbooks of it to spoil."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook, load_workbook

from liandong.county_files import Sheets, read_sheets
from liandong.workbook.checking import mistakes_of
from liandong.workbook.mistakes import Mistake
from liandong.workbook.opening import OpenedFile
from liandong.workbook.reading import Book, read_book
from liandong.workbook.writing import write_book

SAMPLE = read_sheets(Path(__file__).parents[2] / "data" / "sample_county")
COUNTY, TOWNSHIP = "141026", "141026100"
GAOBI, OTHER = "141026100206", "141026100207"
GRID = f"{GAOBI}01"
_VILLAGES = (GAOBI, OTHER)
_ORGANISATION = {
    "code": "near01",
    "name": "高壁示例个体工商户联合党支部",
    "kind": "by_nearness",
    "village_code": GAOBI,
    "contact": "c188",
    "villages": f"{GAOBI}|{OTHER}",
}

Spoil = Callable[[Workbook], object]


def small() -> Sheets:
    """One township with two villages of the sample county, its units, people and shifts."""
    places = {COUNTY, TOWNSHIP, *_VILLAGES}
    units = [row for row in SAMPLE["units"] if _is_near(row)]
    codes = {row["code"] for row in units}
    cadres = [row for row in SAMPLE["cadres"] if row["unit"] in codes]
    grids = [row for row in SAMPLE["grids"] if row["village_code"] in places]
    known = places | {row["code"] for row in grids}
    kept: Sheets = {
        "divisions": [row for row in SAMPLE["divisions"] if row["code"] in places],
        "aliases": [row for row in SAMPLE["aliases"] if row["code"] in known],
        "grids": grids,
        "units": units,
        "cadres": cadres,
        "duty": [row for row in SAMPLE["duty"] if row["unit"] in codes],
        "catalogue": SAMPLE["catalogue"],
        "organisations": [_ORGANISATION],
        "holidays": SAMPLE["holidays"],
        "hours": SAMPLE["hours"],
        "knowledge": SAMPLE["knowledge"],
        "precedents": SAMPLE["precedents"],
    }
    return {name: [dict(row) for row in rows] for name, rows in kept.items()}


def _is_near(row: dict[str, str]) -> bool:
    if row["level"] == "village_center":
        return row["code"].removeprefix("village:") in _VILLAGES
    return row["township_code"] in {"", TOWNSHIP}


def written(tables: Sheets) -> bytes:
    """The workbook of some tables."""
    file = BytesIO()
    write_book(tables, file)
    return file.getvalue()


@cache
def small_book() -> bytes:
    """The workbook of the small county."""
    return written(small())


def saved(workbook: Workbook, path: Path) -> Path:
    """A workbook as the file that a clerk hands in."""
    workbook.save(path)
    return path


def spoilt(path: Path, *spoils: Spoil) -> Path:
    """The small county's workbook after somebody worked in it."""
    workbook = load_workbook(BytesIO(small_book()))
    for spoil in spoils:
        spoil(workbook)
    return saved(workbook, path)


def cell(title: str, row: int, header: str, value: object) -> Spoil:
    """Write into a cell as Excel does, the number of the row as Excel shows it."""

    def spoil(workbook: Workbook) -> None:
        found = workbook[title].cell(row, column(workbook, title, header))
        found.value = value  # type: ignore[assignment]  # Excel writes more kinds than it may

    return spoil


def column(workbook: Workbook, title: str, header: str) -> int:
    """Where a header is, from 1."""
    headers = [each.value for each in workbook[title][1]]
    return headers.index(header) + 1


def row_of(title: str, text: str) -> int:
    """The first row of the small county's sheet that holds a text."""
    for row in load_workbook(BytesIO(small_book()), read_only=True)[title].iter_rows(min_row=2):
        if text in {each.value for each in row}:
            return int(row[0].row or 0)
    raise AssertionError(f"{title} does not hold {text}")


def read(path: Path) -> Book:
    """A file as it is read."""
    return read_book(OpenedFile(path))


def mistakes(path: Path) -> list[Mistake]:
    """Everything that is wrong with a file."""
    return mistakes_of(read(path))
