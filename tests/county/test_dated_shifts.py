"""The sheet 值班 with dates and deputies, and as it was before it had them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from openpyxl import Workbook

from liandong.workbook.changes import changes_between
from liandong.workbook.checking import mistakes_of
from routing.county_tables import load_county
from routing.duty import DutyPost
from tests.county.books import cell, column, mistakes, read, small, spoilt, written

DATED = {
    "unit": "county",
    "weekday": "",
    "start": "18:00",
    "end": "08:00",
    "cadre": "c003",
    "role": "duty_officer",
    "day": "2026-10-01",
    "deputy": "c001",
}


def _without(workbook: Workbook, *headers: str) -> None:
    sheet = workbook["值班"]
    for header in headers:
        sheet.delete_cols(column(workbook, "值班", header))


def _old(workbook: Workbook) -> None:
    """As it was exported before there were dates and deputies."""
    _without(workbook, "日期", "替班人编号", "替班人（参考）")


def test_round_trip__dated_shift_with_its_deputy(tmp_path: Path) -> None:
    tables = small()
    tables["duty"].append(DATED)
    path = tmp_path / "b.xlsx"
    path.write_bytes(written(tables))
    book = read(path)
    assert mistakes_of(book) == [] and changes_between(tables, book.tables) == ()
    assert book.tables["duty"][-1] == DATED
    last: DutyPost = load_county(book.tables).roster.of_unit("county")[-1]
    assert (last.day, last.weekday, last.deputy) == (date(2026, 10, 1), None, "c001")


def test_dated_shift__is_told_by_its_date(tmp_path: Path) -> None:
    tables = small()
    tables["duty"].append(DATED)
    path = tmp_path / "b.xlsx"
    path.write_bytes(written(tables))
    [change] = changes_between(small(), read(path).tables)
    assert "县联动服务指导中心 2026-10-01 18:00–08:00 张示例一" in change.line


def test_old_workbook__is_read_without_a_word(tmp_path: Path) -> None:
    path = spoilt(tmp_path / "b.xlsx", _old)
    assert mistakes(path) == []
    shifts = load_county(read(path).tables).roster.of_unit("county")
    assert len(shifts) == 3 and {(post.day, post.deputy) for post in shifts} == {(None, "")}


def test_old_workbook__takes_deputies_away_and_says_so(tmp_path: Path) -> None:
    found = changes_between(small(), read(spoilt(tmp_path / "b.xlsx", _old)).tables)
    assert {change.sheet for change in found} == {"值班"}
    assert any("替班人: 张示例一 → （空）" in change.line for change in found)


def test_header__that_was_renamed_is_not_taken_for_a_missing_one(tmp_path: Path) -> None:
    def rename(workbook: Workbook) -> None:
        workbook["值班"].cell(1, column(workbook, "值班", "替班人编号")).value = "替班编号"

    [mistake] = mistakes(spoilt(tmp_path / "b.xlsx", rename))
    assert (mistake.sheet, mistake.row) == ("值班", 1) and "应为“替班人编号”" in mistake.mend


def test_date_and_weekday__that_contradict_each_other(tmp_path: Path) -> None:
    spoils = (cell("值班", 2, "星期", "周一"), cell("值班", 2, "日期", "2026-10-01"))
    [mistake] = mistakes(spoilt(tmp_path / "b.xlsx", *spoils))
    assert (mistake.header, mistake.row) == ("星期", 2) and "星期四" in mistake.mend
