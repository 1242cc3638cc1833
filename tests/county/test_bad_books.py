"""What clerks hand in: each mistake is one sentence with its sheet, row and column."""

from __future__ import annotations

import re
import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from openpyxl import Workbook

from liandong.workbook.changes import changes_between
from liandong.workbook.checking import mistakes_of
from liandong.workbook.file_kind import BadWorkbook
from liandong.workbook.mistakes import Mistake
from liandong.workbook.opening import OpenedFile
from tests.county.books import (
    GAOBI,
    GRID,
    Spoil,
    cell,
    column,
    mistakes,
    read,
    row_of,
    small,
    small_book,
    spoilt,
)


def _only(path: Path) -> Mistake:
    (mistake,) = mistakes(path)
    return mistake


def _place(mistake: Mistake) -> tuple[str, int, str]:
    return mistake.sheet, mistake.row, f"{mistake.letter} {mistake.header}".strip()


def _renamed(title: str, header: str, new: str | None) -> Spoil:
    return lambda workbook: cell(title, 1, header, new)(workbook)


def _emptied(title: str) -> Spoil:
    return lambda workbook: workbook[title].delete_rows(2, workbook[title].max_row)


def _merged(title: str, where: str) -> Spoil:
    return lambda workbook: workbook[title].merge_cells(where)


@pytest.mark.parametrize(
    ("title", "header", "value", "letter", "words"),
    [
        ("网格", "村(社区)编码", None, "B", "不能为空"),
        ("网格", "村(社区)编码", "141026100999", "B", "141026100999"),
        ("网格", "类型", "山区网格", "F", "请改为：社区网格、农村网格"),
        ("网格", "网格长编号", "c999", "H", "c999"),
        ("网格", "村民小组", "三组", "G", "应为数字"),
        ("网格", "启用日期", "2026年13月1日", "J", "2026"),
        ("值班", "人员编号", "c999", "G", "c999"),
        ("值班", "单位编码", "unit:nothing", "A", "unit:nothing"),
        ("值班", "开始", "八点", "E", "八点"),
        ("值班", "星期", "每周", "C", "请改为：每天、周一"),
        ("值班", "星期", None, "C", "星期和日期至少填一个"),
        ("值班", "日期", "2026年2月30日", "D", "不是日期"),
        ("值班", "替班人编号", "c999", "J", "c999"),
        ("值班", "替班人编号", "c002", "J", "不能是本人"),
        ("值班", "结束", "25:00", "F", "25:00"),
        ("人员", "单位编码", "unit:nothing", "D", "unit:nothing"),
        ("派单目录", "主办单位", "不存在局", "D", "不存在局"),
        ("组织", "类别", "小区", "A", "请改为：县、乡镇"),
        ("组织", "类别", None, "A", "不能为空"),
        ("别名", "可信度", "很高", "E", "0 到 1"),
        ("两新组织", "联系人编号", "c999", "F", "c999"),
        ("节假日", "日期", "国庆", "A", "国庆"),
        ("节假日", "类型", True, "B", "TRUE"),
        ("人员", "职责", "#N/A", "F", "公式出错"),
        ("人员", "姓名", datetime(2026, 5, 1), "B", "文本"),
    ],
)
def test_cell__says_where_it_is_and_what_to_do(
    tmp_path: Path, title: str, header: str, value: object, letter: str, words: str
) -> None:
    found = mistakes(spoilt(tmp_path / "b.xlsx", cell(title, 2, header, value)))
    first = [each for each in found if words in each.mend]
    assert first, found
    assert _place(first[0]) == (title, 2, f"{letter} {header}")
    assert not any("a" <= each <= "z" for each in first[0].mend.replace("Excel", "").split("“")[0])


@pytest.mark.parametrize("row", [3, 4])
def test_code__that_cannot_be_read_is_one_mistake_whatever_hangs_on_it(
    tmp_path: Path, row: int
) -> None:
    mistake = _only(spoilt(tmp_path / "b.xlsx", cell("组织", row, "编码", 141026100206000000)))
    assert _place(mistake) == ("组织", row, "B 编码") and "数字太长" in mistake.mend


