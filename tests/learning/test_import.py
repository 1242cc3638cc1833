"""`liandong nlu import`: past work orders become proposed labels, or nothing changes."""

from __future__ import annotations

import asyncio
import csv
import sqlite3
from pathlib import Path

import pytest
from openpyxl import Workbook
from typer.testing import CliRunner, Result

from liandong.__main__ import make_app
from liandong.bootstrap import load_sample_county
from liandong.past_orders.asking import asked_intent
from liandong.past_orders.columns import guess_columns
from liandong.past_orders.mapping import Category, categories_of
from liandong.past_orders.opening import read_orders
from liandong.settings import ROOT
from liandong.workbook.file_kind import BadWorkbook
from storage.database import Database
from storage.migrate import upgrade
from tests.services.town import sample_county

HEADERS = ("工单编号", "诉求内容", "类别", "诉求类型")
ROWS = [
    ("1", "我叫张小明，村口的路灯不亮了，电话13800000012", "路灯", "求助"),
    ("2", "自来水三天没来了，一家人没法做饭", "吃水", "投诉"),
    ("3", "自来水三天没来了，一家人没法做饭！", "吃水", "投诉"),
    ("4", "桥面上裂了一道大缝，不敢走车", "桥梁", "求助"),
    ("5", "街上的野狗咬人没人管", "其他", "求助"),
]
NLU = """version: "3.1"
nlu:
- intent: {intent}
  examples: |
    - {text}
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database with the sample county, and a project with the real word lists and two files."""
    project = tmp_path / "project"
    for part, intent, text in (
        ("data", "road", "桥面上裂了一道大缝,不敢走车"),
        ("golden", "street_lamp", "考题里的路灯坏了一句"),
    ):
        (project / "nlu" / part).mkdir(parents=True)
        file = project / "nlu" / part / f"{intent}.yml"
        file.write_text(NLU.format(intent=intent, text=text), encoding="utf-8")
    (project / "nlu" / "keywords").symlink_to(ROOT / "nlu" / "keywords")
    (project / "domain.yml").symlink_to(ROOT / "domain.yml")
    monkeypatch.setenv("LIANDONG_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("LIANDONG_PROJECT_DIR", str(project))
    monkeypatch.setenv("COLUMNS", "200")
    url = f"sqlite:///{tmp_path / 'liandong.db'}"
    upgrade(url)
    asyncio.run(_county(url))
    return tmp_path


async def _county(url: str) -> None:
    database = Database(url)
    await load_sample_county(database)
    await database.close()


def book(folder: Path, rows: list[tuple[str, ...]] = ROWS, *, title: bool = False) -> Path:
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    if title:
        sheet.append(("2025年工单台账",))
        sheet.merge_cells("A1:D1")
    for row in (HEADERS, *rows):
        sheet.append(row)
    file = folder / "orders.xlsx"
    workbook.save(file)
    return file


def mapping(folder: Path, **intents: str) -> Path:
    file = folder / "mapping.csv"
    with file.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(("类别", "事项", "事项名称", "条数"))
        writer.writerows((category, intent, "", "") for category, intent in intents.items())
    return file


MAPPED = {"路灯": "street_lamp", "吃水": "water_supply", "桥梁": "bridge", "其他": "-"}


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(make_app("nlu"), ["nlu", "import", *map(str, words)])


def labels(home: Path) -> list[tuple[str, str, str, int]]:
    with sqlite3.connect(home / "liandong.db") as connection:
        query = "SELECT text, intent, appeal_type, alike FROM labels ORDER BY id"
        return connection.execute(query).fetchall()


def test_import__masked_labels_that_wait_and_everything_else_is_told(home: Path) -> None:
    done = run(book(home), "--mapping", mapping(home, **MAPPED), "--yes")
    assert done.exit_code == 0, done.output
    assert labels(home) == [
        ("我叫〔姓名〕，村口的路灯不亮了，电话〔电话〕", "street_lamp", "help", 1),
        ("自来水三天没来了，一家人没法做饭", "water_supply", "complaint", 2),
    ]
    assert "不导入 1 条：文件里重复" in done.output
    assert "不导入 1 条：和已有的例句矛盾" in done.output
    assert "不导入 1 条：类别不导入" in done.output


def test_import__again_adds_nothing(home: Path) -> None:
    words = (book(home), "--mapping", mapping(home, **MAPPED), "--yes")
    run(*words)
    again = run(*words)
    assert len(labels(home)) == 2
    assert "另有 2 条以前导入过" in again.output


def test_import__dry_run_changes_nothing(home: Path) -> None:
    seen = run(book(home), "--mapping", mapping(home, **MAPPED), "--dry-run")
    assert seen.exit_code == 0
    assert labels(home) == []


def test_import__without_a_yes_changes_nothing(home: Path) -> None:
    assert run(book(home), "--mapping", mapping(home, **MAPPED)).exit_code == 1
    assert labels(home) == []


def test_import__open_categories_are_written_down_and_named(home: Path) -> None:
    file = home / "next.csv"
    refused = run(book(home), "--mapping", file, "--yes")
    assert refused.exit_code == 1
    rows = list(csv.reader(file.read_text(encoding="utf-8-sig").splitlines()))
    assert ["吃水", "", "", "2"] in rows
    assert labels(home) == []


def test_import__a_category_with_the_name_of_a_matter_needs_no_answer(home: Path) -> None:
    row = sample_county().catalogue.get("street_lamp")
    assert row is not None
    done = run(book(home, [("1", "村口的灯一个月不亮了", row.name, "")]), "--yes")
    assert done.exit_code == 0, done.output
    assert labels(home)[0][1] == "street_lamp"


def test_import__the_same_sentence_with_two_categories_is_left_out(home: Path) -> None:
    rows = [
        *ROWS[:1],
        ("9", "村口的桥栏杆断了", "桥梁", ""),
        ("10", "村口的桥栏杆断了", "路灯", ""),
    ]
    done = run(book(home, rows), "--mapping", mapping(home, **MAPPED), "--yes")
    assert "不导入 2 条：文件里自相矛盾" in done.output
    assert "第 3 行、第 4 行" in done.output
    assert len(labels(home)) == 1


def test_import__a_sentence_of_the_exam_is_never_learnt(home: Path) -> None:
    rows = [*ROWS[:1], ("9", "考题里的路灯坏了一句！", "路灯", "")]
    done = run(book(home, rows), "--mapping", mapping(home, **MAPPED), "--yes")
    assert "不导入 1 条：考题里已有" in done.output
    assert len(labels(home)) == 1


def test_import__a_report_against_a_cadre_is_left_out(home: Path) -> None:
    rows = [*ROWS[:1], ("9", "村支书贪污低保款，收了大家的钱", "路灯", "举报")]
    done = run(book(home, rows), "--mapping", mapping(home, **MAPPED), "--yes")
    assert "像是举报干部的" in done.output
    assert len(labels(home)) == 1


def test_import__a_mapping_to_no_matter_is_refused(home: Path) -> None:
    refused = run(book(home), "--mapping", mapping(home, 路灯="street_lamps"), "--yes")
    assert refused.exit_code == 1
    assert "street_lamps" in refused.output
    assert labels(home) == []


def test_import__a_mapping_as_excel_saves_it_in_china(home: Path) -> None:
    file = mapping(home, **MAPPED)
    file.write_bytes(file.read_text(encoding="utf-8-sig").encode("gb18030"))
    assert run(book(home), "--mapping", file, "--yes").exit_code == 0


def test_import__merged_cells_in_the_category_are_refused(home: Path) -> None:
    file = book(home)
    workbook = __import__("openpyxl").load_workbook(file)
    workbook.active.merge_cells("C3:C4")
    workbook.save(file)
    refused = run(file, "--mapping", mapping(home, **MAPPED), "--yes")
    assert refused.exit_code == 1
    assert "合并" in refused.output


def test_import__a_merged_title_above_the_headers_is_fine(home: Path) -> None:
    done = run(book(home, title=True), "--mapping", mapping(home, **MAPPED), "--yes")
    assert done.exit_code == 0, done.output


def test_import__formulas_are_read_as_they_were_calculated_and_told(home: Path) -> None:
    rows = [*ROWS, ("9", '="路灯"&"坏了"', "路灯", "")]
    done = run(book(home, rows), "--mapping", mapping(home, **MAPPED), "--yes")
    assert "公式" in done.output
    assert "不导入 1 条：没有内容" in done.output


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "空文件"),
        ("内容,类别\n路灯坏了,路灯\n".encode("gb18030"), "CSV"),
        (b"PK\x03\x04broken\0", "不是 Excel 工作簿"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600, ".xls"),
    ],
)
def test_import__what_is_no_workbook_is_refused(home: Path, content: bytes, words: str) -> None:
    file = home / "bad.xlsx"
    file.write_bytes(content)
    refused = run(file, "--yes")
    assert refused.exit_code == 1
    assert labels(home) == []
    assert words in refused.output


