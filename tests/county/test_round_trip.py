"""What is exported comes back as it was, and as a clerk's Excel would hand it back."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from liandong.county_files import SAMPLE_COUNTY, Sheets
from liandong.workbook.changes import changes_between
from liandong.workbook.checking import mistakes_of
from liandong.workbook.columns import GUIDE, SHEETS, sheet_of
from liandong.workbook.writing import CannotExport, row_count
from routing.county_tables import TABLES
from tests.county.books import SAMPLE, mistakes, read, row_of, small, spoilt, written
from tests.county.books import cell as write

CADRES = [row["id"] for row in small()["cadres"]]


def _sorted(tables: Sheets, table: str) -> list[dict[str, str]]:
    """Rows without their order, except for shifts, whose order has a meaning."""
    rows = tables[table]
    return rows if table == "duty" else sorted(rows, key=lambda row: sorted(row.items()))


def _header(table: str) -> set[str]:
    """The columns of a table of the sample county, also of one that has no rows."""
    with (SAMPLE_COUNTY / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
        return set(next(csv.reader(file)))


def test_sheets__hold_every_field_of_every_table() -> None:
    assert {table for sheet in SHEETS for table in sheet.tables} == set(TABLES)
    for table in TABLES:
        fields = {name for name, _ in sheet_of(table).columns_of(table)}
        assert fields == _header(table), table


def test_sample_county__comes_back_exactly(tmp_path: Path) -> None:
    path = tmp_path / "县.xlsx"
    path.write_bytes(written(SAMPLE))
    book = read(path)
    assert mistakes_of(book) == [] and book.unread == []
    for table in TABLES:
        assert _sorted(book.tables, table) == _sorted(SAMPLE, table), table
    assert changes_between(SAMPLE, book.tables) == ()
    assert row_count(book.tables) == row_count(SAMPLE)


def test_workbook__says_how_to_fill_it_in_and_that_it_is_a_sample(tmp_path: Path) -> None:
    workbook = load_workbook(spoilt(tmp_path / "b.xlsx"))
    guide = "\n".join(str(cell.value) for row in workbook[GUIDE] for cell in row if cell.value)
    assert workbook.sheetnames == [GUIDE, *(sheet.title for sheet in SHEETS)]
    assert "样例" in guide and "--dry-run" in guide
    assert workbook["网格"]["A2"].number_format == "@"


@pytest.mark.parametrize("name", ["=1+1", "+86", "-", "@SUM(A1)", "'x", "_x0041_", " 3 ", "1e5"])
def test_text__that_looks_like_something_else_stays_text(tmp_path: Path, name: str) -> None:
    tables = small()
    tables["cadres"][0]["name"] = name.strip()
    path = tmp_path / "b.xlsx"
    path.write_bytes(written(tables))
    assert read(path).tables["cadres"][0]["name"] == name.strip()


@pytest.mark.parametrize("name", ["a\x07b", "a\x00"])
def test_text__that_excel_cannot_hold_is_refused_with_its_place(name: str) -> None:
    tables = small()
    tables["cadres"][0]["name"] = name
    with pytest.raises(CannotExport, match="人员第2行“姓名”"):
        written(tables)


@given(
    st.sampled_from(CADRES),
    st.text(st.characters(codec="utf-8", categories=["L", "N"]), min_size=1, max_size=8),
)
@settings(max_examples=15, deadline=None)
def test_edit__appears_by_its_name(
    tmp_path_factory: pytest.TempPathFactory, cadre: str, name: str
) -> None:
    path = tmp_path_factory.mktemp("edit") / "b.xlsx"
    book = read(spoilt(path, write("人员", row_of("人员", cadre), "姓名", name)))
    assert mistakes_of(book) == []
    lines = [change.line for change in changes_between(small(), book.tables)]
    was = small()["cadres"][CADRES.index(cadre)]["name"]
    assert lines == ([] if name == was else [f"人员 {cadre} 姓名: {was} → {name}"])


@pytest.mark.parametrize(
    ("title", "header", "value", "line"),
    [
        ("网格", "类型", "社区网格", "类型: 农村网格 → 社区网格"),
        ("派单目录", "紧急程度", "复杂", "紧急程度: 一般 → 复杂疑难"),
        ("值班", "人员编号", "c001", "姓名: 李示例一 → 王示例一"),
        ("节假日", "名称", "元旦节", "名称: 元旦 → 元旦节"),
    ],
)
def test_edit__is_told_in_the_words_of_the_sheet(
    tmp_path: Path, title: str, header: str, value: str, line: str
) -> None:
    book = read(spoilt(tmp_path / "b.xlsx", write(title, 2, header, value)))
    assert mistakes_of(book) == []
    (change,) = changes_between(small(), book.tables)
    assert change.sheet == title and change.line.startswith(f"{title} ")
    assert line in change.line


def test_leader__is_told_by_name_and_not_by_number(tmp_path: Path) -> None:
    book = read(spoilt(tmp_path / "b.xlsx", write("网格", 2, "网格长编号", "c315")))
    (change,) = changes_between(small(), book.tables)
    assert change.line == "网格 14102610020601 网格长: 朱示例十一 → 高示例十一"


def test_rows_moved_and_columns_swapped__are_no_change(tmp_path: Path) -> None:
    def turn(workbook: Workbook) -> None:
        for sheet in workbook.worksheets[1:]:
            if sheet.title == "值班":
                continue
            rows = [[cell.value for cell in row] for row in sheet]
            sheet.delete_rows(1, sheet.max_row)
            for row in [rows[0], *reversed(rows[1:])]:
                sheet.append([None, *reversed(row)])

    book = read(spoilt(tmp_path / "b.xlsx", turn))
    assert mistakes_of(book) == [] and changes_between(small(), book.tables) == ()


def test_own_sheets_columns_and_empty_rows__do_no_harm(tmp_path: Path) -> None:
    def add(workbook: Workbook) -> None:
        workbook.create_sheet("我的草稿")["A1"] = "x"
        people = workbook["人员"]
        people.insert_rows(4, 3)
        at = people.max_column + 1
        people.cell(1, at, "备注")
        people.cell(2, at, "下月退休")

    path = spoilt(tmp_path / "b.xlsx", add)
    book = read(path)
    assert book.unread == ["我的草稿"] and mistakes(path) == []
    assert changes_between(small(), book.tables) == ()


def test_knowledge__what_is_to_be_filled_in_stands_out(tmp_path: Path) -> None:
    sheet = load_workbook(spoilt(tmp_path / "b.xlsx"))["知识库"]
    statuses = [sheet.cell(row, 2) for row in range(2, sheet.max_row + 1)]
    assert [each.value for each in statuses].count("待填写") == 51
    orange = {each.value for each in statuses if each.fill.fgColor.rgb.endswith("F4B084")}
    assert orange == {"待填写"}


def test_knowledge__a_slot_is_filled_in_excel(tmp_path: Path) -> None:
    row = row_of("知识库", "full03")
    filled = {
        "标题": "免费校车",
        "答复": "有。\n每天一趟。",
        "问法": "坐校车收费、校车免费",
        "依据": "示例文件",
        "负责单位编码": "unit:education",
        "有效期至": "2027年12月31日",
        "状态": "已填写",
    }
    spoils = [write("知识库", row, header, value) for header, value in filled.items()]
    book = read(spoilt(tmp_path / "b.xlsx", *spoils))
    assert mistakes_of(book) == []
    [entry] = [each for each in book.tables["knowledge"] if each["code"] == "full03"]
    assert (entry["words"], entry["valid_to"]) == ("坐校车收费|校车免费", "2027-12-31")
    assert (entry["answer"], entry["status"]) == ("有。\n每天一趟。", "answered")
    [change] = changes_between(small(), book.tables)
    assert change.line.startswith("知识库 full03 状态: 待填写 → 已填写")


def test_knowledge__an_answer_that_stays_hidden_is_a_mistake(tmp_path: Path) -> None:
    row = row_of("知识库", "full03")
    [mistake] = mistakes(spoilt(tmp_path / "b.xlsx", write("知识库", row, "答复", "有。")))
    assert (mistake.sheet, mistake.row, mistake.header) == ("知识库", row, "状态")