def test_code__that_is_wrong_comes_before_what_follows_from_it(tmp_path: Path) -> None:
    first = mistakes(spoilt(tmp_path / "b.xlsx", cell("组织", 3, "编码", "14102610")))[0]
    assert _place(first) == ("组织", 3, "B 编码") and "应为9位数字" in first.mend


def test_two_grids_with_one_code__name_each_other(tmp_path: Path) -> None:
    mistake = _only(spoilt(tmp_path / "b.xlsx", cell("网格", 3, "网格编码", GRID)))
    assert (mistake.sheet, mistake.header) == ("网格", "网格编码")
    assert mistake.row == 3 and "第2行" in mistake.mend


def test_rows_after_empty_ones__are_counted_as_excel_counts(tmp_path: Path) -> None:
    def spoil(workbook: Workbook) -> None:
        workbook["网格"].insert_rows(2, 5)
        cell("网格", 8, "网格编码", GRID)(workbook)

    mistake = _only(spoilt(tmp_path / "b.xlsx", spoil))
    assert mistake.row == 8 and "第7行" in mistake.mend


@pytest.mark.parametrize("text", [" ", "\u200b", "\ufeff \n"])
def test_row__in_which_nothing_is_seen_is_none(tmp_path: Path, text: str) -> None:
    book = read(spoilt(tmp_path / "b.xlsx", cell("别名", 9, "别名", text)))
    assert mistakes_of(book) == [] and len(book.tables["aliases"]) == 1


@pytest.mark.parametrize("title", ["组织", "网格", "人员", "值班", "派单目录"])
def test_empty_sheet__is_said_once(tmp_path: Path, title: str) -> None:
    mistake = _only(spoilt(tmp_path / "b.xlsx", _emptied(title)))
    assert _place(mistake) == (title, 0, "") and "一行数据也没有" in mistake.mend


@pytest.mark.parametrize("title", ["别名", "两新组织", "节假日"])
def test_empty_sheet__of_what_a_county_may_lack_is_none(tmp_path: Path, title: str) -> None:
    assert mistakes(spoilt(tmp_path / "b.xlsx", _emptied(title))) == []


def test_missing_sheet(tmp_path: Path) -> None:
    mistake = _only(spoilt(tmp_path / "b.xlsx", lambda workbook: workbook.remove(workbook["网格"])))
    assert _place(mistake) == ("网格", 0, "") and "缺少这张工作表" in mistake.mend


def test_renamed_header__says_what_it_should_be(tmp_path: Path) -> None:
    mistake = _only(spoilt(tmp_path / "b.xlsx", _renamed("人员", "单位编码", "所在单位编码")))
    assert _place(mistake) == ("人员", 1, "D 单位编码")
    assert "“所在单位编码”应为“单位编码”" in mistake.mend


def test_missing_and_doubled_header(tmp_path: Path) -> None:
    missing = _only(spoilt(tmp_path / "b.xlsx", _renamed("人员", "电话", None)))
    assert _place(missing) == ("人员", 1, "电话") and "缺少“电话”" in missing.mend
    doubled = spoilt(
        tmp_path / "b.xlsx",
        lambda workbook: workbook["人员"].cell(1, workbook["人员"].max_column + 1, "姓名"),
    )
    mistake = _only(doubled)
    assert _place(mistake) == ("人员", 1, "G 姓名") and "有 2 列" in mistake.mend


def test_header__below_a_title_is_found(tmp_path: Path) -> None:
    mistake = _only(
        spoilt(tmp_path / "b.xlsx", lambda workbook: workbook["网格"].insert_rows(1, 2))
    )
    assert mistake.sheet == "网格" and "现在在第3行" in mistake.mend