def test_import__a_sheet_without_rows_is_refused(home: Path) -> None:
    refused = run(book(home, []), "--yes")
    assert refused.exit_code == 1
    assert "没有数据" in refused.output


def test_columns__by_their_headers_and_by_what_they_hold(tmp_path: Path) -> None:
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.append(("甲", "乙", "丙"))
    for number in range(12):
        sheet.append(
            (number, "很长的一句话说的是第几件事" + "啊" * number, "水" if number % 2 else "电")
        )
    file = tmp_path / "plain.xlsx"
    workbook.save(file)
    found = guess_columns(read_orders(file))
    assert found is not None
    assert (found.text, found.category) == (1, 2)


def test_orders__an_unknown_sheet_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadWorkbook, match="Sheet"):
        read_orders(book(tmp_path), "台账")


def test_categories__are_guessed_by_name_and_by_their_texts() -> None:
    pairs = [("路灯坏了", "照明"), ("路灯不亮", "照明"), ("井里没水", "人畜饮水")]
    said = {"路灯坏了": "street_lamp", "路灯不亮": "street_lamp"}
    found = categories_of(pairs, sample_county().catalogue, lambda text: said.get(text, ""))
    assert (found[0].name, found[0].guesses[0]) == ("照明", "street_lamp")


def test_dialogue__a_number_a_code_or_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    catalogue = sample_county().catalogue
    category = Category("照明", 3, ("street_lamp", "road"), certain=False)
    row = catalogue.get("bridge")
    assert row is not None
    answers = iter(["2", "nonsense", row.name, "-"])
    monkeypatch.setattr("typer.prompt", lambda *_words, **_options: next(answers))
    assert [asked_intent(category, catalogue) for _ in range(3)] == ["road", "bridge", "-"]
