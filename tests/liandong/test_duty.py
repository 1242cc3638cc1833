"""`liandong duty` on the sample county and on a database with somebody on leave."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner

from liandong.__main__ import make_app
from liandong.bootstrap import load_sample_county, utc_now
from liandong.commands.duty import duty_tree
from routing.checks.shifts import gaps_in_duty
from routing.duty import NO_CHANGES, Absence, LiveDuty
from storage.database import Database
from storage.memory_coordination import MemoryWakeups
from storage.migrate import upgrade
from storage.unit_of_work import SqlUnitOfWorkFactory
from tests.services.town import MONDAY, Town

VILLAGER = "c188"


@pytest.fixture
def data_dir(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("LIANDONG_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("COLUMNS", "200")
    return tmp_path


def _leave_for_a_month(data_dir: Path) -> None:
    url = f"sqlite:///{data_dir / 'liandong.db'}"
    upgrade(url)

    async def write() -> None:
        database, now = Database(url), utc_now()
        await load_sample_county(database)
        async with SqlUnitOfWorkFactory(database, MemoryWakeups())() as work:
            await work.add_absence(Absence("a", VILLAGER, now, now + timedelta(days=30)), now)
            await work.commit()
        await database.close()

    asyncio.run(write())


def test_duty__shows_everybody_by_township(data_dir: Path) -> None:
    done = CliRunner().invoke(make_app(), ["duty"])
    assert done.exit_code == 0
    assert "高壁村便民服务中心：" in done.output and "县联动服务指导中心：" in done.output


def test_duty__without_gaps_ends_well(data_dir: Path) -> None:
    done = CliRunner().invoke(make_app(), ["duty", "--gaps", "--hours", "24"])
    assert (done.exit_code, done.output) == (0, "✓ 今后 24 小时都有人值班\n")


def test_duty__gaps_end_with_1_and_check_names_them(data_dir: Path) -> None:
    _leave_for_a_month(data_dir)
    # A village need not be staffed at weekends: a week holds a working day.
    done = CliRunner().invoke(make_app(), ["duty", "--gaps", "--hours", "168"])
    assert done.exit_code == 1
    assert "高壁村便民服务中心：" in done.output and "值班的人请假，没有人替" in done.output


@pytest.mark.parametrize("hours", ["0", "-1", "1000000"])
def test_duty__hours_that_make_no_sense(data_dir: Path, hours: str) -> None:
    assert CliRunner().invoke(make_app(), ["duty", "--gaps", "--hours", hours]).exit_code == 2


def test_tree__stands_in_the_order_of_the_county() -> None:
    printed = Console(file=StringIO(), width=200)
    printed.print(duty_tree(Town().office))
    assert isinstance(printed.file, StringIO)
    lines = printed.file.getvalue().splitlines()
    assert lines[0] == "安泽县"
    assert len(lines) == 1 + 172 + 7  # the county, its units, its townships


def test_check__counts_the_gaps_of_two_days() -> None:
    county = Town().office.county
    assert list(gaps_in_duty(county, NO_CHANGES, MONDAY)) == []
    absence = Absence("a", VILLAGER, MONDAY, MONDAY + timedelta(days=1))
    [found] = gaps_in_duty(county, LiveDuty.of([absence], []), MONDAY)
    assert found.is_problem and found.topic == "duty"
    assert "高壁村便民服务中心" in found.what and "11月23日 15:00–18:00" in found.what