def test_merged_cells__are_named_once(tmp_path: Path) -> None:
    mistake = _only(spoilt(tmp_path / "b.xlsx", _merged("网格", "B2:B4")))
    assert _place(mistake) == ("网格", 2, "B 村(社区)编码") and "B2:B4" in mistake.mend


@pytest.mark.parametrize("where", ["A2:A3", "A2:B2", "A5:A8"])
def test_merged_cells__that_hold_codes_or_kinds_are_one_mistake(tmp_path: Path, where: str) -> None:
    assert where in _only(spoilt(tmp_path / "b.xlsx", _merged("组织", where))).mend


def test_merged_cells__below_the_rows_are_no_rows(tmp_path: Path) -> None:
    mistake = _only(spoilt(tmp_path / "b.xlsx", _merged("网格", "B20:B24")))
    assert "B20:B24" in mistake.mend


def test_hidden_rows__could_be_forgotten_by_a_filter(tmp_path: Path) -> None:
    def hide(workbook: Workbook) -> None:
        for row in (3, 4):
            workbook["人员"].row_dimensions[row].hidden = True

    mistake = _only(spoilt(tmp_path / "b.xlsx", hide))
    assert (mistake.sheet, mistake.row) == ("人员", 3) and "第3到4行是隐藏的" in mistake.mend


def test_formula__without_a_result(tmp_path: Path) -> None:
    mistake = _only(spoilt(tmp_path / "b.xlsx", cell("人员", 2, "姓名", '="王"&"示例"')))
    assert _place(mistake) == ("人员", 2, "B 姓名") and "公式没有计算结果" in mistake.mend


def test_formula__counts_with_its_result(tmp_path: Path) -> None:
    path = spoilt(tmp_path / "b.xlsx", cell("人员", 2, "姓名", '="王"&"示例"'))
    name = "王示例".encode()
    _calculate(path, name)
    assert read(path).tables["cadres"][0]["name"] == name.decode()


def _calculate(path: Path, result: bytes) -> None:
    """Put the result that Excel would have calculated into the formula."""
    parts = _parts(path)
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            done = re.sub(
                rb'(<c r="B2"[^>]*?)(?: t="\w+")?(><f>[^<]*</f>)<v ?/>(?:</v>)?',
                lambda found: found[1] + b' t="str"' + found[2] + b"<v>" + result + b"</v>",
                content,
            )
            archive.writestr(name, done)


def _parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize(
    ("title", "header", "value"),
    [
        ("网格", "网格编码", int(GRID)),
        ("网格", "村(社区)编码", float(GAOBI)),
        ("网格", "村(社区)编码", f" {GAOBI}\u200b"),
        ("网格", "序号", "１"),
        ("网格", "类型", "农村"),
        ("网格", "类型", "农 村 网格"),
    ],
)
def test_same_thing_written_otherwise__is_no_change(
    tmp_path: Path, title: str, header: str, value: object
) -> None:
    book = read(spoilt(tmp_path / "b.xlsx", cell(title, 2, header, value)))
    assert mistakes_of(book) == [] and changes_between(small(), book.tables) == ()


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (time(8, 0), "08:00"),
        (timedelta(hours=8), "08:00"),
        (8 / 24, "08:00"),
        (datetime(1899, 12, 30, 8, 0), "08:00"),
        ("８：00", "08:00"),
        ("8点", "08:00"),
        ("8:00:00", "08:00"),
        ("24:00", "00:00"),
        (timedelta(days=1), "24:00"),
    ],
)
def test_clock__as_excel_makes_it(tmp_path: Path, value: object, text: str) -> None:
    book = read(spoilt(tmp_path / "b.xlsx", cell("值班", 2, "开始", value)))
    assert book.tables["duty"][0]["start"] == text.replace("24:00", "00:00")


@pytest.mark.parametrize(
    "value",
    [date(2026, 10, 1), datetime(2026, 10, 1), 46296, "2026/10/1", "2026年10月1日", "20261001"],
)
def test_day__as_excel_makes_it(tmp_path: Path, value: object) -> None:
    book = read(spoilt(tmp_path / "b.xlsx", cell("节假日", 2, "日期", value)))
    assert book.mistakes == [] and book.tables["holidays"][0]["day"] == "2026-10-01"


