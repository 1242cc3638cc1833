"""The sheet 作息 in a clerk's hands."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from liandong.workbook.changes import changes_between
from liandong.workbook.checking import mistakes_of
from tests.county.books import cell, mistakes, read, row_of, small, spoilt, written

ALL_YEAR, SUMMER = 2, 3


@pytest.mark.parametrize(
    ("row", "header", "value"),
    [
        (ALL_YEAR, "上下班时间", "8:00—12:00，14:30～18:00"),
        (ALL_YEAR, "上下班时间", "８：００－１２：００、１４：３０－１８：００"),
        (ALL_YEAR, "上下班时间", "8点到12点；14点30分至18点"),
        (ALL_YEAR, "适用", "全 县"),
        (ALL_YEAR, "适用", "*"),
        (SUMMER, "起始日", "5月1日"),
        (SUMMER, "起始日", "5-1"),
        (SUMMER, "起始日", datetime(2026, 5, 1)),
        (SUMMER, "起始日", date(2026, 5, 1)),
        (SUMMER, "截止日", "９/３０"),
    ],
)
def test_same_hours_written_otherwise__are_no_change(
    tmp_path: Path, row: int, header: str, value: object
) -> None:
    book = read(spoilt(tmp_path / "b.xlsx", cell("作息", row, header, value)))
    assert mistakes_of(book) == [] and changes_between(small(), book.tables) == ()


@pytest.mark.parametrize(
    ("row", "header", "value", "letter", "words"),
    [
        (SUMMER, "适用", "水利局", "A", "“水利局”不是组织表里单位的编码"),
        (SUMMER, "上下班时间", "上午", "E", "“上午”看不懂，请写成 08:00-12:00 的形式"),
        (SUMMER, "上下班时间", "08:00-12:00、11:00-18:00", "E", "重叠"),
        (SUMMER, "截止日", None, "D", "要么都填，要么都不填"),
        (SUMMER, "起始日", "五月", "C", "“五月”不是几月几日"),
        (SUMMER, "起始日", 45, "C", "“45”不是几月几日"),
    ],
)
def test_mistake__is_shown_where_it_is(
    tmp_path: Path, row: int, header: str, value: object, letter: str, words: str
) -> None:
    (mistake,) = mistakes(spoilt(tmp_path / "b.xlsx", cell("作息", row, header, value)))
    assert (mistake.sheet, mistake.row, mistake.letter) == ("作息", row, letter)
    assert words in mistake.mend


def test_seasons_that_overlap__name_the_other_row_as_excel_counts(tmp_path: Path) -> None:
    more = {"适用": "全县", "起始日": "9月30日", "截止日": "10月15日", "上下班时间": "9:00-12:00"}
    spoils = [cell("作息", 6, header, value) for header, value in more.items()]
    (mistake,) = mistakes(spoilt(tmp_path / "b.xlsx", *spoils))
    assert mistake.row == 6 and "与第3行的日期重叠" in mistake.mend


def test_change__is_told_in_the_words_of_the_sheet(tmp_path: Path) -> None:
    tables = small()
    rest = {"season_from": "", "season_to": ""}
    tables["hours"] += [
        {"applies_to": "village_center", "slots": "09:00-12:00"} | rest,
        {"applies_to": "unit:water", "slots": "09:00-17:00"} | rest,
    ]
    tables["hours"][1]["slots"] = "08:00-12:00|15:30-19:00"
    path = tmp_path / "b.xlsx"
    path.write_bytes(written(tables))
    book = read(path)
    assert mistakes_of(book) == []
    lines = [each.line for each in changes_between(small(), book.tables)]
    assert lines == [
        "作息 全县 05-01–09-30 上下班时间: 08:00-12:00、15:00-18:30 → 08:00-12:00、15:30-19:00",
        "作息 水利局 09:00-17:00",
        "作息 村(社区)便民服务中心 09:00-12:00",
    ]
    assert row_of("作息", "全县") == ALL_YEAR
