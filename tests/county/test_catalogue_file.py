"""A catalogue to try is read as an import reads it, with the same sentences for mistakes."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from liandong.catalogue_file import COLUMNS, BadCatalogue, read_proposal
from liandong.workbook.file_kind import BadWorkbook
from routing.county import County
from routing.county_tables import load_county
from tests.county.books import SAMPLE, cell, mistakes, row_of, saved, small, small_book, spoilt
from tests.county.catalogues import csv_file, edited, without


@pytest.fixture(scope="module")
def county() -> County:
    return load_county(SAMPLE)


@pytest.fixture(scope="module")
def small_county() -> County:
    return load_county(small())


def said(path: Path, county: County) -> list[tuple[int, str, str]]:
    """Row, column and sentence of every mistake that refuses a file."""
    with pytest.raises(BadCatalogue) as caught:
        read_proposal(path, county)
    return [(each.row, each.header, each.mend) for each in caught.value.mistakes]


def test_csv__of_the_present_catalogue_is_the_present_catalogue(
    county: County, tmp_path: Path
) -> None:
    proposal, missing = read_proposal(csv_file(tmp_path / "a.csv", SAMPLE["catalogue"]), county)
    assert proposal.county.catalogue == county.catalogue and missing == []


def test_csv__columns_may_stand_in_any_order_beside_others(county: County, tmp_path: Path) -> None:
    rows = [row | {"备注": "改"} for row in SAMPLE["catalogue"]]
    path = csv_file(tmp_path / "a.csv", rows, ("备注", *reversed(COLUMNS)))
    assert read_proposal(path, county)[0].county.catalogue == county.catalogue


def test_csv__every_mistake_has_its_row_and_column(county: County, tmp_path: Path) -> None:
    rows = edited("crop_pest", min_level="grid", limits="help:0")
    assert said(csv_file(tmp_path / "a.csv", rows), county) == [
        (2, "min_level", "“grid”不在可选值内，请改为：county、township、village"),
        (2, "limits", "“help:0”应写成 help:5 这样:诉求类型、冒号、1 到 90 个工作日"),
    ]


def test_csv__rows_are_counted_as_a_spreadsheet_counts(county: County, tmp_path: Path) -> None:
    path = csv_file(tmp_path / "a.csv", edited("livestock", urgency="soon"))
    header, first, *rest = path.read_text(encoding="utf-8-sig").splitlines(keepends=True)
    path.write_text("".join([header, "\r\n", first, ",,,\r\n", *rest]), encoding="utf-8")
    assert [row for row, _, _ in said(path, county)] == [5]


@pytest.mark.parametrize("column", COLUMNS)
def test_csv__a_missing_column_is_named(county: County, tmp_path: Path, column: str) -> None:
    columns = [each for each in COLUMNS if each != column]
    path = csv_file(tmp_path / "a.csv", SAMPLE["catalogue"], columns)
    assert said(path, county) == [(1, column, "缺少这一列，请补上")]


def test_csv__a_column_twice_and_a_line_too_long(county: County, tmp_path: Path) -> None:
    path = csv_file(tmp_path / "a.csv", without("road"), (*COLUMNS, "limits"))
    header, first, *rest = path.read_text(encoding="utf-8").splitlines(keepends=True)
    longer = first.rstrip("\r\n") + ",多\r\n"
    path.write_text("".join([header, longer, *rest]), encoding="utf-8")
    every = said(path, county)
    assert [(row, column) for row, column, _ in every] == [(1, "limits"), (2, "")]
    assert "比表头多" in every[1][2]


@pytest.mark.parametrize(
    "content", ["事项,名称\r\n路灯,路灯".encode("gbk"), b"\xff\xfe\x00", b'a,b\n"unclosed']
)
def test_csv__what_cannot_be_read_is_one_sentence(
    county: County, tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    with pytest.raises(BadCatalogue, match="CSV UTF-8") as caught:
        read_proposal(path, county)
    assert caught.value.mistakes == ()


def test_csv__an_empty_file_lacks_every_column(county: County, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"")
    assert [column for _, column, _ in said(path, county)] == list(COLUMNS)


def test_csv__a_header_alone_is_no_catalogue(county: County, tmp_path: Path) -> None:
    [(row, _, mend)] = said(csv_file(tmp_path / "a.csv", []), county)
    assert row == 0 and "派单目录是空的" in mend


def test_csv__units_that_are_not_there_are_said_and_refuse_nothing(
    county: County, tmp_path: Path
) -> None:
    path = csv_file(tmp_path / "a.csv", edited("street_lamp", lead_unit="数据局"))
    proposal, missing = read_proposal(path, county)
    assert len(proposal.planned) == 1
    at = [row["matter"] for row in SAMPLE["catalogue"]].index("street_lamp") + 2
    assert [(each.row, each.header, each.mend) for each in missing] == [
        (at, "lead_unit", "组织表里没有县直单位“数据局”")
    ]


def test_workbook__its_sheet_is_the_catalogue(small_county: County, tmp_path: Path) -> None:
    at = row_of("派单目录", "street_lamp")
    path = spoilt(tmp_path / "县.xlsx", cell("派单目录", at, "服务组", "民生保障服务组"))
    proposal, missing = read_proposal(path, small_county)
    row = proposal.county.catalogue.get("street_lamp")
    assert row is not None and row.group == "livelihood" and missing == []
    others = dict(proposal.county.catalogue.by_matter) | {"street_lamp": None}
    assert others == dict(small_county.catalogue.by_matter) | {"street_lamp": None}


@pytest.mark.parametrize(
    ("header", "value"),
    [("最低层级", "网格"), ("办结时限", "help:0"), ("诉求类型", "闲聊"), ("事项名称", "")],
)
def test_workbook__mistakes_are_those_of_an_import(
    small_county: County, tmp_path: Path, header: str, value: str
) -> None:
    at = row_of("派单目录", "street_lamp")
    path = spoilt(tmp_path / "县.xlsx", cell("派单目录", at, header, value))
    imported = [(each.row, each.header, each.mend) for each in mistakes(path)]
    assert said(path, small_county) == imported != []


def test_workbook__other_sheets_may_be_wrong_or_missing(
    small_county: County, tmp_path: Path
) -> None:
    workbook = load_workbook(BytesIO(small_book()))
    del workbook["值班"]
    workbook["组织"].cell(2, 1).value = "镇长"
    proposal, _ = read_proposal(saved(workbook, tmp_path / "县.xlsx"), small_county)
    assert proposal.county.catalogue == small_county.catalogue


def test_workbook__without_the_sheet(small_county: County, tmp_path: Path) -> None:
    workbook = load_workbook(BytesIO(small_book()))
    del workbook["派单目录"]
    path = saved(workbook, tmp_path / "县.xlsx")
    assert said(path, small_county) == [(0, "", "缺少这张工作表，请补上")]


def test_workbook__that_is_none(small_county: County, tmp_path: Path) -> None:
    path = tmp_path / "县.xlsx"
    path.write_bytes(b"matter,name\n")
    with pytest.raises(BadWorkbook, match="CSV"):
        read_proposal(path, small_county)