def test_mistakes__are_all_said_at_once_from_the_first_sheet_to_the_last(tmp_path: Path) -> None:
    path = spoilt(
        tmp_path / "b.xlsx",
        cell("节假日", 5, "日期", "某天"),
        cell("值班", 4, "人员编号", "c999"),
        cell("人员", row_of("人员", "c188"), "姓名", None),
        cell("网格", 2, "类型", "山区"),
        cell("组织", 2, "名称", None),
    )
    found = mistakes(path)
    assert [each.sheet for each in found] == ["组织", "网格", "人员", "值班", "节假日"]


def test_columns__are_those_of_the_export() -> None:
    # The letters in these tests are what the clerk sees.
    from io import BytesIO

    from openpyxl import load_workbook

    assert column(load_workbook(BytesIO(small_book())), "网格", "类型") == 6


_OLD = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "空文件"),
        ("编码,名称\n1,a\n".encode("gb18030"), "文本"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "不是 Excel 工作簿"),
        (_OLD, "旧版 Excel"),
        (_OLD + "EncryptedPackage".encode("utf-16-le"), "有密码"),
        (b"PK\x05\x06" + bytes(18), "不是 Excel 工作簿"),
    ],
)
def test_file__that_is_no_workbook(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "县.xlsx"
    path.write_bytes(content)
    with pytest.raises(BadWorkbook, match=words) as caught:
        OpenedFile(path)
    assert "县.xlsx" in str(caught.value) and "\n" not in str(caught.value)


def test_file__that_is_not_there_or_is_a_folder(tmp_path: Path) -> None:
    with pytest.raises(BadWorkbook, match="没有"):
        OpenedFile(tmp_path / "no.xlsx")
    with pytest.raises(BadWorkbook, match="不是文件"):
        OpenedFile(tmp_path)


@pytest.mark.parametrize("length", [0.1, 0.5, 0.9, 0.999])
def test_file__cut_off_on_the_way(tmp_path: Path, length: float) -> None:
    path = tmp_path / "b.xlsx"
    path.write_bytes(small_book()[: int(len(small_book()) * length)])
    with pytest.raises(BadWorkbook):
        read(path)


def test_file__with_damaged_content(tmp_path: Path) -> None:
    path = tmp_path / "b.xlsx"
    path.write_bytes(small_book())
    parts = _parts(path)
    for name in ("xl/worksheets/sheet3.xml", "xl/workbook.xml", "xl/styles.xml"):
        with zipfile.ZipFile(path, "w") as archive:
            for part, content in parts.items():
                archive.writestr(part, content[:300] if part == name else content)
        with pytest.raises(BadWorkbook, match="损坏"):
            read(path)


def test_file__with_entities_or_a_bomb(tmp_path: Path) -> None:
    path = tmp_path / "b.xlsx"
    path.write_bytes(small_book())
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/more.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a/>')
    with pytest.raises(BadWorkbook, match="XML"):
        read(path)
    path.write_bytes(small_book())
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/more.xml", bytes(50 << 20))
    with pytest.raises(BadWorkbook, match="太大"):
        read(path)


def test_file__with_a_cell_in_the_last_row_or_a_huge_merged_range(tmp_path: Path) -> None:
    far = spoilt(tmp_path / "b.xlsx", lambda workbook: workbook["人员"].cell(1_048_576, 1, "x"))
    with pytest.raises(BadWorkbook, match="1048576"):
        read(far)
    path = tmp_path / "c.xlsx"
    path.write_bytes(spoilt(path, _merged("人员", "J2:J9")).read_bytes())
    parts = _parts(path)
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content.replace(b"J2:J9", b"A2:XFD19999"))
    with pytest.raises(BadWorkbook, match="整片合并"):
        read(path)
