"""`liandong county export` and `import` from end to end, on databases of their own."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from typer.testing import Result

from liandong.commands import county_import
from liandong.settings import Settings
from liandong.workbook.losses import StillNeeded
from storage import county_store
from storage.county_store import CountyStore
from tests.acceptance.running import ROOT, environment
from tests.county.books import Spoil, cell, column, saved
from tests.county.desk import Desk, said
from tests.storage.values import ticket
from tickets.states import State

County = Callable[..., Result]
VILLAGE, GRID, UNIT = "141026200201", "14102620020101", "group:141026200:infrastructure"
AREA = {
    "code": VILLAGE,
    "kind": "centre",
    "datum": "WGS-84",
    "geometry": '{"type":"Point","coordinates":[112.2,36.2]}',
}
OPEN = ticket(
    "LD-20261123-0001-0",
    township="141026200",
    village=VILLAGE,
    grid=GRID,
    owner=UNIT,
    person="c145",
)


def edited(path: Path, *spoils: Spoil) -> Path:
    workbook = load_workbook(path)
    for spoil in spoils:
        spoil(workbook)
    return saved(workbook, path)


def without(title: str, header: str, text: str) -> Spoil:
    """Delete the rows whose cell holds a text."""

    def spoil(workbook: Workbook) -> None:
        sheet = workbook[title]
        at = column(workbook, title, header)
        for row in range(sheet.max_row, 1, -1):
            if text in str(sheet.cell(row, at).value or "").split("、"):
                sheet.delete_rows(row)

    return spoil


RENAMED = cell("人员", 2, "姓名", "王示例百")


def test_export_then_import__nothing_changes(desk: Desk, county: County, tmp_path: Path) -> None:
    path = tmp_path / "县.xlsx"
    exported = county("export", path)
    assert exported.exit_code == 0 and "样例县" in said(exported) and "2032 行" in said(exported)
    for options in (("--dry-run",), (), ("--yes",)):
        result = county("import", path, *options)
        assert result.exit_code == 0 and "没有变化" in said(result)
    assert desk.version() == 1


def test_export__keeps_a_file_that_is_there(desk: Desk, county: County, tmp_path: Path) -> None:
    path = tmp_path / "县.xlsx"
    path.write_bytes(b"mine")
    refused = county("export", path)
    assert refused.exit_code == 1 and "--force" in said(refused) and path.read_bytes() == b"mine"
    assert county("export", path, "--force").exit_code == 0
    assert path.read_bytes().startswith(b"PK")
    assert list(tmp_path.glob(".*")) == []
    wrong = county("export", tmp_path / "县.xls")
    assert wrong.exit_code == 1 and ".xlsx" in said(wrong)


def test_export__without_a_county_makes_no_database(
    settings: Path, county: County, tmp_path: Path
) -> None:
    result = county("export", tmp_path / "县.xlsx")
    assert result.exit_code == 1 and "liandong db upgrade" in said(result)
    assert list(settings.iterdir()) == [] and not (tmp_path / "县.xlsx").exists()


def test_dry_run__lists_the_changes_and_changes_nothing(
    desk: Desk, county: County, sample_book: Path
) -> None:
    before = desk.tables()
    edited(sample_book, RENAMED, cell("网格", 2, "类型", "农村网格"))
    result = county("import", sample_book, "--dry-run")
    assert result.exit_code == 0
    assert "~ 人员 c001 姓名: 王示例一 → 王示例百" in result.output
    assert "~ 网格 14102610000301 类型: 社区网格 → 农村网格" in result.output
    assert "什么都没有改" in said(result)
    assert desk.tables() == before and desk.version() == 1


def test_dry_run__without_a_database_makes_none(
    settings: Path, county: County, sample_book: Path
) -> None:
    result = county("import", sample_book, "--dry-run")
    assert result.exit_code == 0 and "还有" in said(result) and "--all" in said(result)
    assert list(settings.iterdir()) == []


def test_import__into_nothing_makes_the_county(
    settings: Path, county: County, sample_book: Path
) -> None:
    result = county("import", sample_book)
    assert result.exit_code == 0 and "已导入" in said(result)
    made = Desk(f"sqlite:///{settings / 'liandong.db'}")
    assert made.version() == 1 and len(made.tables()["grids"]) == 323
    assert "没有变化" in said(county("import", sample_book))


def test_import__is_one_new_version_with_its_story(
    desk: Desk, county: County, sample_book: Path
) -> None:
    before = desk.tables()
    result = county("import", edited(sample_book, RENAMED))
    assert result.exit_code == 0 and "自己换上" in said(result)
    assert desk.history() == [("sample", ""), ("workbook 县.xlsx", "人员 ~1")]
    after = desk.tables()
    (row,) = [row for row in after["cadres"] if row["id"] == "c001"]
    assert row["name"] == "王示例百"
    assert {name: rows for name, rows in after.items() if name != "cadres"} == {
        name: rows for name, rows in before.items() if name != "cadres"
    }


def test_import__leaves_the_areas_as_they_are(
    desk: Desk, county: County, sample_book: Path
) -> None:
    desk.put({"areas": [AREA]})
    assert county("import", edited(sample_book, RENAMED)).exit_code == 0
    assert desk.tables()["areas"] == [AREA]


def test_mistakes__apply_nothing(desk: Desk, county: County, sample_book: Path) -> None:
    before = desk.tables()
    edited(
        sample_book,
        RENAMED,
        cell("网格", 3, "类型", "山区"),
        cell("值班", 2, "人员编号", "c999"),
        cell("节假日", 2, "日期", "某天"),
    )
    result = county("import", sample_book, "--yes")
    assert result.exit_code == 1 and "3 处要改，什么都没有导入" in said(result)
    for words in ("网格", "F 类型", "值班", "人员编号", "节假日", "A 日期"):
        assert words in said(result)
    assert desk.tables() == before and desk.version() == 1


def test_no_workbook__is_one_sentence(desk: Desk, county: County, tmp_path: Path) -> None:
    path = tmp_path / "县[1].xls"
    path.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600))
    result = county("import", path)
    assert result.exit_code == 1 and "县[1].xls 是旧版 Excel" in said(result)
    missing = county("import", tmp_path / "no.xlsx")
    assert missing.exit_code == 1 and "没有" in said(missing) and desk.version() == 1


def test_name_of_a_file__is_shown_as_it_is(desk: Desk, county: County, tmp_path: Path) -> None:
    path = tmp_path / "[red]县[b].xlsx"
    for result in (county("import", path), county("export", path)):
        assert path.name in said(result) and type(result.exception) in {SystemExit, type(None)}
    for command in ("import", "export"):
        assert "[b].geojson" in said(county("areas", command, tmp_path / "[b].geojson"))


def test_many_changes__are_cut_short_unless_all_are_wanted(
    desk: Desk, county: County, sample_book: Path
) -> None:
    edited(sample_book, *(cell("人员", row, "姓名", f"新示例{row}") for row in range(2, 32)))
    short = county("import", sample_book, "--dry-run").output
    assert short.count("\n~ 人员") == 20 and "人员还有 10 处修改" in short
    assert county("import", sample_book, "--dry-run", "--all").output.count("\n~ 人员") == 30


VANISHED = (without("网格", "网格编码", GRID), without("别名", "编码", GRID))


def test_removal__of_what_nobody_needs_wants_a_yes(
    desk: Desk, county: County, sample_book: Path
) -> None:
    edited(sample_book, *VANISHED)
    asked = county("import", sample_book)
    assert asked.exit_code == 1 and "--yes" in said(asked) and "将被删除" in said(asked)
    assert desk.version() == 1
    assert county("import", sample_book, "--yes").exit_code == 0
    assert GRID not in {row["code"] for row in desk.tables()["grids"]}


@pytest.mark.parametrize("options", [(), ("--yes",), ("--dry-run",)])
def test_removal__with_open_tickets_is_refused(
    desk: Desk, county: County, sample_book: Path, options: tuple[str, ...]
) -> None:
    desk.file(OPEN)
    result = county("import", edited(sample_book, *VANISHED), *options)
    assert result.exit_code == 1 and "还有 1 件未办结的工单，不能删除" in said(result)
    assert "liandong county migrate" in said(result) and desk.version() == 1


def test_removal__with_closed_tickets_is_not(desk: Desk, county: County, sample_book: Path) -> None:
    desk.file(replace(OPEN, state=State.CLOSED, clocks=()))
    assert county("import", edited(sample_book, *VANISHED), "--yes").exit_code == 0


def test_removal__of_a_person_with_open_tickets_wants_a_yes(
    desk: Desk, county: County, sample_book: Path
) -> None:
    desk.file(OPEN)
    edited(sample_book, without("人员", "编号", "c145"), without("值班", "人员编号", "c145"))
    asked = county("import", sample_book)
    assert asked.exit_code == 1 and "人员 c145" in said(asked) and "1 件" in said(asked)
    assert county("import", sample_book, "--yes").exit_code == 0


def test_ticket__that_came_between_the_look_and_the_change_is_seen(
    desk: Desk, county: County, sample_book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def none(self: CountyStore) -> tuple[()]:
        return ()

    desk.file(OPEN)
    monkeypatch.setattr(CountyStore, "open_tickets", none)
    result = county("import", edited(sample_book, *VANISHED), "--yes")
    assert result.exit_code == 1 and (StillNeeded.__doc__ or "?")[:10] in said(result)
    assert desk.version() == 1 and GRID in {row["code"] for row in desk.tables()["grids"]}


def test_change_by_somebody_else__between_the_look_and_the_change_is_refused(
    desk: Desk, county: County, sample_book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked = county_import._present

    async def changed_after(settings: Settings) -> county_import.Present:
        present = await looked(settings)
        return replace(present, version=present.version - 1)

    monkeypatch.setattr(county_import, "_present", changed_after)
    result = county("import", edited(sample_book, RENAMED))
    assert result.exit_code == 1 and "刚被别人改过" in said(result) and desk.version() == 1


def test_exception__between_deleting_and_committing_leaves_the_old_county(
    desk: Desk, county: County, sample_book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = desk.tables()
    write = county_store.write_county

    async def breaks(*args: Any) -> None:
        await write(*args)
        raise OSError("no space left")

    monkeypatch.setattr(county_store, "write_county", breaks)
    assert county("import", edited(sample_book, RENAMED)).exit_code == 1
    assert desk.tables() == before and desk.version() == 1


_DYING = """
import os, signal
from storage import county_store
write = county_store.write_county
async def dies(*args):
    await write(*args)
    os.kill(os.getpid(), signal.SIGKILL)
county_store.write_county = dies
from liandong.__main__ import main
main()
"""


def test_killed__between_deleting_and_committing_leaves_the_old_county(
    desk: Desk, county: County, settings: Path, sample_book: Path
) -> None:
    before = desk.tables()
    edited(sample_book, RENAMED)
    done = subprocess.run(
        [sys.executable, "-c", _DYING, "county", "import", str(sample_book)],
        cwd=ROOT,
        env=environment(settings),
        capture_output=True,
        check=False,
    )
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()
    assert desk.tables() == before and desk.version() == 1
    assert county("import", sample_book).exit_code == 0 and desk.version() == 2


def test_postgres__as_well(
    postgres_url: str, county: County, sample_book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIANDONG_DATABASE_URL", postgres_url)
    assert county("import", sample_book).exit_code == 0
    assert "没有变化" in said(county("import", sample_book, "--dry-run"))
    desk = Desk(postgres_url)
    desk.file(OPEN)
    refused = county("import", edited(sample_book, *VANISHED), "--yes")
    assert refused.exit_code == 1 and "不能删除" in said(refused) and desk.version() == 1
